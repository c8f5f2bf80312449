"""The cast of the evaluation. Django is not set up yet when this file is read."""

import pytest


@pytest.fixture
def company(db):
    """A month of work by 40 people at two sites; some days after it is over."""
    from hemma.insight.tests.cast import AFTER, build_company
    from hemma.lib import clock

    with clock.moved_to(AFTER):
        yield build_company()


@pytest.fixture
def counted(company):
    """The company with the figures of the month made."""
    from hemma.insight.actions import count_due

    count_due()
    return company
