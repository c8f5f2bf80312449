"""Two days and nights of everything, and the journal proves that nothing crossed the border."""

import random
from datetime import time, timedelta

import pytest

from hemma.desk.models import Queue
from hemma.journal import relay
from hemma.journal.actions import put_in_outbox
from hemma.journal.models import Event, Wakeup
from hemma.lib import clock
from hemma.notices.actions import (
    choose,
    let_through,
    mail_due,
    push_due,
    remind,
    send_digest,
    set_habit,
    write_word,
)
from hemma.notices.models import Sort, Way
from hemma.people.system import SYSTEM
from hemma.planning.models import Activity, Shift
from hemma.routing.actions import put_on_call
from hemma.workday.tests.company import at


def mail_round():
    mail_due()
    for row in Wakeup.objects.filter(task="notices.send_digest", at__lte=clock.now()):
        row.delete()
        send_digest(person_id=row.arguments["person_id"])


def hours_of(person, moment):
    return Shift.objects.filter(person=person, starts_at__lte=moment, ends_at__gt=moment).first()


def live_through(week, people, dice):
    """From five in the morning to six the evening after, twelve minutes at a time."""
    moment = at(5)
    while moment < at(18, day=20):
        with clock.moved_to(moment):
            if dice.random() < 0.5:
                kinds = ["case.mentioned", "routing.on_call", "workday.gap"]
                put_in_outbox(kind=dice.choice(kinds), person=dice.choice(people), about="case:1")
            if dice.random() < 0.3:
                to = dice.choice([week.amanda, week.bengt])
                write_word(actor=week.tina, person=to, text="x", urgent=dice.random() < 0.5)
            relay.tell_rooms()
            remind()
            let_through()
            push_due()
            mail_round()
        moment += timedelta(minutes=12)


def judged(one, person, week):
    """What reached whom at which hour is within the border; (what, whether it was in their hours)."""
    what = one.data.get("sort") or one.data.get("kind") or "mail"
    shift = hours_of(person, one.at)
    if shift is None and what == "reminder":
        assert hours_of(person, one.at + timedelta(minutes=15))
    elif shift is None:
        assert what == "on_call"
        assert person == week.amanda
        assert at(20) <= one.at < at(22)
    elif one.kind != "notices.mailed":
        rests = Activity.objects.filter(
            shift=shift,
            starts_at__lte=one.at,
            ends_at__gt=one.at,
            kind__in=["rast", "recess", "pause", "fika"],
        )
        assert not rests.exists()
    return what, shift is not None


@pytest.mark.django_db
@pytest.mark.requirement("S0-14", "S3-31")
@pytest.mark.parametrize("seed", [1, 2])
def test_two_days_and_nights_of_everything_and_the_journal_proves_the_border(seed, week, phone_of):
    """At any hour anybody writes and everything happens; what reached whom stands in the journal."""
    dice = random.Random(seed)
    people = [week.amanda, week.tina, week.bengt]
    phones = {one.pk: phone_of(one) for one in people}
    week.shift(week.bengt, at(22), at(6, day=20))  # a night
    queue = Queue.objects.create(
        name="Björkvik", programme="Björkvik", team=week.team, answer_within=timedelta(hours=8)
    )
    put_on_call(actor=SYSTEM, queue=queue, person=week.amanda, starts_at=at(20), ends_at=at(22))
    for one in people:
        choose(actor=one, wanted={sort.value for sort in Sort}, way=Way.PUSH)
        chosen = time(dice.randrange(24), dice.randrange(60))
        set_habit(actor=one, push_every=15, says_who=True, mail_at=chosen, base="http://h/")
    live_through(week, people, dice)
    by_key = {one.journal_key: one for one in people}
    reached = [
        one
        for one in Event.objects.filter(
            kind__in=["notices.shown", "notices.pushed", "notices.mailed"]
        )
        if one.subject_key in by_key
    ]
    assert {one.kind for one in reached} == {"notices.shown", "notices.pushed", "notices.mailed"}
    seen = {judged(one, by_key[one.subject_key], week) for one in reached}
    assert ("reminder", False) in seen
    assert ("on_call", False) in seen
    assert ("word", True) in seen
    for one in people:
        assert phones[one.pk].got()
