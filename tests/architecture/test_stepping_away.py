"""Stepping away is in nobody's figures: two days that differ in nothing else are told alike.

Amanda works the same day twice, once with stepping away three times in it. Afterwards everybody but
she reads every page, report and file that there is, also those that are added tomorrow: no letter
may differ. On her own pages it does, or the comparison would prove nothing.
"""

import io
import re
import zipfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from architecture import company as companies
from architecture.access import ACCESS, Who
from architecture.rules.walk import Address, every_address
from architecture.test_matrix import person_who
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.workday import actions
from hemma.workday.models import Gap, ModeSpell
from hemma.workday.tests.browsing import everything_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(1200),  # every address, by whoever may read it, twice
]

EIGHT = datetime(2026, 11, 17, 8, tzinfo=ZoneInfo("Europe/Stockholm"))
NEXT_DAY = EIGHT + timedelta(days=1, hours=1)
AWAY = ((60, 75), (150, 190), (300, 330))  # minutes after eight
# What two readings differ in anyway: tokens of forms, numbers of rows, seconds on the clock.
NOISE = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": ?"[^"]*"|since=[\w.]+'
    r'|(?<=[/"#-])\d+(?=[/"?])|\d\d:\d\d:\d\d(?:\.\d+)?Z?|&quot;X-CSRFToken&quot;: ?&quot;\w*&quot;'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)


# On pages that each has for themself the others of us stand for everybody else.
EACH_THEIR_OWN = {Who.SELF, Who.LEADER, Who.MANAGER, Who.PLANNER}
# Who plans was told of three gaps in a team, as S0-34 asks; the message is theirs and names nobody.
GAPS_OF_TEAMS = (Who.PLANNER, "people:everything")


def addresses() -> list[Address]:
    return list(every_address(get_resolver().url_patterns))


def plain(content: bytes) -> str:
    """What a page or file says, a workbook's sheets unpacked, without what differs anyway."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in sorted(book.namelist()))
    return NOISE.sub("·", content.decode(errors="replace"))


def read(address: Address, client: Client, arguments) -> list[str]:
    """The address in each of its forms: a file of two kinds is two files."""
    kinds = ("csv", "paxml") if "kind" in address.parameters else ("",)
    urls = [address.url(arguments | ({"kind": kind} if kind else {})) for kind in kinds]
    found = []
    for url in urls:
        answer = client.get(url)
        if answer.status_code == 200 and "attachment" in answer.get("Content-Disposition", ""):
            urls += [] if "?" in url else [f"{url}?as=xlsx"]
        content = b"".join(answer) if answer.streaming else answer.content
        found.append(f"{answer.status_code} {plain(content)}")
    return found


def first_difference(one: list[str], other: list[str]) -> str:
    """What stands where two readings begin to differ."""
    for before, after in zip(one, other, strict=True):
        for at, (x, y) in enumerate(zip(before, after, strict=False)):
            if x != y:
                return f"{before[at - 60 : at + 60]!r} ≠ {after[at - 60 : at + 60]!r}"
    return "longer"


def reads(who: Who, name: str) -> bool:
    """Whether `who` reads the address: one that is not declared is read by everybody."""
    door = ACCESS.get(name)
    if door is None:
        return True
    # Told to anybody at all: it knows nothing of who works here. Signing in: of nobody's day.
    if door.public or name.startswith(("account_", "mfa_")):
        return False
    return who in (EACH_THEIR_OWN if door.own else door.who)


def everything_told(company, people) -> dict[tuple[Who, str], list[str]]:
    found = {}
    for who, person in people.items():
        client = Client(raise_request_exception=False)
        client.force_login(person)
        for address in addresses():
            if reads(who, address.name):
                found[who, address.name] = read(address, client, company.arguments())
    return found


def a_day(company, *, steps_away: bool) -> None:
    """From eight to four, in the queue but for one meal break; stepping away now and then."""
    moves = [(0, "ready"), (210, "meal"), (240, "ready")]
    if steps_away:
        moves += [(start, "away") for start, _end in AWAY] + [(end, "ready") for _s, end in AWAY]
    for minutes, mode in sorted(moves):
        with clock.moved_to(EIGHT + timedelta(minutes=minutes)):
            actions.set_mode(actor=company.amanda, mode=mode)
    with clock.moved_to(EIGHT + timedelta(hours=8)):
        actions.shut_down(actor=company.amanda)
        actions.keep_breaks(actor=SYSTEM)
        actions.keep_focus(actor=SYSTEM)


@pytest.fixture
def company():
    with clock.moved_to(EIGHT):
        made = companies.build()
        ModeSpell.objects.all().delete()
        yield made


@pytest.fixture
def told(company):
    """`told(steps_away)`: what everybody is told the day after such a day, which is then undone."""
    with clock.moved_to(EIGHT - timedelta(hours=1)):
        people = {who: person_who(who, company) for who in Who}

    def tell(steps_away):
        with transaction.atomic():
            a_day(company, steps_away=steps_away)
            assert Gap.objects.count() == (len(AWAY) if steps_away else 0)
            with clock.moved_to(NEXT_DAY):
                found = everything_told(company, people)
                if steps_away:
                    names_nobody(people[Who.PLANNER], company.amanda)
            transaction.set_rollback(True)
        return found

    return tell


def names_nobody(planner, amanda) -> None:
    """What the planner takes with them holds the gaps' messages, and no way to whose they were."""
    told = everything_of(Client(), planner)
    assert told.count('"kind": "workday.gap"') == len(AWAY)
    for trace in (amanda.name, amanda.email, str(amanda.journal_key), f"person:{amanda.pk}"):
        assert trace not in told


@pytest.mark.requirement("S0-35")
def test_no_page_report_or_file_of_anybody_else_tells_that_amanda_stepped_away(told):
    without, with_it = told(False), told(True)
    assert without.keys() == with_it.keys()
    differs = {key for key in without if without[key] != with_it[key]}
    own = {name for who, name in differs if who is Who.SELF}
    assert {"workday:my_hours", "people:everything"} <= own, "the comparison sees nothing"
    traces = [
        f"{who} {name}: {first_difference(without[who, name], with_it[who, name])}"
        for who, name in sorted(differs)
        if who is not Who.SELF and (who, name) != GAPS_OF_TEAMS
    ]
    assert traces == [], "\n".join(traces)
    files = {
        "workday:pay_file", "workday:team_pay_file", "workday:led_hours", "workday:hours_trend",
        "insight:export", "insight:focus_file", "routing:overtime_file", "desk:reports",
    }  # fmt: skip
    read_by_others = {name for who, name in without if who is not Who.SELF}
    assert files <= read_by_others
