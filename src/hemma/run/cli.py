"""The commands. Nothing heavy is imported before it is known which one is meant."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from hemma.run import importing
from hemma.run.effects.options import add_options
from hemma.run.places import checkout, data_folder
from hemma.run.planner.options import add_planning
from hemma.run.telling import Refusal, warn

# Name, what it does, whether it is shown. The launcher's own --help repeats the shown ones.
COMMANDS = {
    "demo": "try Hemma with invented customers and colleagues; nothing of yours is touched",
    "serve": "run Hemma: database, pages, worker and mail in one go",
    "worker": "run the worker alone (jobs and routing)",
    "mail": "run the mail poller alone",
    "forecast": "what will come, from a CSV of what came",
    "need": "how many people it takes, or what service so many give",
    "simulate": "play days of customers and people, and tell what service they meet",
    "compile": "compile the planner's inner loops ahead of the first day that is played",
    "plan": "who works when: a scenario's folder in, a roster out, with a proof of how good it is",
    "test": "run the tests; further words go to pytest",
    "check": "run every check that the project's own rules ask for",
    "bench": "run one measurement, for instance: bench live",
    "backup": "write everything into one file, also while Hemma runs",
    "restore": "read such a file back",
    "user": "add a person: user add EMAIL --name NAME",
    "import": "cases from another program's export: import zendesk FILE or import zammad FILE",
    "rules": "what the law says of a week: rules check FILE (CSV or JSON)",
    "doctor": "look whether all that Hemma needs is in order",
    "effects": "what a change did to an outcome, from a table of persons and periods",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command. The exit code: 0 well, 1 refused or failed, 2 not understood."""
    given = list(sys.argv[1:] if words is None else words)
    try:
        if given[:1] == ["test"]:  # everything behind it is pytest's, --help too
            from hemma.run import developer

            return developer.test(given[1:])
        options = _parser().parse_args(given)
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except Refusal as refusal:
        warn(str(refusal))
        return refusal.code
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hemma", description="Customer service from anywhere.", allow_abbrev=False
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        text = COMMANDS[name]
        made = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        made.set_defaults(run=run)
        return made

    _add_starting(add)
    _add_keeping(add)
    add_planning(add)
    _add_developing(add)
    add_options(add("effects", _effects))
    web = commands.add_parser("web")  # what the supervisor starts; not for people
    web.add_argument("--port", type=_port)
    web.add_argument("--fd", type=int)
    web.set_defaults(run=_web)
    return parser


type _Add = Callable[[str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def _add_starting(add: _Add) -> None:
    demo, serve = add("demo", _demo), add("serve", _serve)
    for parser, folder in ((demo, "hemma/demo"), (serve, "hemma/main")):
        parser.add_argument("--port", type=_port, help="the port of the pages (default: 8000)")
        parser.add_argument(
            "--data", metavar="DIR", help=f"the data folder (default: {folder} in your data home)"
        )
        parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    demo.add_argument("--people", type=_people, metavar="N", help="how many colleagues")
    demo.add_argument("--seed", type=int, metavar="S", help="the same seed plays the same day")
    add("worker", _worker)
    add("mail", _mail)


def _add_keeping(add: _Add) -> None:
    backup, restore = add("backup", _backup), add("restore", _restore)
    for parser in (backup, restore):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--data", metavar="DIR", help="the data folder, as for serve")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="replace what is there (kept until all has succeeded)",
    )
    user = add("user", _user)
    user.add_argument("verb", choices=["add"])
    user.add_argument("email")
    user.add_argument("--name", required=True, help="as colleagues see it")
    user.add_argument("--role", action="append", default=[], help="may be given several times")
    user.add_argument("--team", help="the name of a team")
    user.add_argument("--password-stdin", action="store_true", help="read it from standard input")
    user.add_argument("--data", metavar="DIR", help="the data folder, as for serve")
    importing.add_options(add("import", _import))
    _add_rules(add("rules", _rules))
    doctor = add("doctor", _doctor)
    doctor.add_argument("--data", metavar="DIR", help="the data folder, as for serve")
    doctor.add_argument("--port", type=_port, help="the port that should be free")


def _add_rules(rules: argparse.ArgumentParser) -> None:
    rules.add_argument("verb", choices=["check"])
    rules.add_argument("file", metavar="FILE", type=Path, help="rows: person, kind, start, end ...")
    rules.add_argument(
        "--country", choices=["se", "no", "es", "dk", "fi", "eu"], help="of all rows"
    )
    rules.add_argument("--zone", help="of the workplace, for instance Atlantic/Canary")
    rules.add_argument(
        "--language",
        choices=["sv", "nb", "en", "es", "da", "fi"],
        default="en",
        help="of the words",
    )
    rules.add_argument("--agreement", metavar="TOML", type=Path, help="a collective agreement")
    rules.add_argument("--json", action="store_true", help="for programs")


def _add_developing(add: _Add) -> None:
    add("test", _test)
    add("check", _check)
    bench = add("bench", _bench)
    bench.add_argument("name", metavar="NAME")
    bench.add_argument("words", nargs=argparse.REMAINDER, help="passed to the measurement")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (1 to 65535)")
    return int(text)


def _people(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of people")
    return int(text)


def _start(options: argparse.Namespace, *, demo: bool) -> int:
    from hemma.run.children import Settings
    from hemma.run.start import start

    return start(
        Settings(
            data=data_folder(options.data, demo=demo),
            port=options.port,
            open_browser=not options.no_open,
            demo=demo,
            people=options.people if demo else None,
            seed=options.seed if demo else None,
        )
    )


def _demo(options: argparse.Namespace) -> int:
    return _start(options, demo=True)


def _serve(options: argparse.Namespace) -> int:
    return _start(options, demo=False)


def _web(options: argparse.Namespace) -> int:
    _prepare_django()
    from hemma.run import web

    return web.main(port=options.port, listening=options.fd)


def _worker(_: argparse.Namespace) -> int:
    _prepare_django()
    from hemma.run import worker

    return worker.main()


def _mail(_: argparse.Namespace) -> int:
    _prepare_django()
    from hemma.run import worker

    return worker.mail()


def _prepare_django() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemma.settings")


def _backup(options: argparse.Namespace) -> int:
    from hemma.run import backup

    return backup.write(options.file.expanduser().resolve(), data_folder(options.data))


def _restore(options: argparse.Namespace) -> int:
    from hemma.run import restore

    file = options.file.expanduser().resolve()
    return restore.read(file, data_folder(options.data), replace=options.replace)


def _user(options: argparse.Namespace) -> int:
    from hemma.run import accounts

    return accounts.add(options, data_folder(options.data))


def _import(options: argparse.Namespace) -> int:
    return importing.run(options, data_folder(options.data))


def _rules(options: argparse.Namespace) -> int:
    from hemma.run import rules

    return rules.main(
        options.file.expanduser(),
        country=options.country,
        zone=options.zone,
        language=options.language,
        agreement=options.agreement,
        as_json=options.json,
    )


def _doctor(options: argparse.Namespace) -> int:
    from hemma.run import doctor

    return doctor.main(data_folder(options.data), options.port, checkout())


def _effects(options: argparse.Namespace) -> int:
    from hemma.run.effects import command

    return command.run(options)


def _test(_: argparse.Namespace) -> int:
    raise AssertionError("test is handled before the words are parsed")


def _check(_: argparse.Namespace) -> int:
    from hemma.run import developer

    return developer.check()


def _bench(options: argparse.Namespace) -> int:
    from hemma.run import developer

    return developer.bench(options.name, options.words)
