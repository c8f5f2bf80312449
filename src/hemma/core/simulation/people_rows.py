"""Rows of the loop's arrays as the policy asks for them: by the names of the live facts.

Plain functions of the loop in `people_loop`, compiled together with it.
"""

from hemma.core.simulation.people_arrays import (
    ContactRow,
    Fixed,
    Moving,
    PersonRow,
    SettingsRow,
)


def settings_of(f: Fixed, kind: int) -> SettingsRow:
    """What the policy is asked with, of the kind's queue."""
    return SettingsRow(
        f.modes[kind], f.offers[kind], f.unknown_s[kind], f.lasting_channels[kind],
        f.step[kind], f.least_s[kind],
    )  # fmt: skip


def person_of(f: Fixed, m: Moving, person: int, t: float) -> PersonRow:
    """The person as the policy sees them at `t`."""
    ready = m.ready_s[person]
    if m.ready_since[person] >= 0:
        ready += t - m.ready_since[person]
    return PersonRow(
        f.ids[person], m.mode[person], m.until[person], m.stop[person], m.load[person],
        f.capacity[person], f.limits[person], m.open_offers[person], m.assigned[person], ready,
        m.last[person],
    )  # fmt: skip


def contact_of(f: Fixed, kind: int, contact: int) -> ContactRow:
    """The contact as the policy sees it."""
    since = f.came[contact]
    return ContactRow(
        contact, f.channel[kind], f.urgency[kind], since, f.target_s[kind],
        since + f.target_s[kind], f.expected_s[kind], f.on_call[kind, :0],
    )  # fmt: skip
