import pytest


@pytest.fixture
def company(db):
    # Imported here: this file is read before Django is set up.
    from hemma.workday.tests.company import Company

    return Company()


@pytest.fixture(scope="session", autouse=True)
def catalogues():
    from hemma.ui.catalogues import compile_all

    compile_all()
