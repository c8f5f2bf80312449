"""Variables in saved replies: what {first_name} and the others stand for in a case."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from hemma.desk.models import Case
from hemma.desk.words import short
from hemma.people.models import Person

_NAMED = re.compile(r"\{([a-zA-Z_]+)\}")


def values(case: Case, person: Person) -> Mapping[str, str]:
    """Every variable and what it is here."""
    name = case.customer.name
    return {
        "first_name": name.split(" ")[0] if name else "",
        "name": name,
        "number": case.reference,
        "subject": case.subject,
        "programme": case.queue.programme,
        "my_name": person.first_name,
        "promised": short(case.promised_at) if case.promised_at else _("as soon as we can"),
    }


KNOWN = ("first_name", "name", "number", "subject", "programme", "my_name", "promised")


def unknown_variables(text: str) -> list[str]:
    """Names in braces that stand for nothing."""
    return sorted({name for name in _NAMED.findall(text) if name not in KNOWN})


def fill(text: str, case: Case, person: Person) -> str:
    """`text` with its variables replaced; an unknown one is left as it stands, to be seen."""
    known = values(case, person)
    return _NAMED.sub(lambda found: known.get(found[1], found[0]), text)
