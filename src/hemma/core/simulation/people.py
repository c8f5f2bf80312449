"""Days in which every person has a plan of their own and a policy says who gets which contact."""

from dataclasses import dataclass

import numpy as np

from hemma.core.simulation.outcome import Counted, Estimate, Outcome, SlotSums
from hemma.core.simulation.people_arrays import (
    NEVER,
    Fixed,
    Moving,
    PolicyParts,
    nothing_yet,
)
from hemma.core.simulation.playing import Told
from hemma.core.simulation.scenario import Floats, Whole


@dataclass(frozen=True, slots=True)
class Flow:
    """What comes of one kind of contact. `per_s` (slots,) contacts a second; `variation` of the
    handling time as in `Scenario`; `within_s` the time to answer within that is counted; `asks_back`
    the share who ask to be called rather than wait, if nobody is free at once."""

    per_s: Floats
    handling_s: float
    patience_s: float = np.inf
    within_s: float = 20.0
    variation: float = 1.0
    asks_back: float = 0.0


@dataclass(frozen=True, slots=True)
class PeopleOutcome:
    """`outcome` with a column of kinds for queues; a contact that ends as a call-back is counted
    with the kind it came as, in time by the kind it was answered as. `called_back` (days, kinds);
    of people (days, people): contacts `assigned`, seconds open for them `ready_s` and with at least
    one in hand `busy_s`."""

    outcome: Outcome
    called_back: Floats
    assigned: Floats
    ready_s: Floats
    busy_s: Floats

    def occupancy(self) -> Estimate:
        """Share of the time open for contacts with at least one in hand, what is finished after
        the hours included."""
        ready, busy = self.ready_s.sum(axis=1), self.busy_s.sum(axis=1)
        if not ready.any():
            return Estimate(float("nan"), float("nan"))
        mean = float(busy.sum() / ready.sum())
        scatter = busy - mean * ready
        half = 1.96 * float(scatter.std(ddof=1)) / ready.size**0.5 / float(ready.mean())
        return Estimate(mean, half)


def with_contacts(
    fixed: Fixed, flows: tuple[Flow, ...], slot_s: float, seed: int, number: int
) -> Fixed:
    """The same people with the customers of day `number`: the same for the same seed, whoever works."""
    parts = [_drawn(flow, slot_s, [seed, number, kind]) for kind, flow in enumerate(flows)]
    kinds = np.repeat(np.arange(len(flows)), [part[0].size for part in parts])
    came, handling, gives_up, asks = (np.concatenate([p[n] for p in parts]) for n in range(4))
    order = np.argsort(came, kind="stable")
    asks_back = (asks > 0) & (fixed.calls_back[kinds] >= 0)
    gives_up = np.where(asks_back, NEVER, gives_up)  # who is called back does not wait on the line
    return fixed._replace(
        came=came[order], kind=kinds[order], handling=handling[order], gives_up=gives_up[order],
        asks_back=asks_back[order].astype(np.int64),
    )  # fmt: skip


def _drawn(flow: Flow, slot_s: float, seed: list[int]) -> tuple[Floats, Floats, Floats, Floats]:
    """Came, handling, gives up, asks to be called back; all (contacts,) in order of time.

    A stream of chance for each, so that a change of one leaves the others' numbers alone."""
    times, works, waits, asks = (np.random.Generator(np.random.SFC64([*seed, n])) for n in range(4))
    number = times.poisson(flow.per_s * slot_s)
    slot = np.repeat(np.arange(number.size), number)
    came = np.sort((slot + times.random(slot.size)) * slot_s)
    if flow.variation == 1.0:
        handling = works.standard_exponential(came.size) * flow.handling_s
    else:
        shape = np.sqrt(np.log1p(flow.variation**2))
        even = shape * works.standard_normal(came.size) - 0.5 * shape**2
        handling = np.exp(even) * flow.handling_s
    patience = np.full(came.size, NEVER)
    if np.isfinite(flow.patience_s):
        patience = came + waits.standard_exponential(came.size) * flow.patience_s
    return came, handling, patience, (asks.random(came.size) < flow.asks_back).astype(np.float64)


def play_people(
    fixed: Fixed,
    flows: tuple[Flow, ...],
    slot_s: float,
    queues: int,
    policy: PolicyParts,
    days: int,
    seed: int,
    told: Told | None = None,
) -> PeopleOutcome:
    """Play so many independent days. `fixed` as `people_arrays.Fixed` with no contacts in it."""
    from hemma.core.simulation.people_loop import compiled

    if days < 1 or seed < 0:
        raise ValueError("days: 1 or more; seed: 0 or more")
    loop = compiled(policy)
    kinds, slots, people = len(flows), flows[0].per_s.size, fixed.ids.size
    found, events = np.empty((days, kinds, len(Counted))), 0
    sums = SlotSums(*(np.zeros((slots, kinds, len(Counted))) for _ in range(3)))
    back = np.zeros((days, kinds))
    folk = np.zeros((3, days, people))
    for number in range(days):
        today = with_contacts(fixed, flows, slot_s, seed, number)
        moving = nothing_yet(today, queues)
        events += loop(today, moving)
        out = counted(today, moving, flows, slot_s)
        found[number] = out.sum(axis=0)
        sums.total[:] += out
        sums.square[:] += out * out
        sums.with_offered[:] += out * out[:, :, :1]
        called = today.kind[moving.now_kind != today.kind]
        back[number] = np.bincount(called, minlength=kinds)
        folk[:, number] = moving.assigned, moving.ready_s, moving.busy_s
        if told is not None:
            told(number + 1, days)
    come = np.array([flow.per_s.sum() * slot_s for flow in flows])
    expected = np.stack([come, come * np.array([flow.handling_s for flow in flows])], axis=1)
    staffed = float(folk[1].sum(axis=1).mean())
    return PeopleOutcome(Outcome(found, events, staffed, expected, sums), back, *folk)


def counted(today: Fixed, moving: Moving, flows: tuple[Flow, ...], slot_s: float) -> Floats:
    """(slots, kinds, columns of `Counted`) of one day."""
    slots, kinds = flows[0].per_s.size, len(flows)
    place = np.minimum((today.came / slot_s).astype(np.int64), slots - 1) * kinds + today.kind
    limits = np.array([flow.within_s for flow in flows])[moving.now_kind]
    answered = ~np.isnan(moving.answered)
    lost = ~answered & (today.gives_up < NEVER)
    left = np.where(answered, moving.answered, np.where(lost, today.gives_up, today.came))
    waited = left - today.came
    over = slots * slot_s
    busy = np.where(answered, np.minimum(moving.finished, over) - np.minimum(left, over), 0.0)
    columns = (
        np.ones_like(waited), answered, answered & (waited <= limits), lost, waited, busy,
        today.handling, waited * answered, lost & (waited <= limits),
    )  # fmt: skip
    table = [_summed(place, column, slots * kinds) for column in columns]
    return np.stack(table, axis=-1).reshape(slots, kinds, len(columns))


def _summed(place: Whole, column: Floats, size: int) -> Floats:
    return np.bincount(place, np.asarray(column, dtype=np.float64), minlength=size)
