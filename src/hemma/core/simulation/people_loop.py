"""The loop that plays every person's own day, by a policy that is passed in.

Written as plain functions and compiled by `compiled`, which binds the policy's functions to the names
`stopped`, `turn_key`, `whole_key` and `urgency_key`. Nothing is decided here but how a day runs:
who may have a contact, who goes first and which contact goes first is asked of the policy.
"""

from functools import lru_cache
from typing import Any

from hemma.core.simulation.binding import bound, digest_of, either
from hemma.core.simulation.people_arrays import (
    NEVER,
    AskedRow,
    Fixed,
    Function,
    Moving,
    PolicyParts,
    QueueRow,
)
from hemma.core.simulation.people_hands import go_on, pop, push, put_aside
from hemma.core.simulation.people_rows import contact_of, person_of, settings_of


def is_stopped(f: Fixed, m: Moving, person: int, kind: int, contact: int, t: float) -> bool:
    """Whether the policy keeps the contact from the person now."""
    queue = QueueRow(m.is_open[f.queue[kind]] > 0, f.on_call[kind])
    asked = AskedRow(contact_of(f, kind, contact), queue, settings_of(f, kind), t)
    return stopped(person_of(f, m, person, t), asked)  # type: ignore[name-defined]  # noqa: F821


def choose(f: Fixed, m: Moving, kind: int, contact: int, t: float) -> int:
    """Who is offered it; −1: nobody."""
    best, place = -1, 0
    best_key = (0, 0, 1, 0, 0, 0.0, 0)
    person = f.members[kind, 0]
    while person >= 0:
        if not is_stopped(f, m, person, kind, contact, t):
            turn = turn_key(person_of(f, m, person, t), settings_of(f, kind))  # type: ignore[name-defined]  # noqa: F821
            key = whole_key(0, f.skill[person, kind], 1, turn)  # type: ignore[name-defined]  # noqa: F821
            if best < 0 or key < best_key:
                best, best_key = person, key
        place += 1
        person = f.members[kind, place]
    return best


def first_waiting(f: Fixed, m: Moving, kind: int, at: int, t: float) -> int:
    """The place in the line, from `at` on, of the first who has not given up; the end, if none."""
    while at < m.ends[kind, 1] and f.gives_up[m.line[kind, at]] <= t:
        at += 1
    return at


def begin(f: Fixed, m: Moving, person: int, contact: int, t: float) -> None:
    """The contact is in the person's hands."""
    kind = m.now_kind[contact]
    m.answered[contact], m.by[contact] = t, person
    if m.live[person] == 0 and m.asides[person] == 0:
        m.busy_since[person] = t
    if f.lasting[kind] > 0:
        m.aside[person, m.asides[person]] = contact
        m.asides[person] += 1
        go_on(f, m, person, t)
        return
    put_aside(m, person, t)
    longer = 1.0 + f.slower[kind] * m.live[person]
    m.live[person] += 1
    push(m, t + m.left[contact] * longer, person, contact, -1)


def count(f: Fixed, m: Moving, person: int, kind: int, t: float) -> None:
    """An offer counts at once, as it does live."""
    m.load[person, f.channel[kind]] += 1
    m.assigned[person] += 1
    m.last[person] = t


def end(f: Fixed, m: Moving, person: int, contact: int, t: float) -> None:
    """The contact is finished."""
    kind = m.now_kind[contact]
    m.finished[contact] = t
    m.load[person, f.channel[kind]] -= 1
    if f.lasting[kind] > 0:
        for place in range(1, m.asides[person]):
            m.aside[person, place - 1] = m.aside[person, place]
        m.asides[person] -= 1
        m.going_since[person] = -1.0
        m.stamp[person] += 1
    else:
        m.live[person] -= 1
    if m.live[person] == 0 and m.asides[person] == 0:
        m.busy_s[person] += t - m.busy_since[person]
    go_on(f, m, person, t)


def take_next(f: Fixed, m: Moving, person: int, t: float) -> None:
    """Somebody has got room: the most urgent contacts that nothing stops, one after the other.

    Only this person's room has changed, so everybody else stands to those who wait as before.
    """
    while True:
        best, place = -1, 0
        best_key = (0, 0.0, 0.0, 0)
        kind = f.kinds_of[person, 0]
        while kind >= 0:
            m.ends[kind, 0] = first_waiting(f, m, kind, m.ends[kind, 0], t)
            if m.ends[kind, 0] < m.ends[kind, 1]:
                contact = m.line[kind, m.ends[kind, 0]]
                key = urgency_key(contact_of(f, kind, contact), t)  # type: ignore[name-defined]  # noqa: F821
                if (best < 0 or key < best_key) and not is_stopped(f, m, person, kind, contact, t):
                    best, best_key = kind, key
            place += 1
            kind = f.kinds_of[person, place]
        if best < 0:
            return
        contact = m.line[best, m.ends[best, 0]]
        m.ends[best, 0] += 1
        count(f, m, person, best, t)
        begin(f, m, person, contact, t)


def most_urgent(f: Fixed, m: Moving, t: float) -> int:
    """Of the lines that are not yet through with this round, the one whose next contact goes first."""
    best, best_key = -1, (0, 0.0, 0.0, 0)
    for kind in range(m.ends.shape[0]):
        if m.stuck[kind] > 0:
            continue
        at = first_waiting(f, m, kind, m.ends[kind, 2], t)
        m.ends[kind, 2] = at
        if at < m.ends[kind, 1]:
            key = urgency_key(contact_of(f, kind, m.line[kind, at]), t)  # type: ignore[name-defined]  # noqa: F821
            if best < 0 or key < best_key:
                best, best_key = kind, key
    return best


def decide_round(f: Fixed, m: Moving, t: float) -> int:
    """All waiting contacts decided at once, as the live policy does: how many were given."""
    given = 0
    for kind in range(m.ends.shape[0]):
        m.ends[kind, 2] = m.ends[kind, 0]
        m.stuck[kind] = 0
    while True:
        kind = most_urgent(f, m, t)
        if kind < 0:
            break
        contact = m.line[kind, m.ends[kind, 2]]
        person = choose(f, m, kind, contact, t)
        if person < 0:
            m.stuck[kind] = 1  # nobody for the next of its like either: room only gets less
            continue
        m.ends[kind, 2] += 1
        m.ends[kind, 0] = m.ends[kind, 2]
        m.open_offers[person] += 1
        count(f, m, person, kind, t)
        m.given[given, 0], m.given[given, 1] = person, contact
        given += 1
    for number in range(given):
        person = m.given[number, 0]
        m.open_offers[person] = 0
        begin(f, m, person, m.given[number, 1], t)
    return given


def change(f: Fixed, m: Moving, number: int, t: float) -> None:
    """Somebody's mode or a queue's hours change."""
    who = f.who[number]
    if who < 0:
        m.is_open[-1 - who] = f.mode[number]
        return
    if m.ready_since[who] >= 0:
        m.ready_s[who] += t - m.ready_since[who]
        m.ready_since[who] = -1.0
    m.mode[who], m.until[who], m.stop[who] = f.mode[number], f.until[number], f.stop[number]
    if f.ready[m.mode[who]] > 0:
        m.ready_since[who] = t
    if f.works[m.mode[who]] == 0:
        put_aside(m, who, t)
    go_on(f, m, who, t)


def come(f: Fixed, m: Moving, contact: int, t: float) -> None:
    """A contact comes: to somebody at once, or into its line, or into that of who is called back."""
    kind = f.kind[contact]
    person = choose(f, m, kind, contact, t)
    if person < 0 and f.asks_back[contact] > 0:
        kind = f.calls_back[kind]
        m.now_kind[contact] = kind
        person = choose(f, m, kind, contact, t)
    if person < 0:
        m.line[kind, m.ends[kind, 1]] = contact
        m.ends[kind, 1] += 1
        return
    count(f, m, person, kind, t)
    begin(f, m, person, contact, t)


def day(f: Fixed, m: Moving) -> int:
    """Play one day until nothing is left to happen; the number of events (contacts that came or were
    finished). Changes come before contacts that come or end at the same moment."""
    coming, changing, events = 0, 0, 0
    while True:
        came = f.came[coming] if coming < f.came.size else NEVER
        changes = f.at[changing] if changing < f.at.size else NEVER
        ends = m.times[0] if m.sizes[0] > 0 else NEVER
        if min(came, changes, ends) >= NEVER:
            return events
        if changes <= came and changes <= ends:
            while changing < f.at.size and f.at[changing] == changes:
                change(f, m, changing, changes)
                changing += 1
            while decide_round(f, m, changes) > 0:
                pass
        elif came <= ends:
            come(f, m, coming, came)
            coming += 1
            events += 1
        else:
            thing = pop(m)
            person, contact = m.entries[thing, 0], m.entries[thing, 1]
            stamp = m.entries[thing, 2]
            if stamp < 0 or stamp == m.stamp[person]:
                end(f, m, person, contact, ends)
                take_next(f, m, person, ends)
                events += 1


LOOP: tuple[Function, ...] = (
    settings_of, person_of, contact_of, is_stopped, choose, first_waiting, push, pop, go_on,
    put_aside, begin, count, end, take_next, most_urgent, decide_round, change, come, day,
)  # fmt: skip


@lru_cache(maxsize=4)
def compiled(policy: PolicyParts, name: str = "day") -> Any:
    """`day` (or another function of the loop) compiled with this policy in it. Its first call
    compiles, unless it was kept on disk."""
    keys = (policy.turn_key, policy.whole_key, policy.urgency_key)
    digest = digest_of(*policy.obstacles, *policy.helpers, *keys, *LOOP)
    known: dict[str, Any] = {}
    for one in (*policy.helpers, *keys):
        known[one.__name__] = bound(one, known, digest)
    known["stopped"] = either(policy.obstacles, digest)
    for one in LOOP:
        asked = one.__name__ == name
        known[one.__name__] = bound(one, known, digest, is_inside=not asked)
    return known[name]
