"""A client's way out: the copy is made, and everything is deleted, off the pages."""

import threading

from hemma.lib import loops, wakes
from hemma.portal import actions


def see_clients_out(stop: threading.Event) -> None:
    """Make the copies that are asked for, and delete what was confirmed."""
    for _turn in wakes.turns("exits", stop, every_s=30):
        actions.make_export()
        actions.delete_everything()


loops.register("exits", see_clients_out)
