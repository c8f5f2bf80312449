"""A company whose figures can be counted by hand: who worked where, and what came of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from hemma.desk.models import Case, Customer, Message, Queue
from hemma.people.actions import add_person, join_team
from hemma.people.models import Person, Place, Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.workday.models import Worked

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
AFTER = datetime(2026, 11, 3, 9, 0, tzinfo=UTC)
HOURS = 8
START = 7  # UTC


@dataclass
class Company:
    """Who is there. `big` has 26 people, `small` 14, three of whom never leave the office."""

    amanda: Person
    bengt: Person
    tina: Person
    sara: Person
    asa: Person
    charlie: Person
    big: Site
    small: Site
    team: Team
    queue: Queue
    people: list[Person]


def working_days(first=FIRST, last=LAST):
    """Thursdays: enough to tell, few enough to be quick."""
    day = first
    while day <= last:
        if day.weekday() == 3:
            yield day
        day += timedelta(days=1)


def answers_of(number, day, at_home):
    """How many customers somebody answers on a day: each their own pace, one more at home."""
    return 1 + number % 2 + (day.toordinal() // 7 + number) % 2 + at_home


def is_home(number, day):
    """Everybody changes place but the last of the small site, who are always in the office."""
    return number < 37 and (day.toordinal() // 7 + number // 2) % 2 == 0


def build_company():
    big = Site.objects.create(name="Linköping", country="SE", zone="Europe/Stockholm")
    small = Site.objects.create(name="Oslo", country="NO", zone="Europe/Oslo")
    team = Team.objects.create(name="Björkvik", site=big)
    named = {}
    for name, roles, site in (
        ("Amanda", [Role.AGENT], big),
        ("Bengt", [Role.AGENT], small),
        ("Tina", [Role.TEAM_LEADER], big),
        ("Sara", [Role.MANAGER], big),
        ("Åsa", [Role.SAFETY_REP], big),
        ("Charlie", [Role.AGENT], big),
    ):
        mail = f"{name.lower().replace('å', 'a')}@hemma.example"
        named[name] = add_person(actor=SYSTEM, email=mail, name=name, roles=roles, site=site)
    crowd = [
        Person(email=f"p{at}@hemma.example", name=f"P {at}", site=big if at < 25 else small)
        for at in range(38)
    ]
    Person.objects.bulk_create(crowd)
    people = [named["Amanda"], *crowd[:37], named["Bengt"], crowd[37]]
    join_team(actor=SYSTEM, person=named["Amanda"], team=team)
    team.leader = named["Tina"]
    team.save()
    queue = Queue.objects.create(
        name="Elen", programme="Björkvik Energi", team=team, answer_within=timedelta(hours=4)
    )
    _work(people, queue)
    return Company(
        named["Amanda"], named["Bengt"], named["Tina"], named["Sara"], named["Åsa"],
        named["Charlie"], big, small, team, queue, people,
    )  # fmt: skip


def _work(people, queue):
    customer = Customer.objects.create(name="Kim", email="kim@example.org")
    worked, cases, messages = [], [], []
    for day in working_days():
        at = datetime(day.year, day.month, day.day, START, tzinfo=UTC)
        for number, person in enumerate(people):
            home = is_home(number, day)
            worked.append(
                Worked(
                    person=person,
                    starts_at=at,
                    ends_at=at + timedelta(hours=HOURS),
                    place_type=Place.HOME if home else Place.OFFICE,
                )
            )
            for turn in range(answers_of(number, day, home)):
                case = Case(
                    number=len(cases) + 1,
                    queue=queue,
                    customer=customer,
                    state="solved" if turn else "answered",
                    opened_at=at,
                    solved_at=at + timedelta(hours=1) if turn else None,
                    changed_at=at,
                )
                cases.append(case)
                messages.append(
                    Message(
                        case=case, direction="out", author=person, at=at + timedelta(minutes=turn + 1),
                        message_id=f"<{uuid4()}@x>",
                    )
                )  # fmt: skip
    Worked.objects.bulk_create(worked)
    Case.objects.bulk_create(cases)
    Message.objects.bulk_create(messages)
