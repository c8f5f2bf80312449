"""The same days played by hand: one list of contacts, one list of who is busy, no haste."""

import math

import numpy as np


def contacts(scenario, seed):
    """(came, queue, handling, gives up) in order, from the numbers the compiled loop draws too."""
    draw = np.random.Generator(np.random.SFC64([seed, 0]))
    rates, found = scenario.per_s, []
    for slot in range(rates.shape[1]):
        total, end = rates[:, slot].sum(), (slot + 1) * scenario.slot_s
        if total == 0:
            continue
        came = slot * scenario.slot_s + draw.standard_exponential() / total
        while came < end:
            following = came + draw.standard_exponential() / total
            queue = int(np.searchsorted(np.cumsum(rates[:, slot]), draw.random() * total, "right"))
            handling = draw.standard_exponential() * scenario.handling_s[queue]
            gives_up = math.inf
            if np.isfinite(scenario.patience_s[queue]):
                gives_up = came + draw.standard_exponential() * scenario.patience_s[queue]
            found.append((came, queue, handling, gives_up))
            came = following
    return found


def played(scenario, seed):
    """(queues, 4): offered, answered, in time, gave up."""
    told = np.zeros((scenario.per_s.shape[0], 4))
    coming = contacts(scenario, seed)
    slots, groups = scenario.per_s.shape[1], scenario.people.shape[0]
    waiting, busy = [], [[] for _ in range(groups)]
    events = {came for came, *_ in coming} | {n * scenario.slot_s for n in range(slots)}
    at = 0.0
    while events:
        at = min(events)
        events.discard(at)
        slot = min(int(at / scenario.slot_s + 1e-9), slots - 1)
        for group in range(groups):
            busy[group] = [end for end in busy[group] if end > at]
        for contact in coming:
            if contact[0] == at:
                told[contact[1], 0] += 1
                waiting.append(contact)
        for gone in [c for c in waiting if c[3] <= at]:
            told[gone[1], 3] += 1
            waiting.remove(gone)
        while chosen := next_pair(scenario, waiting, busy, slot):
            contact, group = chosen
            waiting.remove(contact)
            told[contact[1], 1] += 1
            told[contact[1], 2] += at - contact[0] <= scenario.within_s[contact[1]]
            busy[group].append(at + contact[2])
            events.add(at + contact[2])
    for came, queue, _, gives_up in waiting:
        told[queue, 3] += np.isfinite(gives_up)
        assert came <= at
    return told


def next_pair(scenario, waiting, busy, slot):
    """Who takes what next: the group with the fewest queues, its highest priority, longest wait."""
    wide = (scenario.able >= 0).sum(axis=1)
    pairs = [
        (wide[group], group, -scenario.able[group, contact[1]], contact[0], contact)
        for group in range(len(busy))
        if len(busy[group]) < scenario.people[group, slot] * scenario.at_once[group]
        for contact in waiting
        if scenario.able[group, contact[1]] >= 0
    ]
    if not pairs:
        return None
    best = min(pairs)
    return best[4], best[1]
