"""The people of `good-day.py`: three countries, their teams and queues, and a plan for each day."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
WORDS_A_MINUTE = 0.15  # of 120 people
COUNTRIES = (("SE", "Europe/Stockholm", 3), ("NO", "Europe/Oslo", 2), ("ES", "Europe/Madrid", 1))
# Minutes after the shift's start: kind, from. What follows ends what was before.
DAYS = (
    (("warmup", 0), ("queue", 10), ("pause", 75), ("queue", 85), ("focus", 130), ("recess", 175),
     ("queue", 190), ("rast", 235), ("queue", 280), ("fika", 385), ("queue", 400),
     ("shutdown", 515), ("end", 525)),
    (("warmup", 0), ("queue", 10), ("focus", 60), ("recess", 105), ("queue", 120), ("rast", 210),
     ("queue", 255), ("pause", 330), ("queue", 340), ("fika", 420), ("queue", 435),
     ("shutdown", 515), ("end", 525)),
)  # fmt: skip
NIGHT = (("queue", 0), ("pause", 90), ("queue", 105), ("rast", 240), ("queue", 280),
         ("pause", 390), ("queue", 405), ("end", 480))  # fmt: skip


def local(day: date, minutes: int, offset: int, zone: ZoneInfo) -> datetime:
    """`offset` true minutes after a local time: a night's length does not follow the clock."""
    hours, rest = divmod(minutes, 60)
    start = datetime(day.year, day.month, day.day, hours, rest, tzinfo=zone)
    return start.astimezone(UTC) + offset * MINUTE


def iso(*moments: datetime) -> list[str]:
    return [one.astimezone(UTC).isoformat() for one in moments]


class World:
    """Who works, when and where; `rows` is what the judge reads of it."""

    def __init__(self, people: int, first: date, days: int) -> None:
        self.first, self.days = first, days
        self.people: list = []
        self.leaders: list = []
        self.queues: list = []
        self.rows: dict[str, list] = defaultdict(list)
        self.shifts: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        self._company(people)
        self._plan()

    def _company(self, count: int) -> None:
        from hemma.desk.models import Customer, OpeningSpan, Queue
        from hemma.people.actions import add_person, join_team
        from hemma.people.models import Role, Site, Team
        from hemma.people.system import SYSTEM

        teams = sum(number for _c, _z, number in COUNTRIES)
        self.customer = Customer.objects.create(name="Kim Holm")
        for country, zone, number in COUNTRIES:
            site = Site.objects.create(name=country, country=country, zone=zone)
            for index in range(number):
                name = f"{country} {index}"
                leader = add_person(
                    actor=SYSTEM, email=f"{country}{index}@example.org", name=f"Leader {name}",
                    roles=[Role.TEAM_LEADER], site=site,
                )  # fmt: skip
                team = Team.objects.create(name=name, site=site, leader=leader)
                self.leaders.append((leader, team))
                queue = Queue.objects.create(
                    name=name, programme=name, team=team, answer_within=timedelta(hours=4)
                )
                for weekday in range(7):
                    OpeningSpan.objects.create(
                        queue=queue, weekday=weekday, opens="00:00", closes="23:59"
                    )
                self.queues.append(queue)
                for one in range(count // teams):
                    person = add_person(
                        actor=SYSTEM, email=f"{country}{index}-{one}@example.org",
                        name=f"Person {name} {one}", roles=[Role.AGENT], site=site,
                    )  # fmt: skip
                    join_team(actor=SYSTEM, person=person, team=team)
                    self.people.append(person)

    def _plan(self) -> None:
        from hemma.people.system import SYSTEM
        from hemma.planning.actions import Plan, add_shifts

        plans = []
        for index, person in enumerate(self.people):
            for number in range(self.days + 1):
                day = self.first + timedelta(days=number)
                weekend, night = day.weekday() >= 5, index % 20 == 7
                if night and day.weekday() == 5:
                    starts, parts = 22 * 60, NIGHT
                elif (weekend and index % 5) or (night and day.weekday() in (4, 6)):
                    continue
                else:
                    starts, parts = 7 * 60 + 30 + 30 * (index % 3), DAYS[index % 2]
                at = [local(day, starts, offset, person.zone) for _kind, offset in parts]
                activities = tuple(
                    (kind, a, b, "") for (kind, _o), a, b in zip(parts, at, at[1:], strict=False)
                )
                place = "home" if (index + number) % 5 < 3 else "office"
                plans.append(Plan(person, at[0], at[-1], place, activities))
                self.shifts[person.pk].append((at[0], at[-1]))
                self.rows["shifts"].append([person.pk, *iso(at[0], at[-1])])
                self.rows["planned"] += [
                    [person.pk, kind, *iso(a, b)] for kind, a, b, _label in activities
                ]
        add_shifts(actor=SYSTEM, plans=plans)

    def leaders_write(self) -> None:
        """In the evening every leader leaves some of their people a word."""
        from hemma.notices import actions as notices
        from hemma.people.models import Person

        for leader, team in self.leaders:
            for person in Person.objects.filter(memberships__team=team)[:4]:
                notices.write_word(actor=leader, person=person, text="Tack för idag")

    def somebody_writes(self, chance: Random) -> None:
        """Early and late somebody leaves a colleague a word; one in five is a leader's, and of those
        every other cannot wait."""
        from hemma.notices import actions as notices
        from hemma.people.models import Person

        if chance.random() > WORDS_A_MINUTE * len(self.people) / 120:
            return
        leader, team = chance.choice(self.leaders)
        there = list(Person.objects.filter(memberships__team=team).order_by("pk"))
        writer, reader = chance.sample(there, 2)
        if chance.random() < 0.2:
            urgent = chance.random() < 0.5
            notices.write_word(actor=leader, person=reader, text="Hur går det?", urgent=urgent)
        else:
            notices.write_word(actor=writer, person=reader, text="Har du en stund?")
