"""One click, no reason: what was promised is looked after within the minute."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from hemma.desk.actions import take
from hemma.desk.models import Message
from hemma.desk.queries import holder_of
from hemma.journal.models import OutboxMessage
from hemma.lib import clock
from hemma.people.models import Role
from hemma.people.system import SYSTEM
from hemma.people.visibility import NotVisible
from hemma.routing.actions import look_after
from hemma.routing.tests.company import TUESDAY
from hemma.workday.actions import forget_old_modes, set_mode
from hemma.workday.models import Gap
from hemma.workday.queries import gaps_now


@pytest.fixture
def amanda_promised(company):
    """Amanda holds a case promised in half an hour, and one promised in three hours."""
    company.comes_to_work(company.amanda)
    soon, later = company.kim_writes("Snart"), company.kim_writes("Sedan")
    for case, minutes in ((soon, 30), (later, 180)):
        case.promised_at = TUESDAY + timedelta(minutes=minutes)
        case.save()
        take(actor=company.amanda, case=case)
    company.hire("Petra", None, Role.PLANNER, level=None)
    return company, soon, later


@pytest.mark.requirement("S0-34")
def test_what_falls_due_in_the_gap_gets_a_new_owner_within_the_minute(amanda_promised):
    """S0-34: one click; the promised case is Bengt's, the later one waits for Amanda."""
    company, soon, later = amanda_promised
    company.comes_to_work(company.bengt)
    set_mode(actor=company.amanda, mode="away")
    with clock.moved_to(TUESDAY + timedelta(seconds=20)):
        assert look_after() == 1
        assert holder_of(SYSTEM, soon) == company.bengt
        assert holder_of(SYSTEM, later) == company.amanda
    soon.refresh_from_db()
    assert soon.promised_at == TUESDAY + timedelta(minutes=30)


@pytest.mark.requirement("S0-34")
def test_when_nobody_is_free_the_customer_hears_of_a_new_time(amanda_promised):
    """S0-34: or the customer has a new promised time, and is told by mail."""
    company, soon, _later = amanda_promised
    set_mode(actor=company.amanda, mode="away")
    with clock.moved_to(TUESDAY + timedelta(seconds=20)):
        assert look_after() == 1
    soon.refresh_from_db()
    assert soon.promised_at >= TUESDAY + timedelta(hours=1)
    told = Message.objects.get(case=soon, direction=Message.Direction.AUTO)
    assert soon.reference in told.text
    assert "Amanda" not in told.text
    assert mail.outbox == []  # it goes the usual way, by the case's own mailbox
    with clock.moved_to(TUESDAY + timedelta(seconds=40)):
        assert look_after() == 0


@pytest.mark.requirement("S0-34")
def test_the_planner_sees_a_gap_without_a_name_or_a_reason(amanda_promised, client):
    """S0-34: a staffing gap of a team, and nobody else sees it at all."""
    company, *_cases = amanda_promised
    set_mode(actor=company.amanda, mode="away")
    (gap,) = gaps_now(company.petra)
    assert gap.team == company.team.name
    assert not hasattr(gap, "person")
    (told,) = OutboxMessage.objects.filter(kind="workday.gap")
    assert told.person_key == company.petra.journal_key
    assert str(company.amanda.journal_key) not in str(told.data)
    client.force_login(company.petra, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(reverse("workday:gaps")).content.decode()
    assert company.team.name in page
    assert "Amanda" not in page
    for outsider in (company.bengt, company.charlie):
        with pytest.raises(NotVisible):
            gaps_now(outsider)


@pytest.mark.requirement("S0-35")
def test_coming_back_closes_the_gap_and_after_a_week_nothing_is_left(amanda_promised):
    """S0-35: stepping away is never counted; there is nothing left to count."""
    company, *_cases = amanda_promised
    set_mode(actor=company.amanda, mode="away")
    with clock.moved_to(TUESDAY + timedelta(minutes=40)):
        set_mode(actor=company.amanda, mode="ready")
        assert gaps_now(company.petra) == []
    with clock.moved_to(TUESDAY + timedelta(days=8)):
        forget_old_modes(actor=SYSTEM)
    assert not Gap.objects.exists()


@pytest.mark.requirement("S0-35")
def test_the_promise_of_the_employer_stands_where_one_steps_away(amanda_promised, client):
    """S0-35: the trust promise is read at the place where it is needed."""
    company, *_cases = amanda_promised
    client.force_login(
        company.amanda, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    client.post(reverse("workday:mode"), {"mode": "away"})
    bar = client.get(reverse("workday:mebar")).content.decode()
    assert "räknas aldrig" in bar
