"""The demo's company: always at work, and played through the doors that everybody uses."""

import ast
import random
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import hemma.run.demo
from hemma.desk.actions import take
from hemma.desk.models import Case, Message
from hemma.lib import clock
from hemma.routing.tests.company import TUESDAY, build
from hemma.run.demo.browser import read
from hemma.run.demo.colleagues import Colleague
from hemma.run.demo.day import is_living, playing_time
from hemma.run.demo.seeding import Acting

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FOLDER = Path(hemma.run.demo.__file__).parent
THROUGH_DOORS = ("browser", "colleagues", "customers", "post")
TAKEN_ALONG = {
    "hemma.desk.demo_letter",
    "hemma.desk.demo_letters",
    "hemma.lib.clock",
    "hemma.lib.mail.local_server",
}
"""What they write, what time it is, and the post office itself."""


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("now", "plays"),
    [
        (at(27, 10), at(27, 10)),  # Friday morning: as it is
        (at(27, 15, 31), at(30, 9, 37)),  # Friday afternoon
        (at(29, 10), at(30, 9, 37)),  # Sunday
        (at(24, 3), at(24, 9, 37)),  # in the night
    ],
)
def test_whenever_it_is_started_people_are_at_work(now, plays):
    assert playing_time(now, None) == plays
    assert is_living(plays)


def test_time_never_goes_back_behind_what_has_happened_there():
    last = at(30, 14, 50)
    assert playing_time(at(29, 10), last) > last
    assert is_living(playing_time(at(29, 10), last + timedelta(hours=9)))


@pytest.mark.parametrize("part", THROUGH_DOORS)
def test_simulated_customers_and_colleagues_know_http_and_mail_alone(part):
    """No model, no query, no action: what they do, anybody could do from outside."""
    known = set()
    for node in ast.walk(ast.parse((FOLDER / f"{part}.py").read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            known |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            known |= {one.name for one in node.names}
    assert not [one for one in known if one.startswith("django")]
    ours = {one for one in known if one.startswith("hemma.") and "run.demo" not in one}
    assert {
        one for one in ours if not one.startswith(tuple(TAKEN_ALONG)) and one != "hemma.lib"
    } == set()


class Window:
    """What a colleague's browser does, on the pages themselves."""

    def __init__(self, client):
        self.client = client

    def get(self, address):
        return read(address, 200, self.client.get(address).content.decode())

    def submit(self, page, form, button="", **values):
        name, _, value = button.partition("=")
        sent = form.fields | values | ({name: value} if name else {})
        assert self.client.post(form.action, sent).status_code == 302


class Impatient:
    """Who does not wait."""

    def wait(self, _seconds):
        return False

    def is_set(self):
        return False


@pytest.mark.django_db
def test_a_colleague_who_has_a_case_answers_it_and_hands_it_to_nobody(client):
    """A case's page has other forms to write in, and some stand before the answer."""
    with clock.moved_to(TUESDAY):
        company = build()
        company.comes_to_work(company.amanda, company.bengt)
        case = company.kim_writes()
        take(actor=company.amanda, case=case)
        client.force_login(company.amanda)
        window = Window(client)
        acting = Acting("amanda@example.org", "Amanda Nyström", answers=True, day=())
        amanda = Colleague(acting, "", "", random.Random(1), Impatient())
        amanda._answer(window, window.get(f"/cases/{case.number}/"))
    sent = Message.objects.get(case=case, direction=Message.Direction.OUT)
    assert sent.text.endswith("Amanda")
    assert Case.objects.get(pk=case.pk).state != Case.State.OPEN
