"""What is shared and remembered within a batch changes no decision and no reason."""

import random
from dataclasses import replace

import pytest
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
    SkillChoice,
    decide,
)
from hemma.core.routing.tests.plainly import decide_plainly
from hemma.core.routing.tests.test_policy_properties import facts_of, policies

NOW = 36_000.0


@settings(deadline=None, max_examples=600)
@given(facts_of, st.lists(st.one_of(st.none(), policies), min_size=2, max_size=2))
def test_a_batch_is_decided_as_if_everybody_were_asked_everything(facts, own):
    """Queues with settings of their own among them."""
    queues = tuple(
        replace(queue, settings=rules)
        for queue, rules in zip(facts.queues, own[: len(facts.queues)], strict=True)
    )
    facts = replace(facts, queues=queues)
    assert decide(facts) == decide_plainly(facts)


@pytest.mark.parametrize("seed", range(12))
def test_a_company_s_batch_is_decided_as_if_everybody_were_asked_everything(seed):
    """Many in a line, many lines a person, few kinds of contact, more waiting than can be given."""
    facts = a_company(random.Random(seed))
    decisions = decide(facts)
    assert decisions == decide_plainly(facts)
    given_out = sum(one.person is not None for one in decisions)
    assert 20 < given_out < len(decisions)


def a_company(chance):
    return Facts(
        NOW,
        tuple(somebody(number, chance) for number in range(1, 101)),
        tuple(something(number, chance) for number in range(1, 91)),
        tuple(
            QueueFacts(
                number,
                open_now=chance.random() < 0.8,
                on_call=frozenset(chance.sample(range(1, 101), 3)),
                settings=chance.choice([None, None, a_policy(chance)]),
            )
            for number in range(1, 6)
        ),
        a_policy(chance),
    )


def a_policy(chance):
    return PolicySettings(
        version=chance.randint(1, 9),
        offers_at_a_time=chance.choice([1, 1, 2]),
        skill_choice=chance.choice(list(SkillChoice)),
        prefer_earlier_person=chance.random() < 0.7,
    )


def somebody(number, chance):
    return PersonFacts(
        id=number,
        mode=chance.choice([Mode.READY] * 5 + [Mode.MEAL, Mode.FOCUS]),
        works_until_s=chance.choice([NOW + 300, NOW + 9000, NOW + 9000, None]),
        next_stop_s=chance.choice([None, None, NOW + 600]),
        queues=frozenset(chance.sample(range(1, 6), chance.randint(1, 3))),
        skills={code: chance.randint(1, 9) for code in chance.sample("abc", 2)},
        languages=frozenset(chance.sample(["sv", "nb", "en"], 2)),
        load={Channel.MAIL: chance.randint(0, 3)},
        capacity={Channel.MAIL: chance.randint(1, 4), Channel.CHAT: chance.randint(0, 2)},
        personal_limit=chance.choice([None, None, 2]),
        open_offers=int(chance.random() < 0.1),
        assigned_today=chance.randint(0, 9),
        available_today_s=chance.choice([600.0, 7200.0, 14_000.0]),
        last_assigned_s=chance.choice([None, NOW - 60, NOW - 3000]),
    )


def something(number, chance):
    return ContactFacts(
        id=number,
        channel=chance.choice([Channel.MAIL, Channel.MAIL, Channel.CHAT]),
        queue=chance.randint(1, 5),
        waiting_since_s=NOW - chance.randint(0, 20_000),
        target_s=28_800.0,
        skills=chance.choice([{}, {"a": 3}, {"b": 2, "c": 2}]),
        language=chance.choice([None, "sv", "nb"]),
        urgency=chance.randint(0, 1),
        handling_s=chance.choice([None, 120.0]),
        earlier_person=chance.choice([None, chance.randint(1, 110)]),
        declined_by=frozenset(chance.sample(range(1, 111), chance.choice([0, 0, 9]))),
        unanswered_by=frozenset(chance.sample(range(1, 111), chance.choice([0, 0, 9]))),
    )
