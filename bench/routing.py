"""How much processor time one batch of routing decisions costs.

    ./hemma bench routing [--people 1100] [--waiting 500]

Six programmes with five queues each; a queue asks one skill and one language, a person is appointed
to one or two. Two thirds of the people are at work in the queue, the rest at lunch, in focus, off.
A third of the contacts has an earlier person, some were passed on before. The best of many runs:
what the work costs, not what the neighbours on the machine do meanwhile.
"""

import argparse
import json
import random
import statistics
import time

from hemma.core.routing import (
    Channel,
    ContactFacts,
    Decision,
    Facts,
    Mode,
    PersonFacts,
    QueueFacts,
    decide,
)

QUEUES = 30
NOW = 36_000.0
MODES = [Mode.READY] * 8 + [Mode.MEAL, Mode.FOCUS, Mode.AWAY, Mode.OFF]


def skill(queue: int) -> str:
    """The skill a queue asks for."""
    return f"skill{queue // 2}"


def company(people: int, waiting: int, seed: int) -> Facts:
    """A day in a company of that size."""
    chance = random.Random(seed)
    return Facts(
        NOW,
        tuple(person(number, chance) for number in range(1, people + 1)),
        tuple(contact(number, people, chance) for number in range(1, waiting + 1)),
        tuple(QueueFacts(queue, open_now=True) for queue in range(QUEUES)),
    )


def person(number: int, chance: random.Random) -> PersonFacts:
    """Someone of one or two queues."""
    queues = {number % QUEUES, chance.choice([number, number + 1]) % QUEUES}
    return PersonFacts(
        id=number,
        mode=chance.choice(MODES),
        works_until_s=chance.choice([NOW + 9000, NOW + 14_000, NOW + 20_000, None]),
        next_stop_s=chance.choice([None, NOW + 600, NOW + 3000]),
        queues=frozenset(queues),
        skills={skill(queue): chance.randint(3, 9) for queue in queues},
        languages=frozenset({"sv", chance.choice(["nb", "en"])}),
        load={Channel.MAIL: chance.randint(0, 4)},
        capacity={Channel.MAIL: 4, Channel.CHAT: 2},
        open_offers=int(chance.random() < 0.1),
        assigned_today=chance.randint(0, 25),
        available_today_s=chance.uniform(600, 14_000),
        last_assigned_s=NOW - chance.uniform(1, 3000),
    )


def contact(number: int, people: int, chance: random.Random) -> ContactFacts:
    """Something that waits."""
    queue = chance.randrange(QUEUES)
    return ContactFacts(
        id=number,
        channel=Channel.MAIL,
        queue=queue,
        waiting_since_s=NOW - chance.uniform(0, 20_000),
        target_s=28_800.0,
        skills={skill(queue): 3},
        language="sv" if queue % 3 else "nb",
        earlier_person=chance.choice([None, None, chance.randint(1, people)]),
        declined_by=frozenset(chance.sample(range(1, people + 1), chance.choice([0] * 9 + [2]))),
    )


def cost_ms(facts: Facts, runs: int) -> list[float]:
    """Processor milliseconds of each run."""
    told: list[float] = []
    for _run in range(runs):
        began = time.process_time_ns()
        decide(facts)
        told.append((time.process_time_ns() - began) / 1e6)
    return told


def yardstick_ms() -> float:
    """The same loop of plain Python everywhere: about 4.5 ms on a quiet machine of 2024."""
    told: list[float] = []
    for _run in range(20):
        began = time.process_time_ns()
        sum(number * number for number in range(100_000))
        told.append((time.process_time_ns() - began) / 1e6)
    return min(told)


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1100)
    parser.add_argument("--waiting", type=int, default=500)
    parser.add_argument("--runs", type=int, default=100)
    options = parser.parse_args()
    facts = company(options.people, options.waiting, seed=1)
    decisions: tuple[Decision, ...] = decide(facts)
    told = cost_ms(facts, options.runs)
    print(
        json.dumps(
            {
                "people": options.people,
                "waiting": options.waiting,
                "offers": sum(one.person is not None for one in decisions),
                "cpu_ms_best": round(min(told), 2),
                "cpu_ms_median": round(statistics.median(told), 2),
                "yardstick_ms": round(yardstick_ms(), 2),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
