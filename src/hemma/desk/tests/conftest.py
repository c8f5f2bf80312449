"""The cast of the desk's tests. Django is not set up yet when this file is read."""

from uuid import uuid4

import pytest

from hemma.lib import clock


@pytest.fixture
def room(db):
    from hemma.desk.tests.cast import THURSDAY, build_room

    with clock.moved_to(THURSDAY):
        yield build_room()


@pytest.fixture
def lasting_room(transactional_db):
    from hemma.desk.tests.cast import THURSDAY, build_room

    with clock.moved_to(THURSDAY):
        yield build_room()


@pytest.fixture
def make_mail():
    from hemma.desk.tests.cast import mail

    return mail


@pytest.fixture
def answer():
    """Answer a case as its page does: `answer(person, case, text=…, then=…)`."""

    from hemma.desk import actions

    def send(person, case, text="Hej Kim! Pengarna är på väg.", then="answered", **more):
        once = more.pop("once", None) or uuid4()
        return actions.answer(actor=person, case=case, text=text, once=once, then=then, **more)

    return send
