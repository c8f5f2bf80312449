"""The words behind `hemma effects`. No numbers are imported here: `--help` answers at once."""

import argparse
from collections.abc import Callable
from pathlib import Path

COUNTING = ("all-effects", "not-nested", "exposures-only", "plain")


def add_options(parser: argparse.ArgumentParser) -> None:
    """What is asked, of which rows, and how it is told."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help="CSV or XLSX, one row per person and period")
    add("--outcome", required=True, action="append", metavar="COLUMN",
        help="may be repeated with --design parity")  # fmt: skip
    add("--exposure", required=True, action="append", metavar="COLUMN", help="may be repeated")
    add("--person", required=True, metavar="COLUMN")
    add("--period", metavar="COLUMN", help="without it: one row per person, no effects taken out")
    add("--control", action="append", default=[], metavar="COLUMN", help="may be repeated")
    add("--weights", metavar="COLUMN")
    add("--cluster", metavar="COLUMN", help="whose errors go together (default: the person)")
    add("--design", choices=["panel", "waves", "did", "parity", "stay"], default="panel",
        help="panel: within persons and periods; waves: starts drawn by lot; did: staggered starts;"
        " parity: each outcome by the exposure, controls held, equality to be earned;"
        " stay: how long people stay (--outcome a time, --event who left)")  # fmt: skip
    add("--model", choices=["linear", "probit", "logit", "poisson"], default="linear",
        help="probit, logit: outcome 0 or 1, told as marginal effects, without --period;"
        " poisson: counts, told as ratios")  # fmt: skip
    add("--hours", metavar="COLUMN", help="with poisson: counts per hour of this column")
    add("--by", metavar="COLUMN", help="the first exposure's effect in each group, too")
    _add_ways(add)
    add("--level", type=float, default=0.95, help="of the intervals (default: 0.95)")
    add("--margin", type=float, help="test 'no difference larger than this'")
    add("--event", metavar="COLUMN", help="with stay: 1 where the time ended with leaving")
    add("--progress", action=argparse.BooleanOptionalAction, default=None,
        help="say each step (default: when a terminal watches)")  # fmt: skip
    add("--where", action="append", default=[], metavar="CONDITION", help="such as 'week<=201133'")
    add("--missing-value", action="append", default=[], metavar="COLUMN=VALUE")
    add("--accept", action="append", default=[], metavar="COLUMN", help="odd values are right")
    add("--maximum", action="append", default=[], metavar="COLUMN=VALUE", help="a score's highest")
    add("--report", type=Path, metavar="FILE.html", help="write a page with picture and tables")
    add("--json", action="store_true")


def _add_ways(add: Callable[..., object]) -> None:
    """How errors, intervals and comparisons are made."""
    add("--redraw", type=int, metavar="TIMES", help="with waves: draw the lot so often again")
    add("--seed", type=int, default=1, help="of --redraw (default: 1)")
    add("--at", choices=["average", "means"], default="average", help="where marginal effects are")
    add(
        "--errors",
        choices=["auto", "cr1", "cr2"],
        default="auto",
        help="auto: cr2 below 50 clusters",
    )
    add("--counting", choices=COUNTING, default="all-effects",
        help="what uses up degrees of freedom")  # fmt: skip
    add("--curve", choices=["t", "normal"], default="t", help="the curve behind the intervals")
    add("--controls-from", choices=["not-yet", "never"], default="not-yet",
        help="whom waves and did compare with")  # fmt: skip
