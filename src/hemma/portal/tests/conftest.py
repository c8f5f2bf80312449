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


@pytest.fixture
def programme(room):
    from hemma.people.models import Programme

    return Programme.objects.create(name="Björkvik Energi", client="Björkvik AB")


@pytest.fixture
def olle(programme):
    """Olle, who is the client's own man."""
    from hemma.people.actions import add_person, set_roles
    from hemma.people.models import Role
    from hemma.people.system import SYSTEM
    from hemma.portal.tests.clients import PASSWORD

    person = add_person(
        actor=SYSTEM, email="olle@bjorkvik.example", name="Olle Sand", password=PASSWORD,
        roles=[], language="en",
    )  # fmt: skip
    set_roles(actor=SYSTEM, person=person, roles=[Role.CLIENT], programme=programme)
    return person


@pytest.fixture
def sara(room):
    from hemma.people.actions import add_person
    from hemma.people.models import Role
    from hemma.people.system import SYSTEM
    from hemma.portal.tests.clients import PASSWORD

    return add_person(
        actor=SYSTEM, email="sara@hemma.example", name="Sara Haddad", password=PASSWORD,
        roles=[Role.MANAGER], language="en",
    )  # fmt: skip
