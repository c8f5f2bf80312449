"""What must hold whatever the facts are."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

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
    consider,
    decide,
)

NOW = 1_000.0
channels = st.sampled_from([Channel.MAIL, Channel.CHAT, Channel.VOICE])
counts = st.dictionaries(channels, st.integers(0, 3))
levels = st.dictionaries(st.sampled_from("ab"), st.integers(1, 9), max_size=2)
times = st.one_of(st.none(), st.sampled_from([NOW - 5, NOW, NOW + 60, NOW + 1000, NOW + 9000]))
ids = st.frozensets(st.integers(1, 6), max_size=3)
often_ready = st.one_of(st.just(Mode.READY), st.sampled_from(Mode))
people = st.builds(
    PersonFacts,
    id=st.integers(1, 6),
    mode=often_ready,
    works_until_s=times,
    next_stop_s=times,
    queues=st.frozensets(st.integers(1, 2)),
    skills=levels,
    languages=st.frozensets(st.sampled_from(["sv", "nb"])),
    load=counts,
    capacity=counts,
    personal_limit=st.one_of(st.none(), st.integers(0, 4)),
    open_offers=st.integers(0, 1),
    assigned_today=st.integers(0, 9),
    available_today_s=st.integers(0, 20_000).map(float),
    last_assigned_s=times,
)
contacts = st.builds(
    ContactFacts,
    id=st.integers(1, 8),
    channel=channels,
    queue=st.integers(1, 3),
    waiting_since_s=st.integers(0, 1000).map(float),
    target_s=st.sampled_from([20.0, 600.0, 28_800.0]),
    promised_s=times,
    skills=st.dictionaries(st.sampled_from("ab"), st.integers(1, 5), max_size=1),
    language=st.sampled_from([None, "sv", "nb"]),
    urgency=st.integers(0, 1),
    handling_s=st.sampled_from([None, 30.0, 500.0]),
    not_before_s=st.one_of(st.none(), times),
    earlier_person=st.one_of(st.none(), st.integers(1, 6)),
    offered_to=st.sampled_from([None, None, None, 3]),
    declined_by=ids,
    unanswered_by=ids,
)
queues = st.builds(QueueFacts, id=st.integers(1, 2), open_now=st.booleans(), on_call=ids)
policies = st.builds(
    PolicySettings,
    modes=st.sampled_from([frozenset({Mode.READY}), frozenset({Mode.READY, Mode.WRAP_UP})]),
    offers_at_a_time=st.integers(1, 2),
    skill_choice=st.sampled_from(SkillChoice),
)


def unique(things, most):
    return st.lists(things, max_size=most, unique_by=lambda t: t.id).map(tuple)


facts_of = st.builds(
    Facts, st.just(NOW), unique(people, 6), unique(contacts, 8), unique(queues, 2), policies
)


@settings(deadline=None, max_examples=300)
@given(facts_of)
def test_no_offer_ever_reaches_someone_who_cannot_or_should_not(facts):
    """Written out apart from the policy's own functions."""
    person_by = {p.id: p for p in facts.people}
    contact_by = {c.id: c for c in facts.contacts}
    queue_by = {q.id: q for q in facts.queues}
    given_to, held = Counter(), Counter()
    for decision in decide(facts):
        if decision.person is None:
            continue
        p, c = person_by[decision.person], contact_by[decision.contact]
        q = queue_by[c.queue]
        assert p.mode in facts.settings.modes
        assert p.works_until_s is not None
        assert p.works_until_s > NOW
        assert (q.open_now and q.id in p.queues) or (not q.open_now and p.id in q.on_call)
        assert all(p.skills.get(s, 0) >= least for s, least in c.skills.items())
        assert c.language is None or c.language in p.languages
        assert p.id not in c.declined_by
        assert c.offered_to is None
        assert c.not_before_s is None or c.not_before_s <= NOW
        given_to[p.id] += 1
        held[p.id, c.channel] += 1
        assert p.open_offers + given_to[p.id] <= facts.settings.offers_at_a_time
        assert p.load.get(c.channel, 0) + held[p.id, c.channel] <= p.capacity[c.channel]
        total = sum(p.load.values()) + given_to[p.id]
        assert p.personal_limit is None or total <= p.personal_limit


@settings(deadline=None)
@given(facts_of)
def test_every_contact_gets_exactly_one_decision_with_its_reason(facts):
    decisions = decide(facts)
    assert Counter(d.contact for d in decisions) == Counter(c.id for c in facts.contacts)
    for decision in decisions:
        assert decision.reasons[0].code is ReasonCode.WAITED
        assert len(decision.reasons) >= 2
        considered = consider(facts, decision.contact, decisions)
        if considered:
            assert [c.person for c in considered] == sorted(p.id for p in facts.people)
            could = [c.person for c in considered if not c.why_not]
            assert (decision.person in could) if could else decision.person is None
        stopped = [r.number("people") for r in decision.reasons if r.why_not]
        firsts = Counter(c.why_not[0] for c in considered) if stopped else Counter()
        assert {r.why_not: r.number("people") for r in decision.reasons if r.why_not} == firsts
        assert sum(stopped) == (len(considered) if stopped else 0)


@settings(deadline=None)
@given(facts_of, st.randoms(use_true_random=False))
def test_the_order_of_the_facts_changes_nothing(facts, shuffler):
    def shuffled(things):
        mixed = list(things)
        shuffler.shuffle(mixed)
        return tuple(mixed)

    mixed = replace(
        facts,
        people=shuffled(facts.people),
        contacts=shuffled(facts.contacts),
        queues=shuffled(facts.queues),
    )
    assert decide(mixed) == decide(facts)


@settings(deadline=None, max_examples=300)
@given(facts_of, people)
def test_one_more_person_at_work_never_leaves_a_contact_alone(facts, newcomer):
    one_each = replace(facts.settings, offers_at_a_time=1)
    before = replace(facts, settings=one_each)
    after = replace(before, people=(*facts.people, replace(newcomer, id=7)))
    had = {d.contact for d in decide(before) if d.person is not None}
    have = {d.contact for d in decide(after) if d.person is not None}
    assert had <= have


@settings(deadline=None)
@given(facts_of)
def test_deciding_one_after_another_is_deciding_at_once(facts):
    """The batch remembers answers; asking afresh after every offer must agree."""
    people_now = {p.id: p for p in facts.people}
    contact_by = {c.id: c for c in facts.contacts}
    for decision in decide(facts):
        contact = contact_by[decision.contact]
        alone = replace(facts, people=tuple(people_now.values()), contacts=(contact,))
        assert decide(alone) == (decision,)
        if decision.person is not None:
            p = people_now[decision.person]
            held = p.load.get(contact.channel, 0) + 1
            people_now[p.id] = replace(
                p,
                load={**p.load, contact.channel: held},
                open_offers=p.open_offers + 1,
                assigned_today=p.assigned_today + 1,
                last_assigned_s=NOW,
            )
