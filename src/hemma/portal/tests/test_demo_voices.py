"""What the demo's customers have said of the help they had."""

from datetime import UTC, datetime

import pytest

from hemma.desk import demo as desk_demo
from hemma.desk.models import Case
from hemma.lib import clock
from hemma.people import demo as people_demo
from hemma.people.demo import DemoCompany
from hemma.portal import demo as portal_demo
from hemma.portal.models import Satisfaction


@pytest.mark.django_db
def test_no_more_have_answered_than_were_helped_and_a_second_start_adds_nothing():
    now = datetime(2026, 11, 24, 8, 37, tzinfo=UTC)
    with clock.moved_to(now):
        company = DemoCompany(6, 1, now, "x", smtp_port=25, imap_port=143, cases_wanted=400)
        for one in (people_demo, desk_demo, portal_demo):
            one.load(company)
        given = [one.count for one in Satisfaction.objects.order_by("pk")]
        portal_demo.load(company)
    assert 0 < sum(given) < Case.objects.filter(state=Case.State.SOLVED).count() / 4
    assert [one.count for one in Satisfaction.objects.order_by("pk")] == given
