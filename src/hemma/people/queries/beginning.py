"""How far the setting up has come. For administrators; nothing here is about a person."""

from dataclasses import dataclass

from django.urls import reverse

from hemma.people.first_steps import Step, steps
from hemma.people.models import Person, SetUp, Site, Team
from hemma.people.queries.accounts import administrator
from hemma.people.visibility import SYSTEM, Asker, reads, visible_people


@reads("people.account")
def nobody_is_here(asker: Asker) -> bool:
    """Whether no account has ever been made; only Hemma itself asks."""
    return asker is SYSTEM and not visible_people(asker, "people.account").exists()


@reads("people.account")
def set_up(asker: Asker) -> SetUp | None:
    """The guided beginning while it goes on; None when it is over, or there never was one."""
    administrator(asker, "set-up")
    return SetUp.objects.filter(ended_at=None).first()


@dataclass(frozen=True, slots=True)
class Taken:
    """One step as the guide shows it; `there` is '' while it is still to be done."""

    step: Step
    number: int
    there: str
    url: str
    here: bool
    next: bool


@reads("people.account", "people.membership")
def steps_taken(asker: Asker, here: str = "") -> list[Taken]:
    """Every step with what is there already. `here`: the step whose page is open."""
    mine = administrator(asker, "set-up")
    told = [(step, step.there(mine)) for step in steps]
    first = next((step.key for step, there in told if not there), "")
    return [
        Taken(
            step=step,
            number=number,
            there=there,
            url=reverse(step.url_name),
            here=step.key == here,
            next=step.key == first,
        )
        for number, (step, there) in enumerate(told, 1)
    ]


@reads("people.account", "people.membership")
def next_step(asker: Asker, after: str) -> str:
    """Where to go on after the step `after`: the next one to be done, else the guide itself.

    None of it once the guide is over: then a page that was also a step leads to ''.
    """
    if set_up(asker) is None:
        return ""
    taken = steps_taken(asker, after)
    at = next((one.number for one in taken if one.here), 0)
    left = [one for one in taken if not one.there and one.number > at]
    return left[0].url if left else reverse("people:set_up")


@reads("people.account")
def company_there(asker: Person) -> str:
    """The sites that there are, in a few words."""
    administrator(asker, "set-up")
    return ", ".join(Site.objects.order_by("pk").values_list("name", flat=True)[:3])


@reads("people.membership")
def first_site(asker: Asker) -> Site | None:
    """The site that was made first."""
    administrator(asker, "set-up")
    return Site.objects.order_by("pk").first()


@reads("people.membership")
def teams_there(asker: Person) -> str:
    """The teams that there are, in a few words."""
    administrator(asker, "set-up")
    rows = Team.objects.filter(delisted=False).order_by("pk")
    return ", ".join(rows.values_list("name", flat=True)[:3])


@reads("people.account")
def colleagues_there(asker: Person) -> int:
    """How many have an account besides the asker and those who lead a team."""
    administrator(asker, "set-up")
    here = visible_people(asker, "people.account").filter(is_active=True, teams_led=None)
    return here.exclude(pk=asker.pk).count()
