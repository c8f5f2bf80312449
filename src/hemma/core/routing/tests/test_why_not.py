"""One test an obstacle: Amanda could have had the contact, but for one thing."""

from dataclasses import replace

import pytest

from hemma.core.routing import (
    Channel,
    ContactFacts,
    Facts,
    Mode,
    PersonFacts,
    PolicySettings,
    QueueFacts,
    ReasonCode,
    WhyNot,
    consider,
    decide,
)

NOW = 10_000.0
USUAL = PolicySettings()
AMANDA = PersonFacts(
    id=1,
    mode=Mode.READY,
    works_until_s=NOW + 4 * 3600,
    queues=frozenset({7}),
    skills={"invoice": 5},
    languages=frozenset({"sv"}),
    capacity={Channel.MAIL: 3, Channel.VOICE: 1},
)
MAIL = ContactFacts(
    id=100,
    channel=Channel.MAIL,
    queue=7,
    waiting_since_s=NOW - 60,
    target_s=8 * 3600,
    skills={"invoice": 3},
    language="sv",
)
CALL = replace(MAIL, channel=Channel.VOICE, handling_s=300.0)
OPEN = QueueFacts(7, open_now=True)


def facts_of(person=AMANDA, contact=MAIL, queue=OPEN, settings=USUAL):
    return Facts(NOW, (person,), (contact,), (queue,), settings)


def asked(**facts):
    (decision,) = decide(facts_of(**facts))
    return decision


def seen_of(**facts):
    (seen,) = consider(facts_of(**facts), facts.get("contact", MAIL).id)
    return seen


def stopped_by(**facts):
    assert asked(**facts).person is None
    return list(seen_of(**facts).why_not)


def test_amanda_is_offered_what_she_can_and_may():
    decision = asked()
    assert decision.person == AMANDA.id
    assert seen_of().why_not == ()
    assert decision.reason(ReasonCode.ONLY_ONE)


def test_another_teams_queue_is_not_amandas():
    assert stopped_by(person=replace(AMANDA, queues=frozenset({8}))) == [WhyNot.NOT_IN_QUEUE]


def test_without_the_skill_no_offer():
    assert stopped_by(person=replace(AMANDA, skills={"claims": 9})) == [WhyNot.MISSING_SKILL]


def test_below_the_level_no_offer():
    assert stopped_by(person=replace(AMANDA, skills={"invoice": 2})) == [WhyNot.LEVEL_TOO_LOW]


def test_another_language_waits_for_someone_who_speaks_it():
    assert stopped_by(contact=replace(MAIL, language="fi")) == [WhyNot.LANGUAGE]


def test_a_channel_amanda_does_not_take_is_not_offered():
    assert stopped_by(contact=replace(MAIL, channel=Channel.CHAT)) == [WhyNot.CHANNEL_NOT_TAKEN]


def test_a_closed_queue_rests():
    assert stopped_by(queue=replace(OPEN, open_now=False)) == [WhyNot.QUEUE_CLOSED]


def test_who_is_on_call_gets_the_closed_queue_even_from_another_team():
    closed = replace(OPEN, open_now=False, on_call=frozenset({AMANDA.id}))
    assert asked(queue=closed).person == AMANDA.id
    assert asked(queue=closed, person=replace(AMANDA, queues=frozenset())).person == AMANDA.id
    opened = replace(closed, open_now=True)
    elsewhere = replace(AMANDA, queues=frozenset())
    assert stopped_by(queue=opened, person=elsewhere) == [WhyNot.NOT_IN_QUEUE]


@pytest.mark.parametrize("until", [None, NOW, NOW - 1])
def test_outside_her_hours_amanda_is_left_in_peace(until):
    assert stopped_by(person=replace(AMANDA, works_until_s=until)) == [WhyNot.OUTSIDE_HOURS]


@pytest.mark.parametrize("mode", sorted(set(Mode) - {Mode.READY}))
def test_only_ready_gets_offers(mode):
    """The list says who may, so a mode nobody thought of gets nothing."""
    assert stopped_by(person=replace(AMANDA, mode=mode)) == [WhyNot.NOT_PRESENT_MODE]


def test_a_wider_list_of_modes_is_kept_to():
    wider = PolicySettings(modes=frozenset({Mode.READY, Mode.WRAP_UP}))
    assert asked(person=replace(AMANDA, mode=Mode.WRAP_UP), settings=wider).person == AMANDA.id


@pytest.mark.parametrize("mode", [Mode.MEAL, Mode.RECESS, Mode.FOCUS, Mode.AWAY, Mode.LOST])
def test_no_setting_can_send_offers_to_someone_at_rest(mode):
    with pytest.raises(ValueError, match=mode):
        PolicySettings(modes=frozenset({mode}))


def test_a_call_that_would_run_into_the_rast_is_not_offered():
    soon = replace(AMANDA, next_stop_s=NOW + 299)
    assert stopped_by(person=soon, contact=CALL) == [WhyNot.TOO_SHORT_BEFORE_STOP]
    assert asked(person=replace(AMANDA, next_stop_s=NOW + 300), contact=CALL).person == AMANDA.id


def test_a_mail_can_rest_over_the_rast_but_not_over_the_end_of_the_day():
    assert asked(person=replace(AMANDA, next_stop_s=NOW + 299)).person == AMANDA.id
    last_quarter = replace(AMANDA, works_until_s=NOW + 899)
    assert stopped_by(person=last_quarter) == [WhyNot.TOO_SHORT_BEFORE_STOP]


def test_a_no_is_a_no():
    declined = replace(MAIL, declined_by=frozenset({AMANDA.id}))
    assert stopped_by(contact=declined) == [WhyNot.DECLINED_ALREADY]


def test_one_unanswered_offer_at_a_time():
    assert stopped_by(person=replace(AMANDA, open_offers=1)) == [WhyNot.HAS_OPEN_OFFER]


def test_full_is_full():
    full = replace(AMANDA, load={Channel.MAIL: 3})
    assert stopped_by(person=full) == [WhyNot.AT_CAPACITY]


def test_amandas_own_limit_counts_over_all_channels():
    limited = replace(AMANDA, load={Channel.MAIL: 1, Channel.CHAT: 1}, personal_limit=2)
    assert stopped_by(person=limited) == [WhyNot.PERSONAL_LIMIT]


def test_all_obstacles_are_told_in_the_order_they_are_asked():
    gone = replace(AMANDA, skills={}, mode=Mode.MEAL, works_until_s=None, open_offers=2)
    codes = stopped_by(person=gone)
    assert codes == [code for code in WhyNot if code in codes]
    assert len(codes) == 4


def test_a_contact_with_an_open_offer_only_waits():
    decision = asked(contact=replace(MAIL, offered_to=9))
    assert decision.person is None
    assert decision.reason(ReasonCode.OFFER_OPEN).number("person") == 9


def test_a_call_back_waits_for_the_time_kim_chose():
    decision = asked(contact=replace(MAIL, not_before_s=NOW + 600))
    assert decision.person is None
    assert decision.reason(ReasonCode.NOT_YET).number("in_s") == 600
    assert asked(contact=replace(MAIL, not_before_s=NOW)).person == AMANDA.id


def test_a_contact_of_an_unknown_queue_waits_and_stops_nobody_else():
    lost = replace(MAIL, id=99, queue=12)
    decisions = decide(Facts(NOW, (AMANDA,), (lost, MAIL), (OPEN,)))
    by_id = {decision.contact: decision for decision in decisions}
    assert by_id[99].reason(ReasonCode.QUEUE_UNKNOWN).number("queue") == 12
    assert by_id[100].person == AMANDA.id


def test_facts_that_name_someone_twice_are_refused():
    with pytest.raises(ValueError, match="person comes twice"):
        Facts(NOW, (AMANDA, AMANDA), (), ())
    with pytest.raises(ValueError, match="target"):
        replace(MAIL, target_s=0)
