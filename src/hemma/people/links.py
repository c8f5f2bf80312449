"""Links by mail that let someone set a password: signed, for one use, for a while.

Nothing is stored. The link carries a fingerprint of the account as it is; setting a password
changes that, so every link sent before stops working. Time is Hemma's clock.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from hemma.lib import clock
from hemma.people.models import Person

SALT = "hemma.people.links"
GOOD_FOR = {"invitation": timedelta(days=7), "reset": timedelta(hours=1)}


def make(person: Person, kind: str) -> str:
    """A token for `person`; `kind` is a key of GOOD_FOR."""
    said = [person.pk, kind, clock.now().isoformat(timespec="seconds"), _fingerprint(person)]
    return signing.dumps(said, salt=SALT)


def person_behind(token: str) -> Person | None:
    """Whose token it is; None when it is wrong, too old, used or its account is closed."""
    try:
        pk, kind, at, fingerprint = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if clock.now() - datetime.fromisoformat(at) > GOOD_FOR[kind]:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person is None or not constant_time_compare(fingerprint, _fingerprint(person)):
        return None
    return person


def _fingerprint(person: Person) -> str:
    return salted_hmac(SALT, f"{person.password} {person.email}", algorithm="sha256").hexdigest()
