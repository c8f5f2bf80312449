"""Amanda's own calendar tells that she has gone home: what is left of her shift is free time."""

import icalendar
import pytest
from django.urls import reverse

from hemma.lib import clock
from hemma.people.system import SYSTEM
from hemma.planning.actions import make_feed
from hemma.planning.models import CalendarFeed
from hemma.planning.views.schedule import FETCHES, WRONG_KEYS
from hemma.workday import actions
from hemma.workday.tests.company import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(company):
    """Amanda works today until 16:35 and tomorrow from eight, and has a calendar link."""
    FETCHES.forget()
    WRONG_KEYS.forget()
    company.amandas_day()
    company.shift(company.amanda, at(8, day=20), at(16, day=20))
    with clock.moved_to(at(8)):
        actions.set_mode(actor=company.amanda, mode="ready")
        return make_feed(actor=company.amanda)


def events(client, key, hour, minute=0, day=19):
    """(start, end, transparency, summary) of the day's events."""
    with clock.moved_to(at(hour, minute, day=day)):
        answer = client.get(reverse("planning:feed"), {"key": key})
    assert answer.status_code == 200
    found = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return sorted((one.start, one.end, str(one["TRANSP"]), str(one["SUMMARY"])) for one in found)


@pytest.mark.requirement("S0-22")
def test_at_shutdown_the_shift_ends_and_what_is_left_of_it_is_free(company, key, client):
    today = (at(7, 50), at(16, 35), "OPAQUE", "Arbete: Hemma")
    tomorrow = (at(8, day=20), at(16, day=20), "OPAQUE", "Arbete: Hemma")
    assert events(client, key, 9) == [today, tomorrow]
    with clock.moved_to(at(15, 20)):
        actions.shut_down(actor=company.amanda)
    assert events(client, key, 15, 21) == [
        (at(7, 50), at(15, 20), "OPAQUE", "Arbete: Hemma"),
        (at(15, 20), at(16, 35), "TRANSPARENT", "Gått hem"),
        tomorrow,
    ]


@pytest.mark.requirement("S0-22")
def test_when_the_next_day_begins_nothing_is_left_of_when_she_went_home(company, key, client):
    with clock.moved_to(at(15, 20)):
        actions.shut_down(actor=company.amanda)
    with clock.moved_to(at(8, day=20)):
        actions.start_day(actor=company.amanda)
    assert CalendarFeed.objects.get().home_since is None
    assert events(client, key, 8, 1, day=20)[0][1] == at(16, 35)


@pytest.mark.requirement("S0-22")
def test_pauses_and_stepping_away_are_nowhere_in_it(company, key, client):
    before = events(client, key, 9)
    for minute, mode in enumerate(("recess", "away", "ready", "focus")):
        with clock.moved_to(at(10, minute)):
            actions.set_mode(actor=company.amanda, mode=mode)
    assert events(client, key, 11) == before


@pytest.mark.requirement("S0-22")
def test_who_forgot_to_say_goodbye_and_who_never_began_are_told_right(company, key, client):
    with clock.moved_to(at(16)):
        actions.end_modes(actor=SYSTEM, person=company.amanda)
    assert events(client, key, 16, 5)[1][2:] == ("TRANSPARENT", "Gått hem")
    with clock.moved_to(at(7, 50)):
        CalendarFeed.objects.update(home_since=at(7, 50))
    assert [one[2] for one in events(client, key, 9)] == ["TRANSPARENT", "OPAQUE"]


@pytest.mark.requirement("S0-22")
def test_whoever_tries_keys_or_asks_all_the_time_is_slowed_down(company, key, client):
    url = reverse("planning:feed")
    statuses = {client.get(url, {"key": f"wrong {turn}"}).status_code for turn in range(40)}
    assert statuses == {404, 429}
    assert client.get(url, {"key": key}).status_code == 429
    WRONG_KEYS.forget()
    statuses = [client.get(url, {"key": key}).status_code for _turn in range(40)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    FETCHES.forget()
