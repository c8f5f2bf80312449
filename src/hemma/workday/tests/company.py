"""The people of these tests, and a day to look at."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from hemma.people.actions import add_person, join_team
from hemma.people.models import Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_shift

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(hour, minute=0, *, day=19, month=11, zone=STOCKHOLM):
    """A time of Thursday 19 November 2026, unless another day is said."""
    return datetime(2026, month, day, hour, minute, tzinfo=zone)


class Company:
    """Amanda at home and Bengt in the office, led by Tina; Charlie in another team."""

    def __init__(self):
        self.site = Site.objects.create(name="Linköping", country="SE", zone="Europe/Stockholm")
        self.tina = self.person("Tina Ekdahl", Role.TEAM_LEADER)
        self.amanda = self.person("Amanda Nyström")
        self.bengt = self.person("Bengt Olsson")
        self.charlie = self.person("Charlie Lind")
        self.petra = self.person("Petra Ström", Role.PLANNER)
        self.asa = self.person("Åsa Lund", Role.SAFETY_REP)
        self.imran = self.person("Imran Malik", Role.IT_SUPPORT)
        self.sara = self.person("Sara Holm", Role.MANAGER)
        self.team = Team.objects.create(name="Björkvik", site=self.site, leader=self.tina)
        self.other = Team.objects.create(name="Tallmo", site=self.site)
        for person in (self.amanda, self.bengt):
            join_team(actor=SYSTEM, person=person, team=self.team)
        join_team(actor=SYSTEM, person=self.charlie, team=self.other)

    def person(self, name, role=Role.AGENT, site=None):
        email = f"{slugify(name)}@example.org"
        return add_person(
            actor=SYSTEM, email=email, name=name, roles=[role], site=site or self.site
        )

    def member(self, name):
        person = self.person(name)
        join_team(actor=SYSTEM, person=person, team=self.team)
        return person

    def shift(self, person, start=None, end=None, place="home", activities=()):
        return add_shift(
            actor=SYSTEM,
            person=person,
            starts_at=start or at(8),
            ends_at=end or at(16, 45),
            place_type=place,
            activities=activities,
        )

    def amandas_day(self):
        """As in the picture of the day: queue until ten, focus, a recess, rast before noon."""
        return self.shift(
            self.amanda,
            at(7, 50),
            at(16, 35),
            "home",
            [
                ("warmup", at(7, 50), at(8), ""),
                ("meeting", at(8), at(8, 15), "Morgonmöte"),
                ("queue", at(8, 15), at(9, 5), ""),
                ("pause", at(9, 5), at(9, 10), ""),
                ("queue", at(9, 10), at(10), ""),
                ("focus", at(10), at(10, 45), ""),
                ("recess", at(10, 45), at(11), ""),
                ("queue", at(11), at(11, 45), ""),
                ("rast", at(11, 45), at(12, 30), ""),
                ("queue", at(12, 30), at(13, 30), ""),
                ("coaching", at(13, 30), at(13, 55), "Coachning med Tina"),
                ("queue", at(13, 55), at(14, 30), ""),
                ("fika", at(14, 30), at(14, 45), ""),
                ("queue", at(14, 45), at(16, 25), ""),
                ("shutdown", at(16, 25), at(16, 35), ""),
            ],
        )
