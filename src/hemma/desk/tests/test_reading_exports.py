"""Reading other programs' files: whatever they hold, each row is a case or has a reason."""

import contextlib
import io
import json
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemma.desk.imports import reading
from hemma.desk.imports.shapes import Ticket
from hemma.desk.tests.exports import NOW, zammad, zendesk


def test_people_and_articles_beside_the_tickets_are_joined_also_out_of_a_zip():
    flat = zendesk(1, requester_id=20)
    del flat["requester"]
    told = {
        "tickets": [flat],
        "users": [{"id": 20, "name": "Kim Holm", "email": "kim@example.org", "role": "end-user"}],
    }
    ticket = zammad(state_id=4, customer_id=3, group_id=9, id=12)
    articles = {"5": ticket["articles"][0] | {"ticket_id": 12}}
    for name in ("articles", "customer", "group", "state"):
        del ticket[name]
    assets = {
        "Ticket": {"12": ticket},
        "TicketArticle": articles,
        "User": {
            "3": {"id": 3, "firstname": "Kim", "lastname": "Holm", "email": "kim@example.org"}
        },
        "Group": {"9": {"id": 9, "name": "Moves"}},
        "TicketState": {"4": {"id": 4, "name": "closed"}},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.json", json.dumps(told))
        file.writestr("b.json", json.dumps({"assets": assets}))
    first, second = reading.read("export.zip", packed.getvalue(), NOW)
    assert first.ticket.customer_email == "kim@example.org"
    assert [one.by for one in first.ticket.said] == ["customer", "among_us", "staff"]
    assert (second.ticket.group, second.ticket.state) == ("Moves", "solved")
    assert second.ticket.customer_name == "Kim Holm"
    assert second.ticket.said[0].text == "Måste jag säga upp avtalet?"


def test_a_file_that_would_swell_up_is_refused_before_it_is_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.json", b" " * (reading.MOST_BYTES + 1))
    with pytest.raises(reading.Unreadable, match="too_big"):
        reading.read("bomb.zip", packed.getvalue(), NOW)


SIMPLE = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "20", "\0", "a@b"])
)
ANYTHING = (
    SIMPLE
    | st.lists(SIMPLE, max_size=2)
    | st.dictionaries(st.sampled_from(["id", "name", "email", "body", "20"]), SIMPLE, max_size=3)
)
FIELDS = sorted(set(zendesk()) | set(zammad()) | {"requester_id", "customer_id", "users", "assets"})


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4), max_size=2))
def test_whatever_stands_in_a_file_each_row_is_a_case_or_has_a_reason(tickets):
    filled = [zendesk() | one for one in tickets] + [zammad() | one for one in tickets] + tickets
    content = json.dumps(filled).encode()
    try:
        rows = reading.read("any.json", content, NOW)
    except reading.Unreadable:
        return
    for row in rows:
        assert (row.ticket is None) == (row.bad is not None)
        if row.ticket is not None:
            assert Ticket.from_facts(json.loads(json.dumps(row.ticket.as_facts()))) == row.ticket


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read_or_refused(content):
    with contextlib.suppress(reading.Unreadable):
        assert reading.read("any.json", content, NOW)
