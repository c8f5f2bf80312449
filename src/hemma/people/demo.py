"""The demo's company: who works there. Loaded by the demo alone, also again on the same folder."""

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hemma.people.actions import (
    Newcomer,
    add_people,
    add_person,
    form_team,
    open_site,
    set_roles,
    teach,
)
from hemma.people.models import Person, Programme, Role, Site, Skill, Team
from hemma.people.system import SYSTEM

TEAM_SIZE = 20
DOMAIN = "hemma.example"
# Those whom the visitor plays most; nobody else does. The rest of the cast works on by itself.
PLAYED_BY_THE_VISITOR = frozenset({f"amanda@{DOMAIN}", f"tina@{DOMAIN}"})

SITES = [
    ("Linköping", "SE", "Europe/Stockholm"),
    ("Borås", "SE", "Europe/Stockholm"),
    ("Umeå", "SE", "Europe/Stockholm"),
    ("Malmö", "SE", "Europe/Stockholm"),
    ("Oslo", "NO", "Europe/Oslo"),
]
# Name, team (None: works for all), roles. The order is who comes first in a small company.
CAST: list[tuple[str, int | None, tuple[str, ...]]] = [
    ("Amanda Nyström", 0, (Role.AGENT,)),
    ("Tina Ekdahl", 0, (Role.TEAM_LEADER,)),
    ("Bengt Olsson", 0, (Role.AGENT,)),
    ("Charlie Ström", 1, (Role.AGENT,)),
    ("Elin Wahl", 1, (Role.TEAM_LEADER,)),
    ("Fatima Rahimi", 0, (Role.AGENT,)),
    ("Yusuf Demir", 0, (Role.AGENT,)),
    ("Petra Lind", None, (Role.PLANNER,)),
    ("Sara Haddad", None, (Role.MANAGER,)),
    ("Imran Malik", None, (Role.IT_SUPPORT, Role.ADMINISTRATOR)),
    ("Åsa Lindgren", None, (Role.SAFETY_REP,)),
    ("Nora Vik", 1, (Role.AGENT,)),
    ("Lisa Hall", 0, (Role.AGENT,)),
    ("Gustav Roos", 0, (Role.AGENT,)),
    ("Adam Berg", 1, (Role.AGENT,)),
    ("Jon Ek", 0, (Role.AGENT,)),
    ("Mirja Koski", 1, (Role.AGENT,)),
    ("Ida Sand", 0, (Role.AGENT,)),
]


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "Agnes Alva Anders Anna Arvid Astrid Axel Birgitta Björn Carina David Ebba Edvin Ella Emil "
    "Emma Erik Eva Freja Greta Gunilla Hamid Hanna Henrik Hugo Ida Inger Ingrid Isak Jamila Jasmin "
    "Jens Johan Josefin Karin Kristina Lars Leila Linnea Lovisa Magnus Maja Malin Maria Markus "
    "Mattias Mehmet Mikael Moa Niklas Nina Oskar Peter Pia Samira Sofia Stefan Stina Sven Tuva "
    "Ulla Viktor Wilma Zahra Åke Östen"
)
LAST = _words(
    "Abdi Ahlberg Andersson Axelsson Backman Bergström Björk Blom Borg Carlsson Dahl Danielsson "
    "Edlund Ek Eriksson Fors Fransson Gran Gustafsson Hagström Hansen Hedlund Holmberg Isaksson "
    "Jansson Johansen Karlsson Kivi Larsen Lind Lindqvist Lund Lundgren Magnusson Moberg Nguyen "
    "Nilsson Norling Nyberg Nygård Palm Pettersson Rask Sandberg Sjögren Strand Sundin Svahn "
    "Söderberg Tran Törnqvist Wallin Westin Viklund Åberg Åkesson Öberg Östlund"
)
# Who looks in from a client's side: they work at the first programme's client, not here.
CLIENT = ("Olle Sand", "olle@bjorkvik.example")
# Whom the company answers for: name, trade, the language their customers write.
PROGRAMMES = [
    ("Björkvik Energi", "Energi", "sv"),
    ("Tallmo Resor", "Resor", "sv"),
    ("Skogby Bredband", "Bredband", "sv"),
    ("Kvarnby Vatten", "Vatten", "sv"),
    ("Havsund Hjem", "Hem", "nb"),
    ("Videdal Service", "Service", "en"),
]
SWEDISH_SITES = 4  # the first so many of SITES


@dataclass(frozen=True)
class Unit:
    """One team of the demo: whom it works for and how customers reach it."""

    team: Team
    programme: str
    address: str
    trade: str
    language: str
    skill: Skill
    people: tuple[Person, ...]


@dataclass
class DemoCompany:
    """What the demo hands from room to room; each adds what it knows.

    `now` is Hemma's clock, aware; the ports are those of the local mail server on this machine.
    """

    people_wanted: int
    seed: int
    now: datetime
    password: str
    smtp_port: int
    imap_port: int
    cases_wanted: int = 0  # of the last 90 days, before anybody came to work today
    units: list[Unit] = field(default_factory=list)
    everyone: list[Person] = field(default_factory=list)


@dataclass(frozen=True)
class _Planned:
    name: str
    email: str
    team: int | None
    roles: tuple[str, ...]


def load(company: DemoCompany) -> None:
    """People, sites, teams and what everyone can. Whoever is there already stays as they are."""
    planned = _plan(max(company.people_wanted, 4), random.Random(company.seed))  # noqa: S311
    sites = [open_site(actor=SYSTEM, name=n, country=c, zone=z) for n, c, z in SITES]
    people = _account_for(company, planned, sites)
    company.everyone = list(people.values())
    teams = sorted({one.team for one in planned if one.team is not None})
    for index in teams:
        inside = [one for one in planned if one.team == index]
        company.units.append(_unit(index, inside, people, sites))
    for name, *_ in PROGRAMMES:
        served = [unit.team for unit in company.units if unit.programme == name]
        programme, is_new = Programme.objects.get_or_create(name=name, defaults={"client": name})
        if is_new:
            programme.teams.set(served)
    _let_the_client_in(company)


def _let_the_client_in(company: DemoCompany) -> None:
    name, email = CLIENT
    if Person.objects.filter(email=email).exists():
        return
    person = add_person(
        actor=SYSTEM, email=email, name=name, password=company.password, language="sv"
    )
    programme = Programme.objects.get(name=PROGRAMMES[0][0])
    set_roles(actor=SYSTEM, person=person, roles=[Role.CLIENT], programme=programme)


def _plan(wanted: int, rng: random.Random) -> list[_Planned]:
    planned = [_Planned(name, _email(name.split()[0]), team, r) for name, team, r in CAST[:wanted]]
    known = {one.email for one in planned}
    for number in range(wanted - len(planned)):
        name, email = _somebody(rng, known)
        if email in known:
            email = email.replace("@", f"{number}@")
        known.add(email)
        # The first two teams have room for a few more; then each team's first one leads it.
        place = number + 16
        role = Role.AGENT if number < 24 or place % TEAM_SIZE else Role.TEAM_LEADER
        planned.append(
            _Planned(name, email, place // TEAM_SIZE if number >= 24 else number % 2, (role,))
        )
    return planned


def _somebody(rng: random.Random, known: set[str]) -> tuple[str, str]:
    """A name with its address; one that nobody has yet, unless there are hardly any left."""
    for _draw in range(50):
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        email = _email(name.replace(" ", "."))
        if email not in known:
            break
    return name, email


def _account_for(
    company: DemoCompany, planned: Sequence[_Planned], sites: Sequence[Site]
) -> dict[str, Person]:
    known = {p.email: p for p in Person.objects.filter(email__in=[one.email for one in planned])}
    newcomers = [
        Newcomer(one.email, one.name, one.roles, _site(one.team, sites), _language(one.team))
        for one in planned
        if one.email not in known
    ]
    if newcomers:
        made = add_people(actor=SYSTEM, newcomers=newcomers, password=company.password)
        known |= {person.email: person for person in made}
    return known


def _unit(
    index: int, inside: Sequence[_Planned], people: dict[str, Person], sites: Sequence[Site]
) -> Unit:
    programme, trade, language = PROGRAMMES[index % len(PROGRAMMES)]
    leader = next((people[p.email] for p in inside if Role.TEAM_LEADER in p.roles), None)
    members = [people[one.email] for one in inside]
    site = _site(index, sites)
    again = _again(index)
    name = f"{programme} {site.name}" + (f" {again + 1}" if again else "")
    team = form_team(actor=SYSTEM, name=name, site=site, leader=leader, members=members)
    code = _plain(programme).replace(" ", "-")
    # Levels 3–8 by the person's number: spread, and the same at every start.
    levels = [(person, 3 + (person.pk * 7) % 6) for person in members]
    skill = teach(actor=SYSTEM, code=code, name=programme, levels=levels)
    return Unit(team, programme, _address(index), trade, language, skill, tuple(members))


def _address(index: int) -> str:
    """Every team's own: the first of a programme has the address that customers know."""
    turn, programme = divmod(index, len(PROGRAMMES))
    code = _plain(PROGRAMMES[programme][0]).replace(" ", "-")
    domain = "bjorkvik.example" if programme == 0 else f"{code}.example"
    return f"support{turn + 1 if turn else ''}@{domain}"


def _place(index: int) -> int:
    """Which of SITES a team sits at: what is answered in Norwegian in Oslo, the rest in Sweden."""
    turn, programme = divmod(index, len(PROGRAMMES))
    return SWEDISH_SITES if PROGRAMMES[programme][2] == "nb" else (programme + turn) % SWEDISH_SITES


def _again(index: int) -> int:
    """How many teams of the same programme at the same site came before."""
    same = index % len(PROGRAMMES), _place(index)
    return sum((one % len(PROGRAMMES), _place(one)) == same for one in range(index))


def _site(index: int | None, sites: Sequence[Site]) -> Site:
    return sites[_place(index or 0)]


def _language(index: int | None) -> str:
    return "nb" if index is not None and _place(index) == SWEDISH_SITES else "sv"


def _email(name: str) -> str:
    return f"{_plain(name)}@{DOMAIN}"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower())
    return "".join(one for one in letters if one.isascii())
