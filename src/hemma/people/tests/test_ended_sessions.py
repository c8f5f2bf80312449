"""However a session ends, the hub hears of it and closes the person's open pages."""

import json

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from hemma.lib.live import LIVE_CHANNEL, REOPEN
from hemma.people import actions
from hemma.people.actions import add_person
from hemma.people.models import Session
from hemma.people.system import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listening():
    wanted = connection.get_connection_params()
    for key in ("cursor_factory", "context", "prepare_threshold", "pool"):
        wanted.pop(key, None)
    with psycopg.connect(**wanted, autocommit=True) as other:
        other.execute(f"LISTEN {LIVE_CHANNEL}")
        yield lambda: {
            (one["audience"], one["topic"])
            for one in (json.loads(heard.payload) for heard in other.notifies(timeout=0.2))
        }


@pytest.mark.parametrize(
    "end",
    [
        lambda amanda, _client: actions.end_session(
            actor=amanda, number=Session.objects.get(person=amanda).number
        ),
        lambda amanda, _client: actions.choose_password(actor=amanda, password="x y z 1 2 3 4"),
        lambda _amanda, client: client.post("/sign-out/"),
        lambda _amanda, _client: Session.objects.all().delete(),
    ],
    ids=["ended from elsewhere", "a new password", "signed out", "by hand"],
)
def test_amandas_stream_is_closed_when_her_session_ends(listening, end):
    amanda = add_person(actor=SYSTEM, email="amanda@example.org", name="Amanda")
    client = Client()
    client.force_login(amanda)
    listening()
    end(get_user_model().objects.get(pk=amanda.pk), client)
    assert (f"person:{amanda.pk}", REOPEN) in listening()
    assert client.get("/me/sign-in/").status_code == 302


def test_somebody_who_only_looked_at_the_door_closes_nothing(listening):
    client = Client()
    session = client.session
    session["x"] = 1
    session.save()
    Session.objects.all().delete()
    assert listening() == set()
