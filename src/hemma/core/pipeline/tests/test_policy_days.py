"""The simulation's policy is the live router's, decision by decision."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings

from hemma.core.pipeline.policy_days import (
    CHANNELS,
    LIVE,
    MODES,
    Kind,
    PolicyDay,
    Span,
    Worker,
    fixed,
)
from hemma.core.pipeline.tests.slowly import played
from hemma.core.routing import (
    Channel,
    ContactFacts,
    Mode,
    PersonFacts,
    PolicySettings,
    QueueFacts,
    SkillChoice,
    decide,
)
from hemma.core.routing.rank import allowed_s
from hemma.core.routing.tests import test_policy_properties as live
from hemma.core.simulation.people import Flow, with_contacts
from hemma.core.simulation.people_arrays import NEVER, nothing_yet
from hemma.core.simulation.people_loop import compiled

pytestmark = pytest.mark.timeout(1800)  # the first to run compiles

AMANDA, BENGT, TINA, PETRA, SARA, IMRAN = range(1, 7)
H = 3600.0


def shift(start, *, focus):
    """Four hours with a pause, a rast and perhaps half an hour of focus."""
    stops = [(start + 1.5, 0.25, Mode.RECESS), (start + 2.5, 0.5, Mode.MEAL)]
    if focus:
        stops.append((start + 3.25, 0.5, Mode.FOCUS))
    spans, at = [], start
    for begins, length, mode in sorted(stops):
        spans += [
            Span(at * H, begins * H, Mode.READY),
            Span(begins * H, (begins + length) * H, mode),
        ]
        at = begins + length
    return (*spans, Span(at * H, (start + 4) * H, Mode.READY))


def someone(number, chance):
    """A colleague with some of the queues, skills and channels."""
    return PersonFacts(
        id=number,
        mode=Mode.OFF,
        queues=frozenset(q for q in (1, 2, 3) if chance.random() < 0.7),
        skills={"invoice": int(chance.integers(1, 9))} if chance.random() < 0.7 else {},
        languages=frozenset({"sv"} | ({"fi"} if chance.random() < 0.4 else set())),
        capacity={Channel.VOICE: 1, Channel.CHAT: int(chance.integers(0, 4)), Channel.MAIL: 2,
                  Channel.CALLBACK: 1},
        personal_limit=int(chance.integers(1, 4)) if chance.random() < 0.3 else None,
    )  # fmt: skip


def a_day(seed):
    """Voice, chat, mail and call-backs over six hours for seven people with their own plans."""
    chance = np.random.default_rng(seed)
    rate = lambda most: chance.uniform(0.2, 1.0, 6) * most / H  # noqa: E731

    def contact(channel, queue, target_s, **more):
        return ContactFacts(0, channel, queue, 0.0, target_s, **more)

    kinds = (
        Kind(contact(Channel.VOICE, 1, 20.0, handling_s=240.0), Flow(rate(40), 240.0, 200.0, asks_back=0.4), 3),
        Kind(contact(Channel.CHAT, 2, 60.0, language="fi", handling_s=400.0), Flow(rate(20), 400.0, 400.0, 60.0, 0.6), slower=0.4),
        Kind(contact(Channel.MAIL, 3, 4 * H, skills={"invoice": 3}), Flow(rate(15), 600.0, within_s=4 * H)),
        Kind(contact(Channel.CALLBACK, 1, 2 * H, urgency=1, handling_s=300.0), Flow(rate(2), 300.0, within_s=2 * H)),
        Kind(contact(Channel.VOICE, 2, 20.0, skills={"invoice": 5}), Flow(rate(15), 300.0)),
    )  # fmt: skip
    workers = tuple(
        Worker(someone(n, chance), shift(float(chance.choice([0.0, 0.5, 1.0, 2.0])), focus=n % 2 == 1))
        for n in range(1, 8)
    )  # fmt: skip
    choice = PolicySettings(skill_choice=SkillChoice.CLOSEST, fairness_step_per_h=0.25)
    queues = (QueueFacts(1, True), QueueFacts(2, True, settings=choice),
              QueueFacts(3, False, on_call=frozenset()))  # fmt: skip
    return PolicyDay(workers, kinds, queues, H, open_s={3: (0.5 * H, 5 * H)})


@pytest.mark.parametrize("seed", range(8))
def test_every_contact_goes_to_whom_the_live_router_gives_it_when_it_gives_it(seed):
    day = a_day(seed)
    today = with_contacts(fixed(day), tuple(k.flow for k in day.kinds), day.slot_s, seed, 0)
    moving = nothing_yet(today, len(day.queues))
    compiled(LIVE)(today, moving)
    told = played(day, today)
    assert today.came.size > 150
    answered = [at for at, _ in told if not math.isnan(at)]
    assert len(answered) > 100
    for number, (at, by) in enumerate(told):
        assert moving.by[number] == by
        assert moving.answered[number] == at or (
            math.isnan(at) and math.isnan(moving.answered[number])
        )


@given(live.facts_of)
@settings(max_examples=300, deadline=None)
def test_a_round_is_decided_as_the_live_router_decides_it(facts):
    """Whatever stands: modes, hours, stops, loads, limits, languages, closed queues, open offers."""
    known = {queue.id for queue in facts.queues}
    contacts = tuple(
        replace(one, offered_to=None, not_before_s=None, declined_by=frozenset(),
                unanswered_by=frozenset(), earlier_person=None)
        for one in sorted(facts.contacts, key=lambda one: one.id) if one.queue in known
    )  # fmt: skip
    people = tuple(sorted(facts.people, key=lambda one: one.id))
    called = {(q.id, one) for q in facts.queues for one in q.on_call}
    assume(contacts and all(q in p.queues for q, one in called for p in people if p.id == one))
    facts = replace(facts, contacts=contacts, people=people)
    expected = {one.contact: one.person for one in decide(facts)}
    got = by_the_compiled(facts)
    assert got == expected


def by_the_compiled(facts):
    """Contact → person, of one round of the compiled policy from these facts."""
    kinds = tuple(
        Kind(replace(one, target_s=allowed_s(one)), Flow(np.zeros(1), 60.0))
        for one in facts.contacts
    )
    day = PolicyDay(
        tuple(Worker(p, ()) for p in facts.people), kinds, facts.queues, H, facts.settings
    )
    numbers = len(kinds)
    f = fixed(day)._replace(
        came=np.array([one.waiting_since_s for one in facts.contacts]),
        kind=np.arange(numbers), handling=np.ones(numbers), gives_up=np.full(numbers, NEVER),
        asks_back=np.zeros(numbers, dtype=np.int64),
    )  # fmt: skip
    m = nothing_yet(f, len(facts.queues))
    for at, person in enumerate(facts.people):
        m.mode[at] = MODES.index(person.mode)
        m.until[at] = -NEVER if person.works_until_s is None else person.works_until_s
        m.stop[at] = NEVER if person.next_stop_s is None else person.next_stop_s
        m.load[at] = [person.load.get(channel, 0) for channel in CHANNELS]
        m.open_offers[at], m.assigned[at] = person.open_offers, person.assigned_today
        m.ready_s[at] = person.available_today_s
        m.last[at] = -np.inf if person.last_assigned_s is None else person.last_assigned_s
    m.is_open[:] = [queue.open_now for queue in facts.queues]
    m.line[:, 0], m.ends[:, 1] = np.arange(numbers), 1
    compiled(LIVE, "decide_round")(f, m, facts.now_s)
    ids = [person.id for person in facts.people]
    return {one.id: ids[m.by[n]] if m.by[n] >= 0 else None for n, one in enumerate(facts.contacts)}
