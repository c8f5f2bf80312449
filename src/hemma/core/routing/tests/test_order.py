"""Which contact goes first, who goes first, and what is said about it."""

from dataclasses import replace

from hemma.core.routing import (
    Channel,
    ContactFacts,
    Facts,
    Mode,
    PersonFacts,
    PolicySettings,
    QueueFacts,
    ReasonCode,
    SkillChoice,
    WhyNot,
    decide,
)

NOW = 50_000.0
USUAL = PolicySettings()
AMANDA = PersonFacts(
    id=1,
    mode=Mode.READY,
    works_until_s=NOW + 4 * 3600,
    queues=frozenset({7}),
    skills={"invoice": 5},
    languages=frozenset({"sv"}),
    capacity={Channel.MAIL: 3, Channel.VOICE: 1},
    available_today_s=7200.0,
)
BENGT = replace(AMANDA, id=2)
MAIL = ContactFacts(1, Channel.MAIL, 7, NOW - 60, 8 * 3600, skills={"invoice": 3}, language="sv")
OPEN = QueueFacts(7, open_now=True)


def decided(people, contacts, settings=USUAL, queue=OPEN):
    return decide(Facts(NOW, tuple(people), tuple(contacts), (queue,), settings))


def chosen(people, contact=MAIL, settings=USUAL, queue=OPEN):
    (decision,) = decided(people, [contact], settings, queue)
    return decision.person, decision.reasons[-1]


def order(*contacts):
    return [decision.contact for decision in decided([], contacts)]


def test_the_urgent_one_goes_first_whatever_the_wait():
    old = replace(MAIL, id=5, waiting_since_s=NOW - 7 * 3600)
    assert order(old, replace(MAIL, id=6, urgency=1)) == [6, 5]


def test_the_one_closest_to_its_target_goes_first():
    call = replace(MAIL, id=5, channel=Channel.VOICE, waiting_since_s=NOW - 30, target_s=20)
    late_mail = replace(MAIL, id=6, waiting_since_s=NOW - 9 * 3600)
    assert order(MAIL, late_mail, call) == [5, 6, 1]


def test_a_promise_takes_the_targets_place():
    promised = replace(MAIL, id=5, promised_s=NOW + 60)
    longer = replace(MAIL, id=6, waiting_since_s=NOW - 3600)
    assert order(longer, promised) == [5, 6]


def test_equal_contacts_go_by_number():
    assert order(replace(MAIL, id=3), replace(MAIL, id=2)) == [2, 3]


def test_the_one_with_the_smaller_share_of_the_day_gets_it():
    busy = replace(AMANDA, assigned_today=8)
    person, reason = chosen([busy, replace(BENGT, assigned_today=4)])
    assert (person, reason.code) == (2, ReasonCode.FAIR_SHARE)
    assert (reason.number("per_h"), reason.number("next_per_h")) == (2.0, 4.0)


def test_the_first_one_in_the_morning_does_not_get_everything():
    """An hour's start is an hour's contacts, not the whole queue."""
    early = replace(AMANDA, id=1, available_today_s=3600.0, assigned_today=5)
    late = replace(BENGT, available_today_s=60.0)
    got = 0
    while chosen([early, replace(late, assigned_today=got)])[0] == late.id:
        got += 1
    assert got == 3


def test_the_one_who_holds_less_goes_before_the_one_who_holds_more():
    person, reason = chosen([replace(AMANDA, load={Channel.MAIL: 2}), BENGT])
    assert (person, reason.code) == (2, ReasonCode.LESS_BUSY)


def test_then_it_is_the_turn_of_who_has_waited_longest_for_a_contact():
    people = [
        replace(AMANDA, last_assigned_s=NOW - 100),
        replace(BENGT, last_assigned_s=NOW - 500),
    ]
    person, reason = chosen(people)
    assert (person, reason.code, reason.number("since_s")) == (2, ReasonCode.LONGEST_SINCE, 500)


def test_who_has_had_none_today_has_waited_longest():
    person, reason = chosen([replace(AMANDA, last_assigned_s=NOW - 500), BENGT])
    assert (person, reason.number("since_s")) == (2, -1)


def test_all_equal_goes_by_number_and_says_so():
    assert chosen([BENGT, AMANDA]) == (1, chosen([AMANDA, BENGT])[1])
    assert chosen([BENGT, AMANDA])[1].code is ReasonCode.EQUAL


def test_kim_meets_the_same_person_again():
    known = replace(MAIL, earlier_person=2)
    tired = replace(BENGT, assigned_today=9)
    person, reason = chosen([AMANDA, tired], known)
    assert (person, reason.code) == (2, ReasonCode.EARLIER_PERSON)
    without = PolicySettings(prefer_earlier_person=False)
    assert chosen([AMANDA, tired], known, without)[0] == 1


def test_who_let_it_pass_is_asked_again_only_when_nobody_else_fits():
    passed = replace(MAIL, unanswered_by=frozenset({1}))
    person, reason = chosen([AMANDA, replace(BENGT, assigned_today=9)], passed)
    assert (person, reason.code) == (2, ReasonCode.NOT_ASKED_YET)
    assert chosen([AMANDA], passed)[0] == 1


def test_able_is_able_unless_the_queue_says_otherwise():
    expert = replace(BENGT, skills={"invoice": 9})
    assert chosen([AMANDA, expert])[1].code is ReasonCode.EQUAL
    highest = replace(OPEN, settings=PolicySettings(version=2, skill_choice=SkillChoice.HIGHEST))
    person, reason = chosen([AMANDA, expert], queue=highest)
    assert (person, reason.code, reason.number("surplus")) == (2, ReasonCode.SKILL, 6)
    closest = PolicySettings(skill_choice=SkillChoice.CLOSEST)
    assert chosen([expert, replace(AMANDA, id=3)], settings=closest)[0] == 3


def test_a_decision_names_the_version_of_the_settings_it_used():
    own = replace(OPEN, settings=PolicySettings(version=4))
    assert decided([AMANDA], [MAIL], queue=own)[0].version == 4
    assert decided([AMANDA], [MAIL])[0].version == 1


def test_each_offer_leaves_less_room_for_the_next_contact():
    contacts = [replace(MAIL, id=n) for n in range(1, 4)]
    assert [d.person for d in decided([AMANDA, BENGT], contacts)] == [1, 2, None]
    two = PolicySettings(offers_at_a_time=2)
    assert [d.person for d in decided([AMANDA, BENGT], contacts, two)] == [1, 2, 1]


def test_nobody_says_how_many_each_first_obstacle_stopped():
    people = [
        replace(AMANDA, id=1, languages=frozenset()),
        replace(AMANDA, id=2, languages=frozenset(), works_until_s=None),
        replace(AMANDA, id=3, works_until_s=None, mode=Mode.OFF),
    ]
    (decision,) = decided(people, [MAIL])
    stopped = {r.why_not: r.number("people") for r in decision.reasons if r.why_not}
    assert decision.person is None
    assert stopped == {WhyNot.LANGUAGE: 2, WhyNot.OUTSIDE_HOURS: 1}
    able = decision.reason(ReasonCode.ABLE)
    assert dict(able.numbers) == {"people": 3, "able": 1, "free": 0}


def test_an_empty_room_is_told_as_nobody():
    (decision,) = decided([], [MAIL])
    assert decision.reasons[-1].number("people") == 0
    assert decision.reasons[-1].code is ReasonCode.NOBODY
