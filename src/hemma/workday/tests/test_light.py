"""Those at home see whether Amanda is at work: that one word, and nothing else of her."""

import pytest
from django.urls import reverse

from hemma.journal.models import Event
from hemma.lib import clock
from hemma.people.models import Person
from hemma.workday import actions, queries
from hemma.workday.models import HomeLight
from hemma.workday.tests.company import at
from hemma.workday.views.light import LOOKS, WRONG_KEYS

pytestmark = pytest.mark.django_db
WORDS = {"work": "På jobbet", "home": "Ledig"}


@pytest.fixture
def key(company):
    """Amanda works today from ten to eight until 16:35, and has made a light."""
    LOOKS.forget()
    WRONG_KEYS.forget()
    company.amandas_day()
    with clock.moved_to(at(7)):
        return actions.make_light(actor=company.amanda)


@pytest.fixture
def shown(key, client):
    """What the light says at a time: the page and the lamp alike."""

    def _shown(hour, minute=0):
        url = reverse("workday:light")
        with clock.moved_to(at(hour, minute)):
            page = client.get(url, {"key": key})
            lamp = client.get(url, {"key": key, "as": "json"}).json()
        assert list(lamp) == ["state"]
        assert f"<h1>{WORDS[lamp['state']]}</h1>" in page.content.decode()
        return lamp["state"]

    return _shown


@pytest.mark.requirement("S0-22")
def test_it_shows_work_from_when_the_day_begins_until_she_goes_home(company, shown):
    assert shown(7, 55) == "home"  # the shift has begun; she has not
    with clock.moved_to(at(8)):
        actions.start_day(actor=company.amanda)
    assert shown(8, 1) == "work"
    with clock.moved_to(at(15, 20)):
        actions.shut_down(actor=company.amanda)
    assert shown(15, 21) == "home"


@pytest.mark.requirement("S0-22")
def test_focus_pauses_stepping_away_and_a_lost_line_are_all_work(company, shown):
    for minute, mode in enumerate(("focus", "recess", "meal", "away", "ready")):
        with clock.moved_to(at(9, minute)):
            actions.set_mode(actor=company.amanda, mode=mode)
            actions.answer_beat(actor=company.amanda)
        assert shown(9, minute) == "work"
    assert shown(9, 30) == "work"  # no browser of hers has answered for 26 minutes


@pytest.mark.requirement("S0-22")
def test_who_forgets_to_say_goodbye_is_free_when_the_shift_is_over(company, shown):
    with clock.moved_to(at(8)):
        actions.start_day(actor=company.amanda)
    assert shown(16, 50) == "work"  # she is being asked whether she goes on
    assert shown(17, 6) == "home"
    with clock.moved_to(at(16, 40)):
        actions.go_on(actor=company.amanda)
    assert shown(17, 6) == "work"


@pytest.mark.requirement("S0-22")
def test_nothing_else_of_her_is_in_the_page_and_nobody_keeps_it(company, key, client):
    with clock.moved_to(at(10, 5)):
        actions.set_mode(actor=company.amanda, mode="focus")
        focus = client.get(reverse("workday:light"), {"key": key})
        actions.set_mode(actor=company.amanda, mode="recess")
        recess = client.get(reverse("workday:light"), {"key": key})
    assert focus.content == recess.content
    page = focus.content.decode()
    for never in ("Amanda", "Nyström", "Fokus", "10:", "16:35", "Hemma", key, "<script", "csrf"):
        assert never not in page
    assert '<meta http-equiv="refresh" content="30">' in page
    assert not focus.cookies
    assert "no-store" in focus["Cache-Control"]
    assert "noindex" in focus["X-Robots-Tag"]


@pytest.mark.requirement("S0-22")
def test_she_makes_the_link_sees_it_once_and_ends_it(company, client):
    client.force_login(company.amanda)
    made = client.post(reverse("workday:make_light"))
    link = made.context["light_link"]
    assert link in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert link not in client.get(reverse("workday:chat")).content.decode()
    client.logout()
    assert client.get(link).status_code == 200
    client.force_login(company.amanda)
    client.post(reverse("workday:end_light"))
    client.logout()
    assert client.get(link).status_code == 404
    kinds = Event.objects.filter(kind__startswith="workday.light").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["workday.light_made", "workday.light_ended"]


@pytest.mark.requirement("S0-22")
def test_bengt_can_neither_see_nor_end_amandas_and_his_key_opens_only_his(company, key, client):
    client.force_login(company.bengt)
    assert queries.light_of(company.bengt) is None
    client.post(reverse("workday:end_light"))
    assert HomeLight.objects.get().person == company.amanda
    his = actions.make_light(actor=company.bengt)
    with clock.moved_to(at(8)):
        actions.start_day(actor=company.amanda)
        asked = {"key": his, "as": "json"}
        assert client.get(reverse("workday:light"), asked).json() == {"state": "home"}


@pytest.mark.requirement("S0-22")
def test_a_new_link_ends_the_old_one_and_only_a_fingerprint_is_kept(company, key, client):
    new = actions.make_light(actor=company.amanda)
    url = reverse("workday:light")
    assert client.get(url, {"key": key}).status_code == 404
    assert client.get(url, {"key": new}).status_code == 200
    assert new not in str(HomeLight.objects.values().get())
    Person.objects.filter(pk=company.amanda.pk).update(is_active=False)
    assert client.get(url, {"key": new}).status_code == 404


@pytest.mark.requirement("S0-22")
def test_whoever_tries_keys_or_looks_all_the_time_is_slowed_down(key, client):
    url = reverse("workday:light")
    statuses = {client.get(url, {"key": f"wrong {turn}"}).status_code for turn in range(40)}
    assert statuses == {404, 429}
    assert client.get(url, {"key": key}).status_code == 429
    WRONG_KEYS.forget()
    statuses = [client.get(url, {"key": key}).status_code for _turn in range(200)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    LOOKS.forget()
