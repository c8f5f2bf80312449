"""The API against its own OpenAPI description: whatever is sent, no 500 and no surprise."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hemma.desk import actions
from hemma.desk.api import about

described = schemathesis.openapi.from_dict(about.openapi("http://localhost/api/v1"))
described.app = get_wsgi_application()
EVERYTHING = [
    "cases:read", "cases:write", "messages:read", "messages:write",
    "customers:read", "customers:write",
]  # fmt: skip


@pytest.fixture
def _one_connection():
    """As Django's own test client does: the test's transaction outlives the requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(room, _one_connection):
    room.case_from_kim()
    return actions.make_api_token(actor=room.tina, name="x", scopes=EVERYTHING)[1]


@described.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, key):
    case.call_and_validate(
        headers={"Authorization": f"Bearer {key}"},
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
        ],
    )
