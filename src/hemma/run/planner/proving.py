"""The proof of how good a plan is, in the background: it tightens while the plan gets better."""

import threading

import numpy as np

from hemma.core.pipeline.plan import Planner
from hemma.core.roster.bound import Bound


class Proof:
    """Begins when the hours of huddles are settled, as a bound holds for those alone. Its loops are
    compiled and let others run, so search and proof have a core each where there are two."""

    def __init__(self, planner: Planner) -> None:
        self._planner, self._over = planner, threading.Event()
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

    def ended(self) -> float | None:
        """The last word: at least one bound, however late it is."""
        self._begin()
        self._over.set()
        self._thread.join()
        return self.best

    def _tighten(self) -> None:
        while self._bound is not None and not (self._over.is_set() and self.best is not None):
            self._bound.tighten()
