import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemma.workday.models import ModeSpell
from hemma.workday.tests.browsing import page, sign_in

pytestmark = pytest.mark.django_db


def test_a_get_writes_nothing(company, client):
    company.amandas_day()
    sign_in(client, company.amanda)
    for name, args in [
        ("my_day", []),
        ("my_day_band", []),
        ("my_team", []),
        ("mebar", []),
        ("team_now", []),
        ("team", [company.team.pk]),
        ("team_list", [company.team.pk]),
    ]:
        with CaptureQueriesContext(connection) as queries:
            page(client, name, *args)
        verbs = {query["sql"].split()[0].upper() for query in queries}
        assert verbs <= {"SELECT"}, f"{name}: {verbs}"


def test_a_mode_is_changed_by_post_alone(company, client):
    sign_in(client, company.amanda)
    assert client.get(reverse("workday:mode") + "?mode=away").status_code == 405
    assert not ModeSpell.objects.exists()


def test_without_sign_in_there_is_nothing(company, client):
    for name in ("my_day", "team_now", "mebar", "my_team"):
        assert client.get(reverse(f"workday:{name}")).status_code == 302
