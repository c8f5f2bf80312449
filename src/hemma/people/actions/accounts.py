"""What an administrator does with accounts: somebody comes, somebody leaves."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hemma.journal.actions import put_in_outbox
from hemma.lib import clock, live
from hemma.people.actions.belonging import keep_an_administrator, note
from hemma.people.actions.everyone import add_person, join_team
from hemma.people.actions.leaving import note_departure
from hemma.people.models import Employment, Grant, Membership, Person, Role, Session, Site, Team
from hemma.people.visibility import Asker


@transaction.atomic
def employ(
    *,
    actor: Person,
    email: str,
    name: str,
    roles: list[str],
    language: str,
    site: Site | None = None,
    team: Team | None = None,
) -> Person:
    """Make an account without a password, in a team if one is given; the invitation is separate.

    Raises ValidationError when the e-mail is taken or a role does not exist.
    """
    person = add_person(
        actor=actor, email=email, name=name, roles=roles, site=site, language=language
    )
    if team is not None:
        join_team(actor=actor, person=person, team=team)
    return person


@transaction.atomic
def end_employment(*, actor: Asker, person: Person) -> None:
    """Close the account of someone who leaves: nothing of it opens anything from now on.

    Sessions, proofs, roles, team and leadership end at once. What they hold in other rooms is
    released by those: `people.left` in the outbox says so. Raises ValidationError for oneself and
    for the last administrator. Leaving twice changes nothing.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if isinstance(actor, Person) and person.pk == actor.pk:
        raise ValidationError(_("You can't end your own employment."))
    if not person.is_active:
        return
    if Grant.objects.filter(person=person, role=Role.ADMINISTRATOR, until=None).exists():
        keep_an_administrator({person.pk})
    now = clock.now()
    member = Membership.objects.filter(person=person, until=None)
    led = Team.objects.filter(Q(leader=person) | Q(substitute=person))
    teams = set(member.values_list("team_id", flat=True)) | set(led.values_list("pk", flat=True))
    member.update(until=now)
    Grant.objects.filter(person=person, until=None).update(until=now)
    Team.objects.filter(leader=person).update(leader=None)
    Team.objects.filter(substitute=person).update(substitute=None)
    Session.objects.filter(person=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    today = clock.now().date()
    Employment.objects.filter(person=person, since__gt=today).delete()
    contract = Employment.objects.filter(Q(until=None) | Q(until__gt=today), person=person)
    contract.update(until=today)
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    note_departure(person)
    about = f"person:{person.pk}"
    note(actor, person, "left")
    put_in_outbox(kind="people.left", person=person, about=about)
    for audience in [about, *(f"team:{team}" for team in sorted(teams))]:
        live.publish(audience)
    live.reopen(about)
    live.wake("routing")
