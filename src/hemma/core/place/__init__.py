"""Home or office for every working day of a site's people: agreements, seats, days together, fairness.

`place(site)` chooses and proves; `faults(site, places)` judges any choice and shares no code with it.
"""

from hemma.core.place.checking import Fault, Rule, faults, price
from hemma.core.place.facts import Cost, Places, Prices, Site
from hemma.core.place.search import Placed, place

__all__ = [
    "Cost", "Fault", "Placed", "Places", "Prices", "Rule", "Site", "faults", "place", "price",
]  # fmt: skip
