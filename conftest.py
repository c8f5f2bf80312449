"""Every test run has its own throw-away database server and its own data folder.

HEMMA_TEST_DATABASE_URL names a server to use instead; HEMMA_PG_BIN another PostgreSQL's
programs. The server starts when the first test asks for the database.
"""

import atexit
import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis

from hemma.run.postgres import Server
from hemma.run.throwaway import make_folder, start_throwaway
from hemma.ui.catalogues import compile_all

FOLDER = make_folder()
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
# How long an example takes depends on what else the machine does.
hypothesis.register_profile("hemma", deadline=None)
hypothesis.load_profile("hemma")
GIVEN = os.environ.get("HEMMA_TEST_DATABASE_URL", "")

# Before Django reads its settings, which pytest-django has it do after this file.
os.environ["HEMMA_DATA"] = str(FOLDER)
os.environ["HEMMA_DATABASE_URL"] = GIVEN or Server(FOLDER).url()
os.environ["DJANGO_SETTINGS_MODULE"] = "hemma.settings"
# Tests sign people in by a word; those about the second step name the roles themselves.
os.environ["HEMMA_SECOND_STEP"] = ""


def pytest_configure(config: pytest.Config) -> None:
    """Have Django read its settings now: pytest-django, which comes last, then sets it up."""
    _ = settings.DATABASES
    compile_all()
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        # Each process of a parallel run comes here itself; it must not read ours before.
        for name in ("DJANGO_SETTINGS_MODULE", "HEMMA_DATA", "HEMMA_DATABASE_URL"):
            del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark `database` what asks PostgreSQL for anything: that is run on more than one of them."""
    asks = {"django_db_setup", "database_url"}
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & asks or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The URL of the run's database server, started now if it was not yet."""
    if GIVEN:
        yield GIVEN
        return
    with start_throwaway(folder=FOLDER) as server:
        yield server.url()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    database_url: str, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """Start the server before pytest-django makes its database."""
