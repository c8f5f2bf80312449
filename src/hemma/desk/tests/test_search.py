"""Searching as people type: misspelt, without dots, bent, a part of a compound."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hemma.desk import actions, queries
from hemma.desk.models import Word
from hemma.desk.queries import vocabulary
from hemma.desk.tests import pairs_unseen
from hemma.desk.tests.pairs import PAIRS, SUBJECTS
from hemma.lib import clock
from hemma.lib.folding import fold, near
from hemma.people.system import SYSTEM

AT = 20
MINUTE = timedelta(minutes=1)
WORDS = st.text(alphabet="abcdeiklmnorstuåäöøæ", min_size=5, max_size=12)


def write_down(room, *subjects):
    """A case of each, a minute apart, and findable."""
    for number, text in enumerate(subjects):
        with clock.moved_to(clock.now() + number * MINUTE):
            actions.open_case(
                actor=room.amanda,
                queue=room.queue,
                channel="phone",
                contact=actions.Contact(name="Kim Holm"),
                subject=text,
                text="",
            )
    actions.make_findable()


@pytest.fixture
def archive(room):
    write_down(room, *SUBJECTS, *pairs_unseen.SUBJECTS)
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


def test_the_word_itself_comes_before_a_bent_one_a_compound_and_a_misspelt_one(room):
    write_down(room, "faktura", "fakturan", "elfaktura", "faktuta", "annat")
    assert hits(room, "faktura") == ["faktura", "fakturan", "elfaktura", "faktuta"]


def test_the_newest_comes_first_among_equals(room):
    write_down(room, "faktura ett", "faktura två", "faktura tre")
    assert hits(room, "faktura") == ["faktura tre", "faktura två", "faktura ett"]


def test_a_compound_that_hardly_any_case_has_is_not_drowned_by_one_that_many_have(room):
    write_down(room, "Specialfaktura för Kim", *(f"elfaktura {n}" for n in range(40)))
    assert hits(room, "faktura")[0] == "Specialfaktura för Kim"


def test_of_two_words_the_rare_one_decides_when_no_case_has_both(room):
    write_down(room, "Bagageskada", *(f"faktura {n}" for n in range(40)))
    assert "Bagageskada" in hits(room, "faktura bagageskada")[:1]


def test_a_word_in_two_parts_is_found_by_both_in_one(room):
    write_down(room, "Cannot log in", "Log", "In")
    assert hits(room, "login") == ["Cannot log in"]


def test_a_compounds_middle_that_only_looks_alike_comes_after_the_word_bent(room):
    write_down(room, "Adressändringen", "Brandratt")
    assert hits(room, "ändring")[0] == "Adressändringen"


def test_charlie_finds_nothing_of_what_amanda_finds(room):
    write_down(room, "Fakturafrågor")
    assert hits(room, "faktura") == ["Fakturafrågor"]
    assert list(queries.case_page(room.charlie, queries.Filters(text="faktura"))) == []


@pytest.mark.parametrize(
    "asked", ["'", "a & b", "!", "(", "x:*", "\\", "%", "å" * 90, "and or not"]
)
def test_signs_that_mean_something_to_a_database_mean_nothing_here(room, asked):
    write_down(room, "Fakturafrågor")
    hits(room, asked)


def _known(word):
    Word.objects.bulk_create(
        [Word(word=word, stems=vocabulary.stems_of([word])[word], near=near(word))],
        ignore_conflicts=True,
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=WORDS, data=st.data())
def test_any_word_is_known_again_with_a_letter_lost_or_at_either_end_of_a_compound(db, word, data):
    whole = fold(word)
    assume(len(whole) >= 5)  # aa, ae and oe are one letter
    lost = data.draw(st.integers(1, len(whole) - 1))
    other = fold(data.draw(WORDS))
    with transaction.atomic():
        for one in (whole, whole + other, other + whole):
            _known(one)
        asked = [whole, whole[:lost] + whole[lost + 1 :]]
        same, slipped = vocabulary.readings_of(asked)
        transaction.set_rollback(True)
    assert same[whole] == vocabulary.SAME
    assert max(same[whole + other], same[other + whole]) <= vocabulary.INSIDE
    assert whole in slipped
    assert slipped[whole] <= vocabulary.SLIP


def test_looking_words_up_leaves_the_database_planning_as_it_did(room):
    write_down(room, "Fakturafrågor")
    queries.found_ids(SYSTEM, "faktura")
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_seqscan")
        assert cursor.fetchone() == ("on",)
