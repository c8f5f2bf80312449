"""Days of customers and people, played event by event.

`play(Scenario, days, seed)` plays groups of people by a plain policy, very fast. `play_people`
plays each person's own day by a policy that is passed in (`core.pipeline` passes in the live one).
The loops are compiled when they are first called; importing this package loads no compiler.
"""

from hemma.core.simulation.outcome import Counted, Estimate, Outcome, difference
from hemma.core.simulation.playing import play
from hemma.core.simulation.scenario import Scenario, TooLong

__all__ = ["Counted", "Estimate", "Outcome", "Scenario", "TooLong", "difference", "play"]
