import pytest


@pytest.fixture
def company(db):
    # Imported here: this file is read before Django is set up.
    from hemma.lib import clock
    from hemma.routing.tests.company import TUESDAY, build

    with clock.moved_to(TUESDAY):
        yield build()
