"""The first person comes; the guide is followed and put away."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hemma.journal.actions import record
from hemma.journal.models import Retention
from hemma.lib import clock
from hemma.people.actions.accounts import employ
from hemma.people.actions.belonging import note, set_roles
from hemma.people.actions.everyone import add_person, form_team
from hemma.people.models import Person, Role, SetUp, Site, Team
from hemma.people.queries.beginning import nobody_is_here
from hemma.people.system import System
from hemma.people.visibility import standing


def begin(
    *, actor: System, company: str, name: str, email: str, password: str, language: str
) -> Person:
    """Let the first person in, as administrator, and begin the guide.

    Raises ValidationError when somebody is here already; of two who try at once, one gets in.
    """
    taken = ValidationError(_("Somebody is here already. Sign in instead."))
    if not nobody_is_here(actor):
        raise taken
    try:
        with transaction.atomic():
            SetUp.objects.create(company=company.strip(), began_at=clock.now())
            return add_person(
                actor=actor,
                email=email,
                name=name,
                password=password,
                roles=[Role.ADMINISTRATOR],
                language=language,
            )
    except IntegrityError as error:
        raise taken from error


@transaction.atomic
def name_company(*, actor: Person, company: str, site: Site) -> None:
    """Keep what the company is called, and its first site; whoever has no site sits there."""
    SetUp.objects.filter(ended_at=None).update(company=company.strip())
    site.full_clean()
    site.save()
    Person.objects.filter(pk=actor.pk, site=None).update(site=site)
    note(actor, None, "site_saved", f"site:{site.pk}")


@dataclass(frozen=True, slots=True)
class Leader:
    """Who is to lead the first team."""

    name: str
    email: str


@transaction.atomic
def first_team(
    *, actor: Person, name: str, site: Site, leader: Leader | None, language: str
) -> tuple[Team, Person]:
    """Form a team. `leader` None: the actor leads it, and has that role from now on.

    Returns the team and who leads it. Raises ValidationError for an address or name that is taken.
    """
    if Team.objects.filter(name__iexact=name.strip()).exists():
        raise ValidationError(_("There is a team called that already."))
    if leader is None:
        head = actor
        roles = {*standing(actor).roles, Role.TEAM_LEADER.value}
        set_roles(actor=actor, person=actor, roles=sorted(roles))
    else:
        head = employ(
            actor=actor,
            email=leader.email,
            name=leader.name,
            roles=[Role.TEAM_LEADER],
            language=language,
            site=site,
        )
    return form_team(actor=actor, name=name.strip(), site=site, leader=head, members=[head]), head


@transaction.atomic
def employ_together(
    *,
    actor: Person,
    newcomers: Iterable[Leader],
    role: str,
    team: Team | None,
    site: Site | None,
    language: str,
) -> list[Person]:
    """Make an account for each, all or none. Raises ValidationError naming the address at fault."""
    return [
        employ(
            actor=actor,
            email=one.email,
            name=one.name,
            roles=[role],
            language=language,
            site=site,
            team=team,
        )
        for one in newcomers
    ]


@transaction.atomic
def end_set_up(*, actor: Person) -> None:
    """Put the guide away. Every page of it stays where it is."""
    if SetUp.objects.filter(ended_at=None).update(ended_at=clock.now()):
        record(kind="people.set_up_ended", retention=Retention.SYSTEM, actor=actor)
