"""Sorting: which rule a new mail falls under, and keeping the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hemma.desk.actions.telling import refresh, tell
from hemma.desk.mail_models import LANGUAGES, Arrival, SortingRule
from hemma.desk.models import Case, Message
from hemma.desk.queries.scope import cases_of
from hemma.desk.queries.sorting import may_sort, rule_for
from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib.language import detect as language_of
from hemma.people.models import Person
from hemma.people.system import SYSTEM, System

# Asked for every mail: written out, it costs a third of what building it does.
IN_FORCE = 'SELECT * FROM desk_sortingrule WHERE is_active ORDER BY "order", id'


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules look at. `sender` and `subject` as written, `language` a code or ''."""

    mailbox_id: int
    sender: str
    subject: str
    language: str


def matching(rules: Iterable[SortingRule], facts: Facts) -> SortingRule | None:
    """The first rule of which everything that it says is true of the mail."""
    return next((rule for rule in rules if _matches(rule, facts)), None)


def _matches(rule: SortingRule, facts: Facts) -> bool:
    return (
        rule.mailbox_id in {None, facts.mailbox_id}
        and rule.sender.casefold() in facts.sender.casefold()
        and rule.subject.casefold() in facts.subject.casefold()
        and rule.language in {"", facts.language}
    )


def sort(facts: Facts) -> SortingRule | None:
    """The rule in force for a mail, or None."""
    rules = SortingRule.objects.raw(IN_FORCE)
    return matching(rules, facts)


@transaction.atomic
def save_rule(*, actor: Person, rule: SortingRule, **values: Any) -> SortingRule:
    """Add or change a rule. Raises NotVisible unless `actor` may, ValidationError for an empty one."""
    may_sort(actor)
    for name, value in values.items():
        setattr(rule, name, value)
    if not (rule.mailbox or rule.sender or rule.subject or rule.language):
        raise ValidationError(_("Say at least one thing that the mails have in common."))
    if not (rule.queue or rule.priority or rule.tags):
        raise ValidationError(_("Say what shall become of the mails."))
    rule.full_clean()
    rule.save()
    _journal(actor, "desk.rule_saved", rule.pk)
    return rule


@transaction.atomic
def delete_rule(*, actor: Person, rule_id: int) -> None:
    """Take a rule away; cases that it sorted stay where they are."""
    rule = rule_for(actor, rule_id)
    _journal(actor, "desk.rule_deleted", rule.pk)
    rule.delete()


def _journal(actor: Person, kind: str, pk: int) -> None:
    record(kind=kind, retention=Retention.SYSTEM, actor=actor, about=f"rule:{pk}")


@transaction.atomic
def correct_language(*, actor: Person, case: Case, language: str) -> None:
    """Say which language a case is in. Raises NotVisible, ValidationError for an unknown one."""
    case = cases_of(actor).get(pk=case.pk)
    if language not in dict(LANGUAGES):
        raise ValidationError(_("Choose a language from the list."))
    changed = Arrival.objects.filter(case=case).update(language=language, language_by=actor)
    if changed:
        tell("case.language_corrected", case, actor=actor, data={"language": language})
        refresh(case)


@transaction.atomic
def tell_language(*, actor: System = SYSTEM, case_id: int) -> None:
    """Detect a case's language by its first message, unless it is known. For a worker."""
    del actor
    arrival = Arrival.objects.select_for_update().filter(case=case_id, language="").first()
    first = Message.objects.filter(case=case_id).order_by("at", "pk").first()
    if arrival is not None and first is not None:
        arrival.language = language_of(f"{arrival.case.subject}\n{first.text}")
        arrival.save(update_fields=["language"])
        refresh(arrival.case)
