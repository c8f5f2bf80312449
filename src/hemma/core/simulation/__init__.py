"""Days of customers and people, played event by event.

`play(Scenario, days, seed)` is the whole interface. The loop is compiled when it is first called;
importing this package loads no compiler.
"""

from hemma.core.simulation.playing import Estimate, Outcome, Scenario, TooLong, play

__all__ = ["Estimate", "Outcome", "Scenario", "TooLong", "play"]
