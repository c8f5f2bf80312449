"""What the planner's commands understand; imports nothing heavy."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hemma.run.planner.reading_words import (
    event,
    like,
    moment,
    seconds,
    share,
    slower,
    steps,
    within,
)

type Add = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add_planning(add: Add) -> None:
    """The commands `forecast`, `need`, `simulate`, `plan` and `compile`."""
    _add_plan(add("plan", _plan))
    add("compile", _compile).add_argument(
        "--polite", action="store_true", help="give way to everything else on the machine"
    )
    _add_forecast(add("forecast", _forecast))
    need, simulate = add("need", _need), add("simulate", _simulate)
    for parser in (need, simulate):
        _add_load(parser)
    _add_need(need)
    _add_simulate(simulate)


def _add_need(need: argparse.ArgumentParser) -> None:
    need.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="what forecast --json wrote"
    )
    need.add_argument("--quantile", type=float, help="of the forecast's demand (default: expected)")
    need.add_argument(
        "--correction", choices=["none", "lag", "offered_load"], default="offered_load"
    )
    need.add_argument(
        "--off-queue", type=share, default=0.0, help="share of time outside the queue"
    )
    need.add_argument(
        "--at-once", type=int, default=1, help="contacts a person has at a time (chat)"
    )
    need.add_argument("--json", action="store_true", help="for machines")
    need.add_argument(
        "--slower", type=slower, default=1.0, help="so many times longer is each then"
    )
    need.add_argument(
        "--deadline",
        type=seconds,
        help="it may wait so many open hours and is levelled (mail, call-backs): 4h",
    )
    need.add_argument(
        "--open", metavar="08:00-17:00", help="Monday to Friday, when work with a deadline is done"
    )
    need.add_argument(
        "--play", action="store_true", help="play the need, and tell the service over the day"
    )
    need.add_argument("--seed", type=int, default=1, help="of --play")
    need.add_argument("--html", type=Path, metavar="FILE", help="write a report to this file")


def _add_simulate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE",
        help="a day to play, as --example writes it, or what plan --json wrote (FILE.json)",
    )  # fmt: skip
    parser.add_argument(
        "--day", type=date.fromisoformat, help="of the plan (default: its first), 2026-11-03"
    )
    parser.add_argument(
        "--queues", type=Path, metavar="FILE", help="what comes on that day: [[queue]]s by skill"
    )
    parser.add_argument("--days", type=int, default=1000, help="how many days of --hours to play")
    parser.add_argument("--hours", type=float, default=8.0, help="length of a day")
    parser.add_argument(
        "--variation", type=float, default=1.0, help="of the handling time; 1 is exponential"
    )
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same days")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a report to this file")
    parser.add_argument("--example", type=Path, metavar="FILE", help="write a day to begin with")


def _add_forecast(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a CSV with one row an interval")
    parser.add_argument("--time", required=True, metavar="COL", help="the column with the start")
    parser.add_argument(
        "--count", required=True, metavar="COL", help="the column with the contacts"
    )
    parser.add_argument(
        "--queue", metavar="COL", help="the column with the queue, if there are many"
    )
    parser.add_argument("--horizon", type=seconds, default=7 * 86_400, help="7d, 4w (default: 7d)")
    parser.add_argument(
        "--event", action="append", default=[], type=event, metavar="NAME=DAYS[:EFFECT]",
        help="days that differ, learned from those behind: 'bills=2026-10-01,2026-11-01:1.2'",
    )  # fmt: skip
    parser.add_argument(
        "--like", action="append", default=[], type=like, metavar="NEW=QUEUE:SHARE",
        help="a new queue after a known one: 'chat=calls:0.3' gets three tenths of its contacts",
    )  # fmt: skip
    parser.add_argument("--country", help="whose public holidays, for instance SE")
    parser.add_argument(
        "--zone", default="Europe/Stockholm", help="whose clock the times are read on"
    )
    parser.add_argument(
        "--today",
        action="store_true",
        help="the last day is under way: forecast the rest of it too",
    )
    parser.add_argument("--backtest", action="store_true", help="show every candidate's errors")
    parser.add_argument("--json", action="store_true", help="for machines, with every interval")
    parser.add_argument("--html", type=Path, metavar="FILE", help="write a report to this file")


def _add_load(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--contacts", type=float, help="how many come in --per")
    parser.add_argument("--per", type=seconds, default=1800, help="30m, 1h (default: 30m)")
    parser.add_argument("--handling", type=seconds, help="mean handling time: 5m, 300s")
    parser.add_argument("--patience", type=seconds, help="mean time until a customer gives up")
    parser.add_argument("--within", type=within, default=(0.8, 20.0), help="80/20s (the default)")
    parser.add_argument(
        "--occupancy", type=share, default=0.85, help="most of people's time in contacts"
    )
    parser.add_argument("--people", type=int, help="so many people: what service do they give?")


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="SCENARIO_DIR", help="what --example writes"
    )
    parser.add_argument("--seconds", type=seconds, default=60.0, help="how long to look for better")
    parser.add_argument(
        "--steps", type=steps, metavar="N",
        help="so many steps instead of --seconds: the same plan and bound on any machine, however fast",
    )  # fmt: skip
    parser.add_argument(
        "--again", type=Path, metavar="FILE.json",
        help="take the very steps that another run took, as its plan --json tells",
    )  # fmt: skip
    parser.add_argument("--bound", action="store_true", help="prove how far from the best it is")
    parser.add_argument("--json", action="store_true", help="for machines, with every shift")
    parser.add_argument("--example", type=Path, metavar="DIR", help="write a scenario to look at")
    parser.add_argument("--people", type=int, default=30, help="of the example")
    parser.add_argument("--weeks", type=int, default=2, help="of the example")
    parser.add_argument("--seed", type=int, default=1, help="of chance")
    parser.add_argument(
        "--why", action="append", default=[], metavar="NAME",
        help="why this person's days are as they are, and what each would cost to have free",
    )  # fmt: skip
    _add_today(parser)


def _add_today(parser: argparse.ArgumentParser) -> None:
    """Changes within a day of the plan that was written into the folder."""
    parser.add_argument(
        "--today", type=moment, metavar="'2026-11-03 09:00'",
        help="go on from plan.csv at that moment: breaks still to come are placed anew",
    )  # fmt: skip
    parser.add_argument(
        "--away", action="append", default=[], metavar="NAME", help="who is not there any more"
    )
    parser.add_argument(
        "--more", action="append", default=[], metavar="SKILL=1.2", help="so many times the need"
    )
    parser.add_argument(
        "--replan", action="append", default=[], metavar="NAME",
        help="a person, team or site whose shifts are planned anew, with little change",
    )  # fmt: skip
    parser.add_argument("--ask", metavar="11:00-15:00", help="who could be asked to help then")


def _forecast(options: argparse.Namespace) -> int:
    from hemma.run.planner import forecasting

    return forecasting.main(options)


def _need(options: argparse.Namespace) -> int:
    from hemma.run.planner import kept, needing

    kept.forget_if_changed()
    return needing.main(options)


def _simulate(options: argparse.Namespace) -> int:
    from hemma.run.planner import kept, simulating

    kept.forget_if_changed()
    return simulating.main(options)


def _plan(options: argparse.Namespace) -> int:
    from hemma.run.planner import kept, planning

    kept.forget_if_changed()
    return planning.main(options)


def _compile(options: argparse.Namespace) -> int:
    from hemma.run.planner import compiling

    return compiling.main(options)
