"""Searching as people type: misspelt, without dots, bent, a part of a compound."""

import pytest

from hemma.desk import actions, queries
from hemma.desk.tests import pairs_unseen
from hemma.desk.tests.pairs import PAIRS, SUBJECTS

AT = 20


@pytest.fixture
def archive(room):
    for text in SUBJECTS + pairs_unseen.SUBJECTS:
        actions.open_case(
            actor=room.amanda,
            queue=room.queue,
            channel="phone",
            contact=actions.Contact(name="Kim Holm"),
            subject=text,
            text="",
        )
    actions.make_findable()
    return room


def hits(room, text):
    page = queries.case_page(room.amanda, queries.Filters(text=text))
    return [case.subject for case in page][:AT]


def test_nineteen_of_twenty_pairs_are_found_among_the_first_twenty(archive):
    missed = [(text, wanted) for text, wanted in PAIRS if wanted not in hits(archive, text)]
    assert len(PAIRS) >= 300
    assert len(missed) <= len(PAIRS) * 0.05, missed


def test_pairs_that_the_search_was_not_written_with_are_found_as_well(archive):
    pairs = pairs_unseen.PAIRS
    missed = [(text, wanted) for text, wanted in pairs if wanted not in hits(archive, text)]
    assert len(pairs) >= 240
    assert len(missed) <= len(pairs) * 0.05, missed
