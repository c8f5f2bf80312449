"""One organisation, two countries: each one's own law judges the same evening and morning."""

import pytest
from django.test import Client

from hemma.people import keeping
from hemma.people.actions import add_person
from hemma.people.models import Role, Site
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
# Ten hours and a quarter between the evening and the morning.
WEEK = "person,kind,start,end\nX,work,2026-12-02 18:00,21:15\nX,work,2026-12-03 07:30,12:00\n"
PLACES = [
    ("Stockholm", "SE", "Europe/Stockholm", "ATL 13 §"),
    ("Barcelona", "ES", "Europe/Madrid", "ET art. 34.3"),
]


def own_law(name, country, zone):
    """What the page says of that week to somebody of that site, under the law that is theirs."""
    site = Site.objects.create(name=name, country=country, zone=zone)
    person = add_person(
        actor=SYSTEM, email=f"{country}@example.org", name=name, roles=[Role.PLANNER], site=site
    )
    client = Client()
    client.force_login(person)
    home = client.get("/law/").context["form"]["home"].value()
    answer = client.post("/law/", {"week": WEEK, "home": home, "lands": ["se", "no", "es"]})
    (judged,) = answer.context["judged"]
    (land,) = [land for land in judged.lands if land.own]
    return person, [said.paragraph for said in land.said]


@pytest.mark.requirement("S3-38")
def test_in_barcelona_spanish_rules_hold_and_in_stockholm_swedish_in_one_organisation():
    for name, country, zone, paragraph in PLACES:
        person, said = own_law(name, country, zone)
        assert paragraph in said, name
        assert str(person.zone) == zone
        others = {other[3] for other in PLACES} - {paragraph}
        assert not others & set(said), name


@pytest.mark.requirement("S3-38")
def test_the_working_time_record_is_kept_by_each_ones_own_law():
    years = [
        keeping.record_years(keeping.country_of(own_law(name, country, zone)[0]))
        for name, country, zone, _paragraph in PLACES
    ]
    assert years == [2, 4]
