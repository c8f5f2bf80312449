"""What the loop over every person's day works on: rows as a policy sees them, and arrays."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

NEVER = 1e300

type Function = Callable[..., Any]


class PolicyParts(NamedTuple):
    """A policy's functions: `obstacles` of (person, asked); `turn_key` of (person, settings);
    `whole_key` of (passed, skill, stranger, turn); `urgency_key` of (contact, now_s); and the
    `helpers` these call, by name."""

    obstacles: tuple[Function, ...]
    turn_key: Function
    whole_key: Function
    urgency_key: Function
    helpers: tuple[Function, ...]


class PersonRow(NamedTuple):
    """One person as the policy sees them; names as in the live facts."""

    id: Any
    mode: Any
    works_until_s: Any
    next_stop_s: Any
    load: Any
    capacity: Any
    personal_limit: Any
    open_offers: Any
    assigned_today: Any
    available_today_s: Any
    last_assigned_s: Any


class ContactRow(NamedTuple):
    """One contact as the policy sees it."""

    id: Any
    channel: Any
    urgency: Any
    waiting_since_s: Any
    target_s: Any
    promised_s: Any
    handling_s: Any
    declined_by: Any


class QueueRow(NamedTuple):
    """The queue of a contact."""

    open_now: Any
    on_call: Any


class SettingsRow(NamedTuple):
    """What may be tuned, of a contact's queue."""

    modes: Any
    offers_at_a_time: Any
    unknown_handling_s: Any
    lasting_channels: Any
    fairness_step_per_h: Any
    fairness_least_s: Any


class AskedRow(NamedTuple):
    """A contact with its queue, the settings and the time it is asked at."""

    contact: Any
    queue: Any
    settings: Any
    now_s: Any


class Fixed(NamedTuple):
    """What stays over the day. People (people,): `ids`, `capacity` (people, channels), `limits`.
    Kinds of contact (kinds,): `channel`, `queue`, `urgency`, `target_s`, `expected_s`, `slower` by
    what part each other contact in hand makes one longer, `lasting`, `calls_back` the kind a
    customer waits in who asks to be called, −1. `skill` (people, kinds); `members` (kinds, people +
    1) and `kinds_of` (people, kinds + 1), able ones in order, then −1. Settings (kinds, …): `modes`,
    `offers`, `unknown_s`, `lasting_channels`, `step`, `least_s`, `on_call`. Changes in order of
    time: `at`, `who` (a person, or −1 − queue), `mode` (or open), `until`, `stop`; `ready` modes
    count as open for contacts, `works` as those in which what was put aside goes on. Contacts in
    order: `came`, `kind`, `handling`, `gives_up`, `asks_back`."""

    ids: Any
    capacity: Any
    limits: Any
    channel: Any
    queue: Any
    urgency: Any
    target_s: Any
    expected_s: Any
    slower: Any
    lasting: Any
    calls_back: Any
    skill: Any
    members: Any
    kinds_of: Any
    modes: Any
    offers: Any
    unknown_s: Any
    lasting_channels: Any
    step: Any
    least_s: Any
    on_call: Any
    at: Any
    who: Any
    mode: Any
    until: Any
    stop: Any
    ready: Any
    works: Any
    came: Any
    kind: Any
    handling: Any
    gives_up: Any
    asks_back: Any


class Moving(NamedTuple):
    """What moves. People: `mode`, `until`, `stop`, `load` (people, channels), `open_offers`,
    `assigned`, `ready_s`, `ready_since`, `last`, `live` contacts in hand that cannot be put aside,
    `aside` (people, room) contacts that can, `asides` how many, `going_since` when the first of them
    went on (−1: it waits), `stamp`, `busy_s`, `busy_since`. `is_open` (queues,). Lines: `line`
    (kinds, contacts), `ends` (kinds, 3) first, end, and how far a round of decisions has come;
    `stuck` (kinds,). The heap `times`, `things` (of `entries`: person, contact, stamp), `sizes` of
    heap and entries. Contacts: `left` seconds, `now_kind`, `answered`, `by`, `finished`. `given`
    (contacts, 2) of a round."""

    mode: Any
    until: Any
    stop: Any
    load: Any
    open_offers: Any
    assigned: Any
    ready_s: Any
    ready_since: Any
    last: Any
    live: Any
    aside: Any
    asides: Any
    going_since: Any
    stamp: Any
    busy_s: Any
    busy_since: Any
    is_open: Any
    line: Any
    ends: Any
    stuck: Any
    times: Any
    things: Any
    entries: Any
    sizes: Any
    left: Any
    now_kind: Any
    answered: Any
    by: Any
    finished: Any
    given: Any


def nothing_yet(f: Fixed, queues: int) -> Moving:
    """A day that has not begun."""
    people, channels = f.capacity.shape
    kinds, contacts = f.channel.size, f.came.size
    room = 3 * contacts + f.at.size + 16
    whole, real = np.int64, np.float64
    lasting = int(f.capacity.sum(axis=1).max(initial=0)) + 1
    return Moving(
        np.zeros(people, whole), np.full(people, -np.inf), np.full(people, np.inf),
        np.zeros((people, channels), whole), np.zeros(people, whole), np.zeros(people, whole),
        np.zeros(people), np.full(people, -1.0), np.full(people, -np.inf), np.zeros(people, whole),
        np.zeros((people, lasting), whole), np.zeros(people, whole), np.full(people, -1.0),
        np.zeros(people, whole), np.zeros(people), np.zeros(people), np.zeros(queues, whole),
        np.zeros((kinds, contacts + 1), whole), np.zeros((kinds, 3), whole), np.zeros(kinds, whole),
        np.zeros(room, real), np.zeros(room, whole), np.zeros((room, 3), whole), np.zeros(2, whole),
        f.handling.copy(), f.kind.copy(), np.full(contacts, np.nan), np.full(contacts, -1, whole),
        np.full(contacts, np.nan), np.zeros((people * int(f.offers.max(initial=1)) + 1, 2), whole),
    )  # fmt: skip
