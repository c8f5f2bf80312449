"""Changing the schedule: shifts, absences, calendar links."""

from hemma.planning.actions.absences import add_absence, back_again, call_in_sick
from hemma.planning.actions.blocks import book_block, move_block, place_break, take_block_back
from hemma.planning.actions.feeds import follow_day, make_feed, revoke_feed
from hemma.planning.actions.files import import_shifts
from hemma.planning.actions.leavers import end_plans, forget_old_shifts
from hemma.planning.actions.pauses import narrow_pauses, widen_pauses
from hemma.planning.actions.shifts import (
    Part,
    Plan,
    add_shift,
    add_shifts,
    give_rest,
    remove_shift,
)
from hemma.planning.actions.templates import apply_template, drop_template, save_template
from hemma.planning.actions.unplanned import begin_unplanned

__all__ = [
    "Part",
    "Plan",
    "add_absence",
    "add_shift",
    "add_shifts",
    "apply_template",
    "back_again",
    "begin_unplanned",
    "book_block",
    "call_in_sick",
    "drop_template",
    "end_plans",
    "follow_day",
    "forget_old_shifts",
    "give_rest",
    "import_shifts",
    "make_feed",
    "move_block",
    "narrow_pauses",
    "place_break",
    "remove_shift",
    "revoke_feed",
    "save_template",
    "take_block_back",
    "widen_pauses",
]
