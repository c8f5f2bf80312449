"""Searching 200,000 cases: how much of what people look for is among the first 20, and how fast.

    ./hemma bench search [--cases 200000] [--people 60]

The cases' subjects are drawn from a vocabulary of 20,000 compounds in four languages, made of halves
of the words of the pairs (what somebody wrote, how another looks for it) that the tests hold; the
pairs' own cases lie among the oldest. None of the others has a whole word of theirs: else hundreds
would be as right as the one. A search is asked as the team asks it: through the list's own query,
all hits narrowed to its queues. Told is processor time, that of the process and that of all of its
database's; the time on the clock depends on who else uses the machine.
"""

import argparse
import random
import statistics
import sys
import time
from datetime import timedelta
from pathlib import Path

from _server import database, percentile, print_json

AT = 20
BATCH = 5000
STEMS = """
    skog berg fönster tak vind segel båt hamn fisk ugn spis lampa matta gardin trädgård spade häck murare
    golv vägg målare pensel färg konst museum teater scen orkester fiol trumma sång dans klubb idrott skida
    skridsko boll mål domare match lag tränare läger tält sovsäck stig kompass karta sjö kanot paddel flod
    bro tunnel gruva malm stål verk fabrik maskin motor växel broms ratt olja bensin gas ved eld brand släng
    rök skorsten bageri deg mjöl jäst bulle kaka grädde smör ost mjölk ko häst sadel stall hund katt fågel
    fjell fjord vidde rein elg ulv bjørn snø føre brøyte kirke tårn klokkespill prest dåp bryllup brud kake
    window curtain garden shovel painter brush canvas museum violin drummer referee coach compass canoe
    bridge tunnel factory engine gearbox brake petrol chimney bakery dough butter cheese saddle stable
    bosque montaña ventana cortina jardín pintor pincel lienzo museo violín árbitro brújula puente túnel
    fábrica motor freno gasolina chimenea panadería masa mantequilla queso establo pájaro
"""


def vocabulary(chance: random.Random) -> list[str]:
    """20,000 compounds of words that no pair has."""
    stems = STEMS.split()
    made = {
        chance.choice(stems) + chance.choice(("", "", "s")) + chance.choice(stems)
        for _ in range(40_000)
    }
    return sorted(made)[:: max(1, len(made) // 20_000)]


def fill(company, cases: int, subjects: list[str]) -> None:
    """Cases and their words, by COPY; the pairs' own lie among the oldest tenth of one queue."""
    from django.db import connection

    from hemma.desk.actions.finding import learn
    from hemma.desk.models import Customer, Queue
    from hemma.lib.folding import words_of

    chance = random.Random(1)
    queues = list(Queue.objects.order_by("pk").values_list("pk", flat=True))
    customer = Customer.objects.create(name="Kim Holm", email="kim@post.example").pk
    words = vocabulary(chance)
    texts = [" ".join(chance.choices(words, k=5)) for _number in range(cases - len(subjects))]
    rows = [(text, queues[n % len(queues)]) for n, text in enumerate(texts)]
    rows += [(text, queues[0]) for text in subjects]
    now = company.now
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'casewords_words'")
        (index,) = cursor.fetchone()
        cursor.execute("DROP INDEX casewords_words; ALTER TABLE desk_case DISABLE TRIGGER USER")
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
        learn(known)
        cursor.execute(index)
        cursor.execute("ANALYZE")


def asked(agent, pairs, server) -> dict[str, object]:
    """How many pairs are found, and what a search costs."""
    from hemma.desk import queries

    missed, took, cpu, inside = [], [], [], server.cpu_s()
    for text, wanted in pairs:
        began, cpu_began = time.perf_counter(), time.process_time()
        page = list(queries.case_page(agent, queries.Filters(text=text)))
        took.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - cpu_began) * 1000)
        if wanted not in [case.subject for case in page][:AT]:
            missed.append((text, wanted))
    inside = 1000 * (server.cpu_s() - inside) / len(pairs)
    took.sort()
    print("missed:", *missed, sep="\n  ")
    return {
        "pairs": len(pairs),
        "recall": round(1 - len(missed) / len(pairs), 3),
        "clock_ms": {"p50": round(percentile(took, 0.5)), "p95": round(percentile(took, 0.95))},
        "cpu_ms": {
            "process": round(statistics.fmean(cpu), 1),
            "database": round(inside, 1),
            "both": round(statistics.fmean(cpu) + inside, 1),
        },
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Searching many cases.")
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--people", type=int, default=60)
    words = parser.parse_args()
    sys.path.append(str(Path(__file__).resolve().parent.parent / "src"))
    with database() as folder:
        from desk import Database
        from pages import company

        from hemma.desk import queries
        from hemma.desk.tests.pairs import PAIRS as SEEN
        from hemma.desk.tests.pairs import SUBJECTS
        from hemma.desk.tests.pairs_unseen import PAIRS as UNSEEN
        from hemma.desk.tests.pairs_unseen import SUBJECTS as MORE

        server = Database(folder)
        made, agent, _leader = company(words.people)
        fill(made, words.cases, SUBJECTS + MORE)
        for text, _wanted in SEEN[:10]:
            queries.case_page(agent, queries.Filters(text=text))
        lists = {"tested": SEEN, "unseen": UNSEEN}
        facts = {name: asked(agent, pairs, server) for name, pairs in lists.items()}
    print_json(facts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
