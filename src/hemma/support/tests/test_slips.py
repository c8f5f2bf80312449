"""Whoever sees that something may have leaked tells in a minute, and IT support has it in the next."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from hemma.journal.models import Event
from hemma.journal.relay import tell_rooms
from hemma.lib import clock
from hemma.notices import actions as notices
from hemma.notices.models import Notice
from hemma.people.actions import add_person, open_site
from hemma.people.models import Look, Role
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_shift
from hemma.support import actions
from hemma.support.models import Slip
from hemma.workday.actions import set_mode

pytestmark = pytest.mark.django_db


class Company:
    """Amanda answers customers; Imran is IT support; Tina leads; Charlie sits elsewhere."""

    def __init__(self):
        site = open_site(actor=SYSTEM, name="Linköping", country="SE", zone="Europe/Stockholm")
        for name, role in (
            ("Amanda", Role.AGENT), ("Imran", Role.IT_SUPPORT), ("Tina", Role.TEAM_LEADER),
            ("Charlie", Role.AGENT), ("Sara", Role.MANAGER), ("Olle", Role.CLIENT),
        ):  # fmt: skip
            person = add_person(
                actor=SYSTEM, email=f"{name.lower()}@example.org", name=name, roles=[role],
                site=site, language="en",
            )  # fmt: skip
            setattr(self, name.lower(), person)


THURSDAY = datetime(2026, 11, 19, 10, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def company():
    with clock.moved_to(THURSDAY):
        yield Company()


def browser(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def told(company, words="Case 4711 went to Kim's neighbour"):
    said = {"what": "wrong_person", "said": words}
    answer = browser(company.amanda).post(reverse("support:leak"), said, follow=True)
    assert "Thank you for telling" in answer.content.decode()
    return Slip.objects.get()


@pytest.mark.requirement("S3-18")
def test_what_amanda_tells_is_on_imrans_page_and_in_his_notices_within_the_minute(company):
    add_shift(
        actor=SYSTEM, person=company.imran, starts_at=THURSDAY - timedelta(hours=2),
        ends_at=THURSDAY + timedelta(hours=4), place_type="office", activities=(),
    )  # fmt: skip
    set_mode(actor=company.imran, mode="ready")
    began = clock.now()
    told(company)
    tell_rooms()
    clock.advance(timedelta(seconds=30))
    notices.let_through()
    notice = Notice.objects.get(person=company.imran)
    assert notice.kind == "support.slip_told"
    assert notice.shown_at - began <= timedelta(minutes=1)
    page = browser(company.imran).get(reverse("support:slips")).content.decode()
    assert "Something went to the wrong person" in page
    assert not Notice.objects.exclude(person=company.imran).exists(), "nobody else is told"


@pytest.mark.requirement("S3-18")
def test_imran_cannot_turn_off_that_he_hears_of_it(company):
    from hemma.notices.models import Sort, Way
    from hemma.notices.usual import choosable, wanted

    assert Sort.SLIP not in choosable(Way.PAGE)
    assert Sort.SLIP in wanted(Way.PAGE, [("slip", "page", False)])


@pytest.mark.requirement("S3-18")
def test_the_address_that_the_company_named_is_written_to_without_what_leaked(company):
    row = told(company)
    said = {"slip_id": row.pk, "base": "https://hemma.example/"}
    assert not actions.mail_slip(address="", **said)
    assert actions.mail_slip(address="dpo@example.org", **said)
    (letter,) = mail.outbox
    assert letter.to == ["dpo@example.org"]
    assert f"https://hemma.example/leak/told/{row.pk}/" in letter.body
    assert "4711" not in letter.body
    assert "Amanda" not in letter.body


def test_amanda_reads_who_saw_it_and_what_was_done_and_is_thanked_for_it(company):
    row = told(company)
    assert "on its way" in browser(company.amanda).get(reverse("support:leak")).content.decode()
    imran = browser(company.imran)
    page = imran.get(reverse("support:slip", args=[row.pk])).content.decode()
    assert "Kim&#x27;s neighbour" in page
    look = Look.objects.get(subject=company.amanda, kind="support.slip")
    assert look.viewer == company.imran
    assert "seen" in browser(company.amanda).get(reverse("support:leak")).content.decode()
    empty = imran.post(reverse("support:slip", args=[row.pk]), {"outcome": " "})
    assert empty.status_code == 422
    imran.post(reverse("support:slip", args=[row.pk]), {"outcome": "The mail was called back."})
    words = browser(company.amanda).get(reverse("support:leak")).content.decode()
    assert "The mail was called back." in words
    tell_rooms()
    assert Notice.objects.filter(person=company.amanda, kind="support.slip_closed").exists()


def test_nobody_but_it_support_reads_what_others_told(company):
    row = told(company)
    assert browser(company.imran).get(reverse("support:slip", args=[row.pk])).status_code == 200
    for person in (company.tina, company.sara, company.charlie, company.amanda, company.olle):
        for path in (reverse("support:slips"), reverse("support:slip", args=[row.pk])):
            assert browser(person).get(path).status_code == 404, person
            assert browser(person).post(path, {"outcome": "x"}).status_code in (404, 405)
    page = browser(company.charlie).get(reverse("support:leak")).content.decode()
    assert "What you have told" not in page


def test_one_choice_is_enough_and_nothing_typed_is_lost(company):
    amanda = browser(company.amanda)
    amanda.post(reverse("support:leak"), {"what": "lost", "said": ""})
    assert Slip.objects.get().words == ""
    page = amanda.post(reverse("support:leak"), {"what": "", "said": "On the train"})
    assert page.status_code == 422
    assert "On the train" in page.content.decode()


def test_the_way_stands_at_the_foot_of_every_page_of_those_who_work_here(company):
    way = reverse("support:leak")
    assert way in browser(company.amanda).get(reverse("people:visibility")).content.decode()
    assert way not in browser(company.olle).get(reverse("people:visibility")).content.decode()


def test_what_was_taken_care_of_is_forgotten_after_two_years_and_not_before(company):
    row = told(company)
    with pytest.raises(ValidationError):
        actions.close_slip(actor=company.imran, slip_id=row.pk, outcome="")
    clock.advance(timedelta(days=731))
    assert actions.forget_slips() == 0, "it is still open"
    actions.close_slip(actor=company.imran, slip_id=row.pk, outcome="Found again")
    clock.advance(timedelta(days=729))
    assert actions.forget_slips() == 0
    clock.advance(timedelta(days=2))
    assert actions.forget_slips() == 1
    assert Event.objects.filter(kind="support.slip_closed").exists()
