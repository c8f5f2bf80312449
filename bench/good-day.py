"""Simulated weeks of 120 people in three countries through the real actions, router and PostgreSQL.

    ./hemma bench good-day [--people 120] [--days 7] [--from 2026-10-19] [--seed 1] [--keep FILE]
    ./hemma bench good-day --folder DIR --minutes 9    again and again, until it says `whole`

Sweden, Norway and Spain; calls run over breaks, people vanish or step away, some forget goodbye, a
night shift works through the Sunday on which summer time ends, leaders write in the evening and
colleagues at any hour in which somebody works. What
happened is written to a file of plain rows, which `_good_day_judge.py`, a script that imports nothing
of Hemma, judges by itself. Prints one JSON object; 1 when the judge finds fault. With `--folder` the
database and the play stay there, and each call plays on for `--minutes`; what has been played so far is
judged every time.
"""

import argparse
import json
import pickle
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from _good_day_world import MINUTE, World, iso, local
from _server import kept_database

LONG_S, USUAL_S = 0.5, 660  # spread and median of a contact's length
PAUSES_OF_LINE = (0.004, 25, 70)  # chance an hour, minutes from, to
STEPS_AWAY = (0.02, 20, 60)


class Play:
    """The people and what each one is doing; `rows` is what the judge reads."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.chance = random.Random(options.seed)
        self.world = World(options.people, options.first, options.days)
        self.people, self.queues = self.world.people, self.world.queues
        self.rows, self.shifts = self.world.rows, self.world.shifts
        self.customer = self.world.customer
        self.state: dict[int, str] = {}
        self.until: dict[int, datetime] = {}
        self.case: dict[int, object] = {}
        self.later: dict[int, list] = defaultdict(list)
        self.number = 10_000
        self.seen_cases: dict[int, tuple] = {}
        zone = ZoneInfo("Europe/Stockholm")
        self.now = local(options.first, 0, 0, zone)
        self.end = local(options.first + timedelta(days=options.days), 0, 0, zone)
        self.spent: dict[str, float] = {"wall_s": 0.0, "cpu_s": 0.0}

    def run(self, minutes: float) -> bool:
        """Every minute in which anybody works, every half an hour else; whether it is at its end."""
        from hemma.lib import clock

        stop = time.perf_counter() + minutes * 60
        spans = [span for mine in self.shifts.values() for span in mine]
        while self.now < self.end and time.perf_counter() < stop:
            now = self.now
            with clock.moved_to(now):
                self._arrivals(now)
                for person in self.people:
                    self._act(person, now)
                self._upkeep(now)
            busy = any(a - 20 * MINUTE <= now < b + 60 * MINUTE for a, b in spans)
            self.now += MINUTE if busy else 30 * MINUTE
        return self.now >= self.end

    def _arrivals(self, now: datetime) -> None:
        """Cases by team, so that most who wait for one have something in hand."""
        from hemma.desk.models import Case

        for index, queue in enumerate(self.queues):
            per = len(self.people) // len(self.queues)
            here = [
                one for one in self.people[index * per : (index + 1) * per]
                if self.state.get(one.pk) == "free"
            ]  # fmt: skip
            wanted = len(here) * 0.05
            for _n in range(int(wanted) + (self.chance.random() < wanted % 1)):
                self.number += 1
                Case.objects.create(
                    number=self.number, queue=queue, customer=self.customer, subject="Fakturan",
                    opened_at=now, changed_at=now, waiting_since=now,
                    promised_at=now + timedelta(hours=4),
                )  # fmt: skip

    def _act(self, person: object, now: datetime) -> None:
        pk, state = person.pk, self.state.get(person.pk, "off")
        shift = next(((a, b) for a, b in self.shifts[pk] if a - 10 * MINUTE <= now < b), None)
        if state == "off":
            if shift and shift[1] - now > 30 * MINUTE and self.chance.random() < 0.15:
                self._begin(person)
        elif now < self.until.get(pk, now):
            return
        elif state == "contact":
            self._end_contact(person, now)
        elif state in ("vanished", "away"):
            self._back(person, state)
        elif shift is None or now >= shift[1] - 5 * MINUTE:
            self._home(person)
        elif self.chance.random() < PAUSES_OF_LINE[0] / 60:
            self._leave(person, now, "vanished", PAUSES_OF_LINE)
        elif self.chance.random() < STEPS_AWAY[0] / 60:
            self._leave(person, now, "away", STEPS_AWAY)
        else:
            self._follow_up(person, now)

    def _begin(self, person: object) -> None:
        from hemma.workday import actions

        actions.start_day(actor=person)
        actions.answer_beat(actor=person)
        self.state[person.pk] = "free"
        self._log(person, "came")

    def _leave(self, person: object, now: datetime, state: str, how: tuple) -> None:
        from hemma.workday import actions

        self.state[person.pk] = state
        self.until[person.pk] = now + self.chance.randint(*how[1:]) * MINUTE
        if state == "away":
            actions.set_mode(actor=person, mode="away")
        self._log(person, state)

    def _back(self, person: object, state: str) -> None:
        from hemma.workday import actions

        if state == "away":
            actions.follow_plan(actor=person)
        actions.answer_beat(actor=person)
        self.state[person.pk] = "free"
        self._log(person, "back")

    def _home(self, person: object) -> None:
        from hemma.desk import queries as desk
        from hemma.workday import actions

        self.state[person.pk] = "off"
        self.later.pop(person.pk, None)
        if self.chance.random() < 0.05:  # closes the lid without a word
            self._log(person, "forgot")
            return
        keep = {one.pk for one in desk.my_cases(person) if self.chance.random() < 0.5}
        actions.shut_down(actor=person, keep=keep)
        self._log(person, "home")

    def take_offers(self, now: datetime) -> None:
        """Whoever is here answers within the minute; a few pass it on or do not look."""
        from hemma.routing import actions
        from hemma.routing.models import Offer
        from hemma.workday import actions as workday

        by_id = {one.pk: one for one in self.people}
        for offer in Offer.objects.filter(state=Offer.State.OPEN):
            person = by_id.get(offer.person_id)
            if person is None or self.state.get(person.pk) != "free":
                continue
            luck = self.chance.random()
            with suppress(actions.OfferGone):
                if luck < 0.03:
                    actions.decline(actor=person, offer_id=offer.pk)
                elif luck < 0.97:
                    self.case[person.pk] = actions.accept(actor=person, offer_id=offer.pk)
                    workday.begin_contact(actor=person)
                    self.state[person.pk] = "contact"
                    length = self.chance.lognormvariate(0, LONG_S) * USUAL_S
                    self.until[person.pk] = now + timedelta(seconds=length)
                    self._log(person, "contact")

    def _end_contact(self, person: object, now: datetime) -> None:
        from hemma.desk import actions as desk
        from hemma.workday import actions as workday

        workday.end_contact(actor=person)
        self.state[person.pk] = "free"
        case = self.case.pop(person.pk)
        if self.chance.random() < 0.8:
            self._solve(person, case)
        else:
            there = now + timedelta(hours=2)
            with suppress(Exception):
                desk.move_promise(actor=person, case=case, promised_at=there)
            self.later[person.pk].append((now + timedelta(hours=1), case))
        self._log(person, "free")

    def _follow_up(self, person: object, now: datetime) -> None:
        """What one promised to come back with is done between two contacts."""
        due = [row for row in self.later.get(person.pk, ()) if row[0] <= now]
        for row in due:
            self.later[person.pk].remove(row)
            self._solve(person, row[1])

    def _solve(self, person: object, case: object) -> None:
        from hemma.desk import actions as desk
        from hemma.desk.models import Holding

        if Holding.objects.filter(case=case.pk, person=person, until=None).exists():
            desk.solve(actor=person, case=case)

    def _upkeep(self, now: datetime) -> None:
        """What the worker's loops do in a minute, in the order in which they would be woken."""
        from hemma.journal import relay
        from hemma.notices import actions as notices
        from hemma.people.system import SYSTEM
        from hemma.routing import actions as routing
        from hemma.workday import actions as workday
        from hemma.workday.models import Presence

        here = [pk for pk, state in self.state.items() if state not in ("off", "vanished")]
        Presence.objects.filter(person__in=here).update(answered_at=now)
        workday.notice_lost(actor=SYSTEM)
        workday.keep_breaks()
        routing.look_after()
        routing.decide()
        self.take_offers(now)
        routing.decide()
        if now.minute % 5 == 0:
            workday.watch_hours()
            workday.close_forgotten()
            relay.tell_rooms()
        notices.remind()
        self.world.somebody_writes(self.chance)
        notices.let_through()
        if (now.hour, now.minute) == (19, 30):
            self.world.leaders_write()
        self._watch_cases(now)

    def _watch_cases(self, now: datetime) -> None:
        """Holder and promise of every open case, written down when they change."""
        from hemma.desk.models import Case, Holding

        held = dict(Holding.objects.filter(until=None).values_list("case_id", "person_id"))
        open_now = dict(Case.objects.filter(state="open").values_list("pk", "promised_at"))
        found = {pk: (held.get(pk), promised) for pk, promised in open_now.items()}
        for pk in found.keys() | self.seen_cases.keys():
            if found.get(pk) != self.seen_cases.get(pk):
                holder, promised = found.get(pk, (None, None))
                row = [pk, iso(now)[0], pk in found, holder, promised and iso(promised)[0]]
                self.rows["cases"].append(row)
        self.seen_cases = found

    def _log(self, person: object, what: str) -> None:
        from hemma.lib import clock

        self.rows["did"].append([person.pk, iso(clock.now())[0], what])

    def finish(self) -> dict[str, list]:
        """The rows, with offers, notices and the plan as it became."""
        from hemma.notices.models import Notice
        from hemma.planning.models import Activity
        from hemma.routing.models import Offer

        self.rows["offers"] = [
            [one.person_id, *iso(one.offered_at), one.state] for one in Offer.objects.all()
        ]
        self.rows["notices"] = [
            [
                one.person_id,
                iso(one.made_at)[0],
                one.shown_at and iso(one.shown_at)[0],
                one.sort,
                bool(one.word and one.word.urgent),
            ]
            for one in Notice.objects.select_related("word")
        ]
        self.rows["placed_again"] = [
            [one.shift.person_id, one.kind, *iso(one.starts_at, one.ends_at)]
            for one in Activity.objects.filter(instead=True).select_related("shift")
        ]
        return self.rows


def main() -> int:
    """Play, then have it judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=120)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--from", type=date.fromisoformat, default=date(2026, 10, 19), dest="first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to keep the rows")
    parser.add_argument(
        "--folder", type=Path, help="where database and play stay, to play on later"
    )
    parser.add_argument("--minutes", type=float, default=float("inf"), help="how long this time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, kept_database(options.folder or Path(folder)):
        return _piece(options, options.folder or Path(folder))


def _piece(options: argparse.Namespace, folder: Path) -> int:
    from hemma.lib import clock

    state, began, worked = folder / "play.pickle", time.perf_counter(), time.process_time()
    if state.exists():
        play = pickle.loads(state.read_bytes())
    else:
        with clock.moved_to(local(options.first, 0, 0, ZoneInfo("Europe/Stockholm"))):
            play = Play(options)
    whole = play.run(options.minutes)
    play.spent["wall_s"] += time.perf_counter() - began
    play.spent["cpu_s"] += time.process_time() - worked
    state.write_bytes(pickle.dumps(play))
    rows = options.keep or folder / "rows.json"
    rows.write_text(json.dumps(play.finish()))
    judge = Path(__file__).with_name("_good_day_judge.py")
    told = subprocess.run(
        [sys.executable, "-I", str(judge), str(rows)], capture_output=True, text=True
    )
    if told.returncode not in (0, 1):
        raise SystemExit(told.stderr)
    figures = {"whole": whole, "played_until": iso(play.now)[0]} | json.loads(told.stdout)
    figures |= {name: round(spent) for name, spent in play.spent.items()}
    print(json.dumps(figures, indent=1))
    return told.returncode


if __name__ == "__main__":
    sys.exit(main())
