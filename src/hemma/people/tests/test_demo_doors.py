"""In the demo anyone can be any of the cast by one click; elsewhere there are no such doors."""

import pytest

from hemma.people import demo
from hemma.people.demo import DemoCompany
from hemma.people.models import Person

CAST = ["Amanda", "Tina", "Bengt", "Petra", "Sara", "Imran", "Åsa", "Charlie"]


@pytest.fixture
def company(db):
    from hemma.lib import clock

    demo.load(DemoCompany(30, 1, clock.now(), "x", smtp_port=25, imap_port=143))


def test_the_whole_cast_has_a_door_and_one_click_opens_it(client, company, settings):
    settings.DEMO = True
    page = client.get("/sign-in/").content.decode()
    for name in CAST:
        assert f"{name} " in page
        person = Person.objects.get(name__startswith=f"{name} ")
        client.post(f"/me/demo/enter/{person.pk}/")
        assert client.session["_auth_user_id"] == str(person.pk)
        client.logout()


def test_somebody_outside_the_cast_has_no_door(client, company, settings):
    settings.DEMO = True
    other = Person.objects.get(name__startswith="Yusuf ")
    assert client.post(f"/me/demo/enter/{other.pk}/").status_code == 404


def test_in_a_real_company_there_is_no_door(client, company, settings):
    settings.DEMO = False
    amanda = Person.objects.get(name__startswith="Amanda ")
    assert client.post(f"/me/demo/enter/{amanda.pk}/").status_code == 404
    assert "Amanda" not in client.get("/sign-in/").content.decode()
