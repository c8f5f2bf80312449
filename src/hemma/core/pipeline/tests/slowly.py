"""The same days by the live router itself: at every event all facts are told to `decide`, until it
gives nothing more. No arrays, no compiler, no haste."""

import math
from dataclasses import replace

from hemma.core.pipeline.policy_days import plan_changes
from hemma.core.routing import Facts, Mode, decide

INF = math.inf


class Person:
    """One person's day as it stands."""

    def __init__(self, worker, day):
        self.facts = replace(worker.facts, mode=Mode.OFF, works_until_s=None, next_stop_s=None)
        self.day = day
        self.live, self.aside, self.going_since = [], [], None
        self.ready_s, self.ready_since = 0.0, None

    def now(self, t):
        ready = self.ready_s + (t - self.ready_since if self.ready_since is not None else 0.0)
        return replace(self.facts, available_today_s=ready)

    def works(self):
        return self.facts.mode in self.day.settings.modes or self.facts.mode is Mode.OFF

    def go_on(self, t):
        if not self.live and self.aside and self.going_since is None and self.works():
            self.going_since = t

    def put_aside(self, t):
        if self.going_since is not None:
            self.aside[0][1] -= t - self.going_since
            self.going_since = None

    def moves(self, mode, until, stop, t):
        if self.ready_since is not None:
            self.ready_s += t - self.ready_since
        self.ready_since = t if mode in self.day.settings.modes else None
        self.facts = replace(self.facts, mode=mode, works_until_s=until, next_stop_s=stop)
        if not self.works():
            self.put_aside(t)
        self.go_on(t)

    def holds(self, channel, more):
        load = dict(self.facts.load)
        load[channel] = load.get(channel, 0) + more
        self.facts = replace(self.facts, load=load)

    def begins(self, number, kind, left, t):
        self.holds(kind.contact.channel, 1)
        today = self.facts.assigned_today + 1
        self.facts = replace(self.facts, assigned_today=today, last_assigned_s=t)
        if kind.contact.channel in self.day.settings_of(kind).lasting_channels:
            self.aside.append([number, left])
            self.go_on(t)
        else:
            self.put_aside(t)
            self.live.append((t + left * (1.0 + kind.slower * len(self.live)), number))

    def ends(self, number, channel, t):
        self.holds(channel, -1)
        if self.aside and self.aside[0][0] == number:
            self.aside.pop(0)
            self.going_since = None
        self.live = [pair for pair in self.live if pair[1] != number]
        self.go_on(t)

    def endings(self):
        yield from ((at, number) for at, number in self.live)
        if self.going_since is not None:
            yield self.going_since + self.aside[0][1], self.aside[0][0]


class Slow:
    """A day as it stands."""

    def __init__(self, day, today):
        self.day, self.today = day, today
        self.people = {worker.facts.id: Person(worker, day) for worker in day.workers}
        self.queues = {queue.id: replace(queue, open_now=False) for queue in day.queues}
        self.kinds = today.kind.tolist()
        self.waiting, self.told = [], [(math.nan, -1)] * len(self.kinds)
        self.place = sorted(self.people)
        self.changes = [
            (at, worker.facts.id, (mode, until, stop))
            for worker in day.workers
            for at, mode, until, stop in plan_changes(worker.spans)
        ]
        for queue in day.queues:
            all_day = (0.0, INF) if queue.open_now else (INF, INF)
            opens, closes = day.open_s.get(queue.id, all_day)
            self.changes += [(opens, -queue.id, True), (closes, -queue.id, False)]

    def contact(self, number):
        kind = self.day.kinds[self.kinds[number]]
        came = float(self.today.came[number])
        promised = came + kind.contact.target_s
        return replace(kind.contact, id=number, waiting_since_s=came, promised_s=promised)

    def settle(self, t):
        """Ask the live router until it gives nothing more; who is asked accepts at once."""
        while True:
            there = [self.contact(n) for n in self.waiting if self.today.gives_up[n] > t]
            people = tuple(person.now(t) for person in self.people.values())
            queues = tuple(self.queues.values())
            decisions = decide(Facts(t, people, tuple(there), queues, self.day.settings))
            given = [one for one in decisions if one.person is not None]
            for one in given:
                self.waiting.remove(one.contact)
                self.told[one.contact] = (t, self.place.index(one.person))
                kind = self.day.kinds[self.kinds[one.contact]]
                left = float(self.today.handling[one.contact])
                self.people[one.person].begins(one.contact, kind, left, t)
            if not given:
                return

    def change(self, t):
        for row in [row for row in self.changes if row[0] == t]:
            self.changes.remove(row)
            _, who, what = row
            if who < 0:
                self.queues[-who] = replace(self.queues[-who], open_now=what)
            else:
                self.people[who].moves(*what, t)
        self.settle(t)

    def come(self, number, t):
        self.waiting.append(number)
        self.settle(t)
        if number in self.waiting and self.today.asks_back[number]:
            self.kinds[number] = self.day.kinds[self.kinds[number]].calls_back
            self.settle(t)

    def end(self, person, number, t):
        person.ends(number, self.day.kinds[self.kinds[number]].contact.channel, t)
        self.settle(t)


def played(day, today):
    """(answered at, by whom) of each contact of `today`, `nan` and −1 for never."""
    slow, coming = Slow(day, today), 0
    while True:
        came = float(today.came[coming]) if coming < today.came.size else INF
        changed = min((row[0] for row in slow.changes), default=INF)
        endings = ((at, one, n) for one in slow.people.values() for at, n in one.endings())
        ended = min(endings, key=lambda row: row[0], default=(INF, None, None))
        t = min(came, changed, ended[0])
        if t == INF:
            return slow.told
        if changed == t:
            slow.change(t)
        elif came == t:
            slow.come(coming, t)
            coming += 1
        else:
            slow.end(ended[1], ended[2], t)
