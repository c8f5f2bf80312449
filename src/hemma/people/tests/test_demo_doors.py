"""In the demo anyone can be any of the cast by one click; elsewhere there are no such doors."""

import pytest

from hemma.lib import clock
from hemma.people import demo
from hemma.people.demo import DemoCompany
from hemma.people.models import Person

CAST = ["Amanda", "Tina", "Bengt", "Petra", "Sara", "Imran", "Åsa", "Charlie", "Olle"]


@pytest.fixture
def company(db):
    now = clock.now()
    demo.load(DemoCompany(30, 1, now, "x", smtp_port=25, imap_port=143))
    return now


def test_the_whole_cast_has_a_door_and_one_click_opens_it(client, company, settings):
    settings.DEMO = True
    page = client.get("/sign-in/").content.decode()
    for name in CAST:
        assert f"{name} " in page
        person = Person.objects.get(name__startswith=f"{name} ")
        client.post(f"/me/demo/enter/{person.pk}/")
        assert client.session["_auth_user_id"] == str(person.pk)
        client.logout()


def test_of_a_whole_company_no_two_have_the_same_name(db):
    """Who reads a list of the team knows whom it means."""
    demo.load(DemoCompany(400, 1, clock.now(), "x", smtp_port=25, imap_port=143))
    names = list(Person.objects.values_list("name", flat=True))
    assert len(names) > 400
    assert len(set(names)) == len(names)


def test_the_clients_door_leads_to_the_clients_own_page(client, company, settings):
    settings.DEMO = True
    olle = Person.objects.get(name__startswith="Olle ")
    client.post(f"/me/demo/enter/{olle.pk}/")
    page = client.get("/", follow=True)
    assert page.request["PATH_INFO"] == "/programme/"
    assert "Björkvik Energi" in page.content.decode()
    demo.load(DemoCompany(30, 1, company, "x", smtp_port=25, imap_port=143))
    assert Person.objects.filter(name__startswith="Olle ").count() == 1


def test_somebody_outside_the_cast_has_no_door(client, company, settings):
    settings.DEMO = True
    other = Person.objects.get(name__startswith="Yusuf ")
    assert client.post(f"/me/demo/enter/{other.pk}/").status_code == 404


def test_in_a_real_company_there_is_no_door(client, company, settings):
    settings.DEMO = False
    amanda = Person.objects.get(name__startswith="Amanda ")
    assert client.post(f"/me/demo/enter/{amanda.pk}/").status_code == 404
    assert "Amanda" not in client.get("/sign-in/").content.decode()
