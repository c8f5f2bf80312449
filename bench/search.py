"""Searching 200,000 cases: how much of what people look for is among the first 20, and how fast.

    ./hemma bench search [--cases 200000] [--people 60]

The cases' subjects are drawn from a vocabulary of compounds in four languages; among them lie
those of the 300 pairs (what somebody wrote, how another looks for it) that the tests hold. A search
is asked as the team asks it: through the list's own query, all hits narrowed to its queues.
"""

import argparse
import json
import random
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

from _server import database, percentile, print_json

AT = 20
BATCH = 5000


def vocabulary(chance: random.Random, subjects: list[str]) -> list[str]:
    """Words of the pairs' subjects, and compounds of their halves that nobody asks for."""
    words = sorted({word for one in subjects for word in one.split() if len(word) > 3})
    halves = [word[: len(word) // 2] for word in words], [word[len(word) // 2 :] for word in words]
    made = {chance.choice(halves[0]) + chance.choice(halves[1]) for _turn in range(20_000)}
    return words + sorted(made)


def fill(company, cases: int, subjects: list[str]) -> None:
    """Cases and their words, by COPY; the pairs' own lie among the oldest tenth of one queue."""
    from django.db import connection

    from hemma.desk.actions.finding import _learn
    from hemma.desk.models import Customer, Queue
    from hemma.lib.folding import words_of

    chance = random.Random(1)
    queues = list(Queue.objects.order_by("pk").values_list("pk", flat=True))
    customer = Customer.objects.create(name="Kim Holm", email="kim@post.example").pk
    words = vocabulary(chance, subjects)
    texts = [" ".join(chance.choices(words, k=5)) for _number in range(cases - len(subjects))]
    rows = [(text, queues[n % len(queues)]) for n, text in enumerate(texts)]
    rows += [(text, queues[0]) for text in subjects]
    now = company.now
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE desk_case DISABLE TRIGGER USER")
        head = "COPY desk_case (number, queue_id, customer_id, subject, channel, state, opened_at,"
        with cursor.copy(f"{head} solved_at, changed_at) FROM STDIN") as copy:
            for n, (text, queue) in enumerate(rows):
                at = now - timedelta(minutes=n)
                copy.write_row((n + 1, queue, customer, text, "mail", "solved", at, at, at))
        cursor.execute("ALTER TABLE desk_case ENABLE TRIGGER USER")
        cursor.execute("SELECT id, queue_id, opened_at, subject FROM desk_case")
        kept, known = cursor.fetchall(), set()
        for first in range(0, len(kept), BATCH):
            part = [
                (*one[:3], list(dict.fromkeys(words_of(one[3])))) for one in kept[first:][:BATCH]
            ]
            known |= {word for *_one, found in part for word in found}
            cursor.executemany(
                "INSERT INTO desk_casewords (case_id, queue_id, opened_at, words)"
                " VALUES (%s, %s, %s, array_to_tsvector(%s))",
                part,
            )
        _learn(known)
        cursor.execute("ANALYZE")


def main() -> int:
    parser = argparse.ArgumentParser(description="Searching many cases.")
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=60)
    words = parser.parse_args()
    sys.path.append(str(Path(__file__).resolve().parent.parent / "src"))
    with database():
        from pages import company

        from hemma.desk import queries
        from hemma.desk.tests.pairs import PAIRS, SUBJECTS

        made, agent, _leader = company(words.people)
        fill(made, words.cases, SUBJECTS)
        found, took, cpu = 0, [], []
        for text, _wanted in PAIRS[:10]:
            queries.case_page(agent, queries.Filters(text=text))
        for text, wanted in PAIRS:
            began, cpu_began = time.perf_counter(), time.process_time()
            page = list(queries.case_page(agent, queries.Filters(text=text)))
            took.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - cpu_began) * 1000)
            found += wanted in [case.subject for case in page][:AT]
    took.sort()
    facts = {
        "pairs": len(PAIRS),
        "recall": round(found / len(PAIRS), 3),
        "ms": {"p50": round(percentile(took, 0.5)), "p95": round(percentile(took, 0.95))},
        "longest_ms": round(took[-1]),
        "process_cpu_ms": round(statistics.median(cpu), 1),
    }
    print(json.dumps(facts, indent=1))
    print_json(facts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
