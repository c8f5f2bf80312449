"""An empty installation: the first person is let in once, and led by the hand."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape
from django.utils.translation import override
from procrastinate.contrib.django.models import ProcrastinateJob

from hemma.desk.models import Mailbox, OpeningSpan, Queue
from hemma.lib import first_start
from hemma.people import actions, queries
from hemma.people.actions import add_person
from hemma.people.models import Grant, Membership, Person, Role, SetUp, Site, Team
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
PASSWORD = "winter apples 7 in a bowl"
SAID = {
    "company": "Björkvik Kundcenter", "name": "Imran Malik", "email": "imran@example.org",
    "password": PASSWORD,
}  # fmt: skip


@pytest.fixture
def address(settings):
    settings.SECOND_STEP_ROLES = []
    return f"/{first_start.PATH}/{first_start.key_of(settings.SECRET_KEY)}/"


@pytest.fixture
def browser():
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def imran(address, browser):
    """Imran, who has made the first account and signed in with it."""
    browser.post(address, SAID)
    browser.post("/sign-in/", {"login": SAID["email"], "password": PASSWORD})
    browser.post("/confirm/", {"password": PASSWORD})
    return Person.objects.get(email=SAID["email"])


def test_an_empty_hemma_says_where_to_begin_and_lets_its_first_person_in(address, browser):
    assert "Nobody is here yet" in browser.get("/sign-in/").content.decode()
    assert "You are the first one here" in browser.get(address).content.decode()
    assert browser.post(address, SAID).headers["Location"] == "/sign-in/"
    person = Person.objects.get()
    assert (person.name, person.check_password(PASSWORD)) == ("Imran Malik", True)
    assert list(person.grants.values_list("role", flat=True)) == [Role.ADMINISTRATOR]
    browser.post("/sign-in/", {"login": SAID["email"], "password": PASSWORD})
    assert browser.get("/").headers["Location"] == "/set-up/"
    page = browser.get("/set-up/").content.decode()
    assert page.index("Organisation") < page.index("First team") < page.index("Invite")
    assert "Nobody is here yet" not in Client().get("/sign-in/").content.decode()


def test_charlie_who_found_the_server_first_gets_nothing_without_the_key(address, browser):
    for guess in ("0" * 32, "x"):
        assert browser.get(f"/{first_start.PATH}/{guess}/").status_code == 404
        assert browser.post(f"/{first_start.PATH}/{guess}/", SAID).status_code == 404
    assert not Person.objects.exists()


def test_once_somebody_is_here_the_address_opens_nothing(address, browser, imran):
    other = SAID | {"email": "charlie@example.org"}
    assert Client().post(address, other).headers["Location"] == "/"
    assert not Person.objects.filter(email="charlie@example.org").exists()


def test_of_two_who_begin_at_once_one_gets_in(address, monkeypatch):
    from hemma.people.actions import beginning

    said = SAID | {"language": "en"}
    actions.begin(actor=SYSTEM, **said)
    monkeypatch.setattr(beginning, "nobody_is_here", lambda _asker: True)
    with override("en"), pytest.raises(ValidationError, match="Somebody is here already"):
        actions.begin(actor=SYSTEM, **said | {"email": "charlie@example.org"})
    assert Person.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"password": "short"}, {"email": "no"}, {"company": ""}])
def test_what_cannot_be_is_said_and_what_was_typed_stays(address, browser, wrong):
    page = browser.post(address, SAID | wrong)
    assert page.context["form"].errors
    assert escape("Imran Malik") in page.content.decode()
    assert not Person.objects.exists()


def test_imran_is_led_from_nothing_to_a_customer_service(browser, imran, mailboxes_work):
    first = browser.post(
        "/set-up/company/", {"company": "Björkvik", "site": "Bergen", "country": "NO"}
    )
    site = Site.objects.get()
    assert (site.country, site.zone) == ("NO", "Europe/Oslo")
    assert first.headers["Location"] == "/set-up/team/"
    led = {"name": "Björkvik faktura", "who": "other", "leader_name": "Tina Ekdahl",
           "leader_email": "tina@example.org"}  # fmt: skip
    assert browser.post("/set-up/team/", led).headers["Location"] == "/cases/opening/first/"
    team = Team.objects.get()
    assert (team.leader.name, team.site) == ("Tina Ekdahl", site)
    form = browser.get("/cases/opening/new/").context["form"]
    assert form["name"].value() == "Björkvik", "what is known is not asked again"
    week = {f"day_{number}": "08:00–17:00" for number in range(5)} | {"day_5": "10-14"}
    hours = {"name": "Faktura", "programme": "Björkvik", "team": team.pk, "language": "nb",
             "promise": "4"} | week  # fmt: skip
    assert (
        browser.post("/cases/opening/new/", hours).headers["Location"] == "/cases/mailboxes/first/"
    )
    assert Queue.objects.get().zone == "Europe/Oslo"
    assert OpeningSpan.objects.count() == 6
    box = {"address": "kundservice@bjorkvik.example", "password": "secret key", "imap_port": "993",
           "smtp_port": "587", "queue": Queue.objects.get().pk}  # fmt: skip
    assert (
        browser.post("/cases/mailboxes/first/", box).headers["Location"] == "/set-up/invitations/"
    )
    assert Mailbox.objects.get().imap_host == "imap.bjorkvik.example"
    people = {"addresses": "Amanda Nyström <amanda@example.org>\nbengt.olsson@example.org\n",
              "role": "agent", "team": team.pk}  # fmt: skip
    assert browser.post("/set-up/invitations/", people).headers["Location"] == "/set-up/"
    inside = set(Membership.objects.filter(team=team).values_list("person__name", flat=True))
    assert inside == {"Tina Ekdahl", "Amanda Nyström", "Bengt Olsson"}
    asked = ProcrastinateJob.objects.filter(task_name="people.send_invitation")
    assert asked.count() == 3, "Tina, Amanda and Bengt are written to"
    assert "Customers can write" in browser.get("/set-up/").content.decode()


@pytest.fixture
def mailboxes_work(monkeypatch):
    from hemma.desk.actions.trying import Tried
    from hemma.desk.views import setting_up

    monkeypatch.setattr(setting_up, "try_whole_way", lambda **_said: Tried("", "", "", 1.0))


def test_imran_leaves_in_the_middle_and_comes_back_to_where_he_was(browser, imran):
    browser.post("/set-up/company/", {"company": "B", "site": "Umeå", "country": "SE"})
    again = Client(headers={"accept-language": "en"})
    again.post("/sign-in/", {"login": SAID["email"], "password": PASSWORD})
    assert again.get("/").headers["Location"] == "/set-up/"
    page = again.get("/set-up/")
    assert [one.step.key for one in page.context["taken"] if one.next] == ["team"]
    assert "Umeå" in page.content.decode()


def test_a_step_that_was_done_elsewhere_counts(browser, imran):
    Site.objects.create(name="Borås", country="SE")
    taken = {one.step.key: one.there for one in queries.steps_taken(imran)}
    assert taken["company"] == "Borås"


def test_the_guide_is_put_away_and_stays_away(browser, imran):
    assert "Getting started" in browser.get("/organisation/").content.decode()
    browser.post("/set-up/end/")
    assert SetUp.objects.get().ended_at
    assert browser.get("/").headers["Location"] != "/set-up/"
    assert "Getting started" not in browser.get("/organisation/").content.decode()
    assert "setup__steps" not in browser.get("/set-up/company/").content.decode()


def test_nobody_else_is_led_or_finds_the_pages(imran):
    amanda = add_person(actor=SYSTEM, email="a@example.org", name="Amanda", language="en")
    other = Client()
    other.force_login(amanda)
    for path in ("", "company/", "team/", "invitations/", "steps/team/"):
        assert other.get(f"/set-up/{path}").status_code == 404
    assert other.post("/set-up/end/").status_code == 404
    assert SetUp.objects.get().ended_at is None


def test_imran_can_lead_the_first_team_himself(browser, imran):
    browser.post("/set-up/company/", {"company": "B", "site": "Umeå", "country": "SE"})
    assert browser.post("/set-up/team/", {"name": "All", "who": "other"}).context["form"].errors
    browser.post("/set-up/team/", {"name": "All", "who": "me"})
    assert Team.objects.get().leader == imran
    roles = set(Grant.objects.filter(person=imran, until=None).values_list("role", flat=True))
    assert roles == {Role.ADMINISTRATOR, Role.TEAM_LEADER}


@pytest.mark.parametrize("line", ["no address", "a@example.org\nimran@example.org"])
def test_invitations_are_all_sent_or_none(browser, imran, line):
    page = browser.post("/set-up/invitations/", {"addresses": line, "role": "agent", "team": ""})
    assert page.context["form"].errors
    assert Person.objects.count() == 1
    assert escape(line.split("\n")[0]) in page.content.decode()


def test_without_a_way_to_send_letters_nobody_is_added_and_the_page_says_what_to_set(
    browser, imran, settings
):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "localhost", "port": 9},
        }
    }
    page = browser.post(
        "/set-up/invitations/", {"addresses": "a@example.org", "role": "agent", "team": ""}
    )
    assert "HEMMA_SMTP_HOST" in page.content.decode()
    assert Person.objects.count() == 1
    assert mail.outbox == []
