"""How far it has come, on the error stream: a terminal sees it, a program that reads JSON does not."""

import sys
from collections.abc import Callable

Step = Callable[[str], None]


def steps(wanted: bool | None) -> Step:
    """Says each step on a line; silent where nobody watches, unless told. None: as the terminal is."""
    shown = sys.stderr.isatty() if wanted is None else wanted

    def step(text: str) -> None:
        if shown:
            print(f"… {text}", file=sys.stderr, flush=True)  # noqa: T201 - the terminal's own

    return step
