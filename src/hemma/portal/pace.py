"""How often customers may try."""

from hemma.lib.pace import Pace, place_of

__all__ = ["WRITING", "WRONG_CODES", "WRONG_CODES_A_CASE", "Pace", "place_of"]

# Wrong codes; what is sent. A family behind one address never meets them.
WRONG_CODES = Pace(10, 60)
WRONG_CODES_A_CASE = Pace(30, 3600)
WRITING = Pace(12, 600)
