"""Last week, played again by other rules."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.core.routing import (
    Channel,
    ContactFacts,
    PersonFacts,
    PolicySettings,
    SkillChoice,
    WhyNot,
)
from hemma.core.routing.comparing import told
from hemma.core.routing.replay import Planned, Rules, Stopped, Week, replay

H = 3600.0
NOW = PolicySettings(version=1)
OPEN = ((8 * H, 17 * H),)


def person(number, hours=OPEN, level=5, **more):
    facts = PersonFacts(
        id=number,
        mode="off",
        queues=frozenset({7}),
        skills={"invoice": level},
        capacity={Channel.MAIL: 3},
    )
    return Planned(facts, hours=hours, open=more.pop("open", hours), **more)


def letter(number, at, **more):
    told = {"skills": {"invoice": 3}, "target_s": 8 * H, "promised_s": at + 8 * H} | more
    return ContactFacts(id=number, channel=Channel.MAIL, queue=7, waiting_since_s=at, **told)


def week(people, letters, opening=OPEN):
    return Week(0.0, 48 * H, tuple(people), tuple(letters), {7: opening})


def play(one, settings=NOW, asks=frozenset()):
    return replay(one, Rules({7: settings}, asks), lambda _share: True)


def test_what_came_at_night_is_taken_when_amanda_is_there_and_says_what_stopped_it():
    fate = play(week([person(1)], [letter(1, 2 * H)]))[0]
    assert (fate.person, fate.taken_s, fate.done_s) == (1, 8 * H + 30, 8 * H + 630)
    assert fate.why_not is WhyNot.QUEUE_CLOSED


def test_one_after_the_other_so_the_second_is_done_later_than_the_first():
    first, second = play(week([person(1)], [letter(1, 9 * H), letter(2, 9 * H)]))
    assert second.done_s - first.done_s == 600


def test_nobody_is_asked_in_their_break_or_after_their_hours():
    breaks = person(1, open=((8 * H, 12 * H), (13 * H, 17 * H)))
    fate = play(week([breaks], [letter(1, 12.5 * H)]))[0]
    assert fate.taken_s == 13 * H + 30
    late = play(week([person(1)], [letter(1, 17.5 * H)], ((8 * H, 20 * H),)))[0]
    assert (late.person, late.why_not) == (None, WhyNot.OUTSIDE_HOURS)


def test_another_skill_choice_gives_the_easy_ones_to_the_newcomer():
    people = [person(1, level=9), person(2, level=3)]
    letters = [letter(n, 9 * H + 900 * n) for n in range(6)]
    fair = play(week(people, letters))
    closest = play(week(people, letters), replace(NOW, skill_choice=SkillChoice.CLOSEST))
    assert {one.person for one in fair} == {1, 2}
    assert {one.person for one in closest} == {2}
    assert told(week(people, letters), closest, {7}).spread > 0.9


def test_the_one_kim_knows_is_counted_with_and_without_the_rule():
    people = [person(1), person(2)]
    letters = [letter(n, 9 * H + 1800 * n, earlier_person=2) for n in range(6)]
    one = week(people, letters)
    with_it, without = play(one), play(one, replace(NOW, prefer_earlier_person=False))
    assert told(one, with_it, {7}).met == 6
    assert told(one, without, {7}).met < 6


def test_a_queue_that_asks_on_call_is_answered_at_night():
    bengt = person(2, on_call={7: ((20 * H, 30 * H),)})
    one = week([bengt], [letter(1, 22 * H)])
    assert play(one)[0].taken_s is None
    asked = play(one, asks=frozenset({7}))[0]
    assert (asked.person, asked.taken_s) == (2, 22 * H + 30)


def test_figures_are_plain_counts_of_what_happened():
    letters = [letter(1, 9 * H), letter(2, 10 * H), letter(3, 18 * H), letter(4, 19 * H)]
    one = week([person(1)], letters)
    figures = told(one, play(one), {7})
    assert (figures.came, figures.taken, figures.waits) == (4, 2, (2, 0, 0, 0, 0, 2))
    assert (figures.median_s, figures.slow_s) == (30, 30)
    assert (figures.promised, figures.kept) == (4, 2)
    assert figures.why == ((WhyNot.QUEUE_CLOSED, 2),)
    assert told(one, play(one), {8}).came == 0


def test_whoever_asked_may_stop_it_and_hears_how_far_it_is():
    heard = []

    def until_half(share):
        heard.append(share)
        return share < 0.5

    letters = [letter(n, n * H) for n in range(40)]
    with pytest.raises(Stopped):
        replay(week([person(1)], letters), Rules({7: NOW}), until_half)
    assert heard == sorted(heard)
    assert heard[-1] >= 0.5


times = st.integers(0, 40).map(lambda n: n * 0.5 * H)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(times, max_size=25),
    st.lists(st.tuples(times, st.integers(1, 12)), min_size=1, max_size=4),
    st.sampled_from(SkillChoice),
)
def test_whatever_the_week_nobody_works_outside_hours_and_every_letter_has_one_fate(
    came, shifts, choice
):
    people = [
        person(number, hours=((start, start + length * H),))
        for number, (start, length) in enumerate(shifts, 1)
    ]
    one = week(people, [letter(n, at) for n, at in enumerate(came)], ((6 * H, 22 * H),))
    fates = play(one, replace(NOW, skill_choice=choice))
    assert [fate.contact.id for fate in fates] == list(range(len(came)))
    hours = {p.facts.id: p.hours[0] for p in people}
    for fate in fates:
        if fate.person is None:
            assert fate.taken_s is None
            continue
        start, end = hours[fate.person]
        assert start <= fate.taken_s < end
        assert fate.contact.waiting_since_s < fate.taken_s < fate.done_s
    assert fates == play(one, replace(NOW, skill_choice=choice))
