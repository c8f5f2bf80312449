"""Kim's solved cases are kept as long as the client's contract says; then they are nobody's."""

from datetime import UTC, datetime, timedelta

import pytest

from hemma.desk.actions import forget_old_cases
from hemma.desk.models import Attachment, Case, Customer, Mailbox, Message, Queue, RawMail
from hemma.lib import clock
from hemma.people.actions import add_person, write_processing_record
from hemma.people.models import ProcessingRecord, Role, Site, Team
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def queue():
    with clock.moved_to(MONDAY):
        site = Site.objects.create(name="Umeå", country="SE")
        team = Team.objects.create(name="Björkvik", site=site)
        yield Queue.objects.create(
            name="Björkvik",
            programme="Björkvik Energi",
            team=team,
            answer_within=timedelta(hours=8),
        )


def stored_mail(queue, number) -> RawMail:
    mailbox, _new = Mailbox.objects.get_or_create(
        address="support@example.org",
        defaults={"queue": queue, "imap_host": "localhost", "smtp_host": "localhost"},
    )
    return RawMail.objects.create(
        mailbox=mailbox,
        uidvalidity=1,
        uid=number,
        stored_at=clock.now(),
        content=b"Kim Holm writes",
        sha256="0" * 64,
        state=RawMail.State.TAKEN,
    )


def solved_case(queue, number, email="kim@example.net") -> Case:
    now = clock.now()
    customer, _new = Customer.objects.get_or_create(email=email, defaults={"name": "Kim Holm"})
    case = Case.objects.create(
        number=number,
        queue=queue,
        customer=customer,
        subject="Kim's invoice",
        state=Case.State.SOLVED,
        opened_at=now,
        solved_at=now,
        changed_at=now,
    )
    message = Message.objects.create(
        case=case,
        direction=Message.Direction.IN,
        from_name="Kim Holm",
        from_address=email,
        at=now,
        text="I am Kim Holm",
        quoted="Kim",
        html="<p>Kim",
        message_id=f"<{number}@kim>",
        raw=stored_mail(queue, number),
    )
    Attachment.objects.create(
        message=message, name="kim.pdf", content_type="application/pdf", size=3, content=b"Kim"
    )
    return case


def test_after_two_years_nobody_can_say_whose_case_it_was_but_it_is_still_counted(queue):
    case = solved_case(queue, 1)
    opened, solved = case.opened_at, case.solved_at
    clock.advance(timedelta(days=729))
    assert forget_old_cases() == 0
    clock.advance(timedelta(days=3))
    assert forget_old_cases() == 1
    case.refresh_from_db()
    assert (case.number, case.queue, case.opened_at, case.solved_at) == (1, queue, opened, solved)
    assert case.messages.count() == 1
    everything = [
        *Case.objects.values_list("subject", "customer__name", "customer__email"),
        *Message.objects.values_list("from_name", "from_address", "text", "quoted", "html"),
        *Customer.objects.values_list("name", "email"),
        *Attachment.objects.values_list("name"),
        *RawMail.objects.values_list("content"),
    ]
    assert "kim" not in str(everything).lower()
    assert forget_old_cases() == 0


def test_a_contract_that_says_six_months_is_kept(queue):
    sara = add_person(actor=SYSTEM, email="s@example.org", name="Sara", roles=[Role.MANAGER])
    write_processing_record(
        actor=sara,
        known=None,
        programme="Björkvik Energi",
        client="Björkvik AB",
        purpose="Answering customers",
        categories="Customers: name, e-mail, what they write",
        keep_months=6,
    )
    assert ProcessingRecord.objects.get().changed_at == pytest.approx(
        clock.now(), abs=timedelta(minutes=1)
    )
    solved_case(queue, 1)
    clock.advance(timedelta(days=180))
    assert forget_old_cases() == 0
    clock.advance(timedelta(days=5))
    assert forget_old_cases() == 1


def test_what_is_not_solved_and_a_customer_who_came_back_stay(queue):
    solved_case(queue, 1)
    clock.advance(timedelta(days=700))
    again = solved_case(queue, 2)
    clock.advance(timedelta(days=60))
    assert forget_old_cases() == 1
    again.refresh_from_db()
    assert again.customer.name == "Kim Holm"
    assert again.subject == "Kim's invoice"
