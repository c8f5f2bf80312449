"""The cast of the desk, with a form that is open to Kim."""

import pytest


@pytest.fixture
def room(db):
    from hemma.desk.tests.cast import THURSDAY, build_room
    from hemma.lib import clock

    with clock.moved_to(THURSDAY):
        yield build_room()


@pytest.fixture
def door(room):
    from hemma.people.system import SYSTEM
    from hemma.portal import pace
    from hemma.portal.actions import save_form

    for one in (pace.WRITING, pace.WRONG_CODES, pace.WRONG_CODES_A_CASE):
        one.forget()
    return save_form(actor=SYSTEM, form=None, slug="bjorkvik", queue=room.queue)


@pytest.fixture
def kim(client, door):
    """Kim's browser: `kim.sends(address, **fields)` fills in a form as a person does."""
    import re
    from datetime import timedelta

    from hemma.lib import clock

    def sends(address, page=None, wait=timedelta(seconds=40), **fields):
        shown = client.get(page or address).content.decode()
        kept = {n: re.search(rf'name="{n}" value="([^"]+)"', shown)[1] for n in ("shown", "once")}
        clock.advance(wait)
        return client.post(address, {**kept, **fields})

    client.sends = sends
    return client
