import pytest

from hemma.people.actions import add_person
from hemma.people.models import Person
from hemma.people.queries import by_name
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db


def test_people_stand_in_nordic_order_whatever_the_servers_locale():
    for name in ["Östen Å", "Zeta", "Ärla", "anna", "Åsa", "Éva", "Erik"]:
        add_person(actor=SYSTEM, email=f"p{hash(name)}@example.org", name=name)
    assert [p.name for p in by_name(Person.objects.all())] == [
        "anna",
        "Erik",
        "Éva",
        "Zeta",
        "Åsa",
        "Ärla",
        "Östen Å",
    ]
