"""Home or office for every working day of a site's people: agreements, seats, days together, fairness.

`place(site)` chooses and proves; `faults(site, places)` judges any choice and shares no code with it;
`why_place` says what keeps somebody from the place they wished for.
"""

from hemma.core.place.checking import Fault, Rule, faults, price
from hemma.core.place.explaining import Holding, Holds, PlaceAnswer, why_place
from hemma.core.place.facts import Cost, Places, Prices, Site
from hemma.core.place.search import Placed, place

__all__ = [
    "Cost", "Fault", "Holding", "Holds", "PlaceAnswer", "Placed", "Places", "Prices", "Rule", "Site",
    "faults", "place", "price", "why_place",
]  # fmt: skip
