"""Run all checks one after the other, tell each in a line, and fail at the end if any did."""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from hemma.run.checks.steps import STEPS, Step
from hemma.run.places import checkout
from hemma.run.telling import say, warn


def main(steps: Sequence[Step] = STEPS, root: Path | None = None) -> int:
    """0 when every check is content, 1 when one is not or there is no checkout to look at."""
    root = root or checkout()
    if root is None:
        warn("`hemma check` needs the source checkout; an installed package lacks it.")
        return 1
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hemma-check-") as folder:
        # Settings are read without touching anybody's data folder or database.
        os.environ["HEMMA_DATA"] = folder
        os.environ["HEMMA_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none"
        os.environ["DJANGO_SETTINGS_MODULE"] = "hemma.settings"
        failed = [step.name for step in steps if not _tell(step, root)]
    took = time.monotonic() - began
    if failed:
        say(f"\n{len(failed)} of {len(steps)} checks failed ({took:.0f} s): {', '.join(failed)}")
        return 1
    say(f"\nAll {len(steps)} checks are content ({took:.0f} s).")
    return 0


def _tell(step: Step, root: Path) -> bool:
    began = time.monotonic()
    try:
        output = step.run(root)
    except Exception as error:
        output = f"the check itself broke: {type(error).__name__}: {error}"
    took = f"{time.monotonic() - began:6.1f} s"
    say(f"  {step.name:<44} {'ok' if not output else '✗ '} {took}")
    if output:
        say("\n" + "\n".join(f"      {line}" for line in output.rstrip().splitlines()) + "\n")
    return not output


if __name__ == "__main__":
    sys.exit(main())
