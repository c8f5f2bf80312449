import pytest


@pytest.fixture
def company(db):
    from hemma.workday.tests.company import Company

    return Company()


@pytest.fixture(scope="session", autouse=True)
def _words():
    """Pages speak Swedish: their catalogues are compiled."""
    from hemma.ui.catalogues import compile_all

    compile_all()
