"""The proof of how good a plan is, in the background: it tightens while the plan gets better."""

import threading

import numpy as np

from hemma.core.pipeline.plan import Planner
from hemma.core.roster.bound import Bound


class Proof:
    """Begins when the hours of huddles are settled, as a bound holds for those alone. Its loops are
    compiled and let others run, so search and proof have a core each where there are two. What it
    proves depends on where it began and on its `passes` alone, not on what the search does
    meanwhile. `most` (`None`: as many as there is time for) passes are made, and more only until there
    is a bound at all."""

    def __init__(self, planner: Planner, most: int | None = None) -> None:
        self._planner, self._over, self._most = planner, threading.Event(), most
        self.passes = 0
        self._bound: Bound | None = None
        self._thread = threading.Thread(target=self._tighten, daemon=True)
        self.go_on()

    def go_on(self) -> None:
        """Begin if that can be by now. To be called between the search's steps."""
        if self._planner.settled:
            self._begin()

    def _begin(self) -> None:
        if self._bound is None:
            self._bound = self._planner.bound()
            self._thread.start()

    @property
    def best(self) -> float | None:
        """What no roster can undercut, as far as is known."""
        if self._bound is None or not np.isfinite(self._bound.best):
            return None
        return float(self._bound.best)

    def ended(self, *, at_once: bool = False) -> float | None:
        """The last word: at least one bound, however late it is; with all passes that were asked for,
        unless it is to end `at_once`."""
        self._begin()
        if self._most is None or at_once:
            self._over.set()
        self._thread.join()
        return self.best

    def _tighten(self) -> None:
        while self._bound is not None and not (self._is_enough() and self.best is not None):
            self._bound.tighten()
            self.passes += 1

    def _is_enough(self) -> bool:
        return self._over.is_set() or (self._most is not None and self.passes >= self._most)
