"""The working-time record is kept as long as each one's law asks, and no longer."""

from datetime import UTC, datetime, timedelta

import pytest

from hemma.lib import clock
from hemma.people.actions import add_person
from hemma.people.models import Site
from hemma.people.system import SYSTEM
from hemma.planning.actions import add_shift, forget_old_shifts
from hemma.planning.models import Activity, Shift

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("country", "years"), [("SE", 2), ("ES", 4), ("DK", 5)])
def test_a_shift_goes_when_its_countrys_years_are_over(country, years):
    with clock.moved_to(MONDAY):
        site = Site.objects.create(name="Here", country=country)
        amanda = add_person(actor=SYSTEM, email="a@example.org", name="Amanda", site=site)
        ends = MONDAY + timedelta(hours=8)
        add_shift(
            actor=SYSTEM,
            person=amanda,
            starts_at=MONDAY,
            ends_at=ends,
            place_type="home",
            activities=[("queue", MONDAY, ends, "")],
        )
        clock.advance(timedelta(days=365 * years - 3))
        assert forget_old_shifts(actor=SYSTEM) == 0
        clock.advance(timedelta(days=7))
        assert forget_old_shifts(actor=SYSTEM) == 1
        assert not Shift.objects.exists()
        assert not Activity.objects.exists()
