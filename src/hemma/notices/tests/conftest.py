import json

import pytest


@pytest.fixture
def company(db):
    # Imported here: this file is read before Django is set up.
    from hemma.workday.tests.company import Company

    return Company()


@pytest.fixture
def week(company):
    """Amanda works on Thursday as in her picture, and on Friday from 8; Tina from 8 to 17."""
    from hemma.workday.tests.company import at

    company.amandas_day()
    company.shift(company.amanda, at(8, day=20), at(16, day=20))
    company.shift(company.tina, at(8), at(17))
    return company


@pytest.fixture
def pushes(settings):
    """The push service of the browsers in these tests."""
    from hemma.lib.tests.push_service import push_service

    settings.OUTWARD_NETWORKS = ["127.0.0.0/8"]
    with push_service() as service:
        yield service


@pytest.fixture
def phone_of(pushes):
    """`phone_of(person)`: their phone shows notices; `.shown()` is what has come up on it."""
    from hemma.lib.tests.push_service import ReceivingBrowser
    from hemma.notices.actions import add_device

    class Phone(ReceivingBrowser):
        def __init__(self, person):
            super().__init__()
            self.path = f"/send/{person.pk}-{self.auth.hex()}"
            keys = self.keys()
            self.device = add_device(
                actor=person,
                address=pushes.url + self.path,
                point=keys["p256dh"],
                secret=keys["auth"],
                name="Firefox, Android",
            )

        def got(self):
            return [one for one in pushes.got if one.path == self.path]

        def shown(self):
            return [json.loads(self.read(one.body)) for one in self.got()]

        def words(self):
            return [one["body"] for one in self.shown()]

    return Phone


@pytest.fixture(scope="session", autouse=True)
def catalogues():
    from hemma.ui.catalogues import compile_all

    compile_all()
