"""A small company: one team with a queue, one team of others."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from hemma.desk.models import Case, Customer, Mailbox, OpeningSpan, Queue
from hemma.lib import clock
from hemma.people.actions import add_person, join_team, set_skill
from hemma.people.models import Person, Role, Site, Skill, Team
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_shift
from hemma.workday.actions import set_mode

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Company:
    """People by first name, and verbs for what happens to them."""

    site: Site
    team: Team
    queue: Queue
    skill: Skill
    people: dict[str, Person] = field(default_factory=dict)
    numbers: int = 1000

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None

    def hire(self, name: str, team: Team | None, *roles: str, level: int | None = 5) -> Person:
        email = f"{name.lower()}@example.org"
        person = add_person(actor=SYSTEM, email=email, name=name, roles=roles, site=self.site)
        if team:
            join_team(actor=SYSTEM, person=person, team=team)
        if level:
            set_skill(actor=SYSTEM, person=person, skill=self.skill, level=level)
        self.people[name.lower()] = person
        return person

    def comes_to_work(self, *people: Person, mode: str = "ready") -> None:
        for person in people:
            start = clock.now() - timedelta(hours=1)
            add_shift(
                actor=SYSTEM,
                person=person,
                starts_at=start,
                ends_at=start + timedelta(hours=8),
                place_type="home",
            )
            set_mode(actor=person, mode=mode)

    def kim_writes(self, subject: str = "Fakturan", waited: timedelta = timedelta()) -> Case:
        customer, _ = Customer.objects.get_or_create(name="Kim Holm", email="kim@example.net")
        self.numbers += 1
        since = clock.now() - waited
        return Case.objects.create(
            number=self.numbers,
            queue=self.queue,
            customer=customer,
            subject=subject,
            opened_at=since,
            changed_at=since,
            waiting_since=since,
            promised_at=since + timedelta(hours=8),
        )


def build() -> Company:
    """Amanda, Bengt and their leader Tina, whose team has a queue; Charlie belongs elsewhere."""
    site = Site.objects.create(name="Linköping", country="SE")
    skill = Skill.objects.create(code="fakturor", name="Fakturor")
    team = Team.objects.create(name="Björkvik Energi", site=site)
    queue = Queue.objects.create(
        name="Björkvik",
        programme="Björkvik Energi",
        team=team,
        skill=skill,
        min_level=3,
        answer_within=timedelta(hours=8),
    )
    for weekday in range(7):
        OpeningSpan.objects.create(queue=queue, weekday=weekday, opens=time(7), closes=time(20))
    Mailbox.objects.create(
        address="support@bjorkvik.example",
        queue=queue,
        imap_host="localhost",
        smtp_host="localhost",
    )
    made = Company(site, team, queue, skill)
    made.hire("Amanda", team, Role.AGENT)
    made.hire("Bengt", team, Role.AGENT)
    team.leader = made.hire("Tina", team, Role.TEAM_LEADER)
    team.save()
    made.hire("Charlie", Team.objects.create(name="Tallmo", site=site), Role.AGENT)
    return made
