"""Cases are made findable beside people who are at work with them."""

import threading

from django.db import connection, transaction

from hemma.desk import actions, queries
from hemma.desk.models import Case, Message, StaleCase
from hemma.people.system import SYSTEM


def in_another_process(work):
    """Run `work` on a connection of its own, and wait for it."""
    told = []

    def run():
        try:
            told.append(work())
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread, told


def opened(room, subject):
    return actions.open_case(
        actor=room.amanda,
        queue=room.queue,
        channel="phone",
        contact=actions.Contact(name="Kim Holm"),
        subject=subject,
        text="",
    )


def test_amandas_answer_and_the_search_never_wait_for_each_other(lasting_room):
    """They did: the search held the case's mark and wanted the case, the answer the other way round."""
    room = lasting_room
    held, free = opened(room, "Fakturan är fel"), opened(room, "Paketet är borta")
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=held.pk)
        thread, told = in_another_process(actions.make_findable)
        thread.join(20)
        assert told == [1], "the search took the other case, and did not wait for this one"
        Message.objects.create(case=case, direction="in", at=case.opened_at, text="Avgiften")
    assert set(StaleCase.objects.values_list("case_id", flat=True)) == {held.pk}
    assert actions.make_findable() == 1
    assert queries.found_ids(room.amanda, "avgiften") == [held.pk]
    assert queries.found_ids(room.amanda, "paket") == [free.pk]


def test_the_mark_of_a_case_that_is_no_more_is_swept_away(lasting_room):
    StaleCase.objects.create(case_id=999_999_999)
    assert actions.make_findable(actor=SYSTEM) == 0
    assert not StaleCase.objects.exists()
