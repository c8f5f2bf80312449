"""What lies in people's hands: when each will be finished, and what was put aside meanwhile.

Plain functions of the loop in `people_loop`, compiled together with it.
"""

from hemma.core.simulation.people_arrays import Fixed, Moving


def push(m: Moving, at: float, person: int, contact: int, stamp: int) -> None:
    """Something will be finished."""
    thing = m.sizes[1]
    m.entries[thing, 0] = person
    m.entries[thing, 1] = contact
    m.entries[thing, 2] = stamp
    m.sizes[1] += 1
    place = m.sizes[0]
    while place > 0 and m.times[(place - 1) >> 1] > at:
        m.times[place] = m.times[(place - 1) >> 1]
        m.things[place] = m.things[(place - 1) >> 1]
        place = (place - 1) >> 1
    m.times[place] = at
    m.things[place] = thing
    m.sizes[0] += 1


def pop(m: Moving) -> int:
    """The entry that is finished first, out of the heap."""
    found = m.things[0]
    m.sizes[0] -= 1
    size = m.sizes[0]
    at, thing, place, child = m.times[size], m.things[size], 0, 1
    while child < size:
        if child + 1 < size and m.times[child + 1] < m.times[child]:
            child += 1
        if m.times[child] >= at:
            break
        m.times[place] = m.times[child]
        m.things[place] = m.things[child]
        place = child
        child = 2 * place + 1
    m.times[place] = at
    m.things[place] = thing
    return found


def go_on(f: Fixed, m: Moving, person: int, t: float) -> None:
    """What was put aside goes on when nothing live is in hand and the person is at it."""
    free = m.live[person] == 0 and f.works[m.mode[person]] > 0
    if free and m.asides[person] > 0 and m.going_since[person] < 0:
        contact = m.aside[person, 0]
        m.going_since[person] = t
        push(m, t + m.left[contact], person, contact, m.stamp[person])


def put_aside(m: Moving, person: int, t: float) -> None:
    """It waits; what is pushed for it is known by its old stamp and passed over."""
    if m.going_since[person] >= 0:
        m.left[m.aside[person, 0]] -= t - m.going_since[person]
        m.going_since[person] = -1.0
        m.stamp[person] += 1
