"""The rooms' catalogues: compile them, bring them up to date, say what is missing.

    python -m hemma.ui.catalogues            compiles what is older than its source
    python -m hemma.ui.catalogues update     adds new words, drops those that are gone
    python -m hemma.ui.catalogues check      says what is missing or wrong; exit status 1 if any

A catalogue has no places, no dates, and stands in order, so that two people's changes do not
meet. English is written by `update`; Swedish, Norwegian and Spanish by people.
"""

import os
import re
import sys
from pathlib import Path

import polib

from hemma.ui.extraction import (
    Message,
    NotLiteralError,
    extract,
    from_python,
    from_template,
)

PACKAGE = Path(__file__).resolve().parent.parent
LANGUAGES = ("sv", "nb", "en")
# A room whose pages customers read speaks to them in more languages than the people at work do.
# Its catalogue in these also holds what its pages borrow from the frame.
CUSTOMERS = {"portal": ("es",)}
BORROWED = ("times.py", "templatetags/hemma_ui.py", "templates/ui/form_errors.html")
PLURALS = 2  # all of them have one and many
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]|%[sd]|(?<!\{)\{\w+\}(?!\})")


def rooms(package: Path = PACKAGE) -> list[Path]:
    """The folders that have something to translate, or once had."""
    return [
        folder
        for folder in sorted(package.iterdir())
        if folder.is_dir() and ((folder / "locale").is_dir() or _has_words(folder))
    ]


def _has_words(folder: Path) -> bool:
    try:
        return bool(extract(folder))
    except NotLiteralError:
        return True  # `check` says what is wrong with it


def po_path(room: Path, language: str) -> Path:
    """Where the catalogue of a room and a language lies."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Make the `.mo` beside each `.po` that lacks one or is newer; returns those made."""
    made = []
    for source in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # Two processes may start at once: neither may see half a file.
        part = target.with_suffix(f".{os.getpid()}.part")
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(part))
        part.replace(target)
        made.append(target)
    return made


def update(package: Path = PACKAGE) -> None:
    """Bring every room's catalogues in step with its words, keeping what is translated."""
    for room in rooms(package):
        own = extract(room)
        for language in (*LANGUAGES, *CUSTOMERS.get(room.name, ())):
            messages = _told(room, language, own)
            path = po_path(room, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, language, messages)


def _told(room: Path, language: str, own: set[Message]) -> set[Message]:
    """What a room's catalogue in `language` holds: its own words, and what no other would say."""
    return own if language in LANGUAGES else own | _borrowed(room.parent)


def _borrowed(package: Path) -> set[Message]:
    found: set[Message] = set()
    for name in BORROWED:
        path = package / "ui" / name
        if path.exists():
            read = from_python if path.suffix == ".py" else from_template
            found |= set(read(path.read_text(encoding="utf-8"), path.name))
    return found


def _write(path: Path, language: str, messages: set[Message]) -> None:
    known = _read(path)
    catalogue = polib.POFile(wrapwidth=99)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(messages):
        catalogue.append(_entry(message, language, known.get(message)))
    text = f"{str(catalogue).rstrip()}\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _entry(message: Message, language: str, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.msgid, msgid_plural=message.plural, msgctxt=message.context or None
    )
    if message.plural:
        own = {0: message.msgid, 1: message.plural}
        before = known.msgstr_plural if known else dict.fromkeys(range(PLURALS), "")
        entry.msgstr_plural = own if language == "en" else before
    elif language == "en":
        entry.msgstr = message.msgid
    else:
        entry.msgstr = known.msgstr if known else ""
    return entry


def _read(path: Path) -> dict[Message, polib.POEntry]:
    if not path.exists():
        return {}
    return {
        Message(entry.msgid, entry.msgctxt or "", entry.msgid_plural or ""): entry
        for entry in polib.pofile(str(path), encoding="utf-8", wrapwidth=99)
        if not entry.obsolete
    }


def check(package: Path = PACKAGE) -> list[str]:
    """What is missing or wrong in any room's catalogues, in words; empty when all is well."""
    problems: list[str] = []
    for room in rooms(package):
        try:
            own = extract(room)
        except NotLiteralError as error:
            problems.append(f"{room.name}: {error}")
            continue
        for language in (*LANGUAGES, *CUSTOMERS.get(room.name, ())):
            messages = _told(room, language, own)
            path = po_path(room, language)
            where = f"{room.name}/{language}"
            if not path.exists():
                problems.append(f"{where}: there is no catalogue")
                continue
            problems += [f"{where}: {problem}" for problem in _check_file(path, messages)]
    return problems + [said for language in LANGUAGES for said in _check_same(package, language)]


def _check_same(package: Path, language: str) -> list[str]:
    """Django pours all rooms into one catalogue: the same words must be said the same way."""
    said: dict[Message, tuple[str, object]] = {}
    problems = []
    for path in sorted(package.glob(f"*/locale/{language}/LC_MESSAGES/django.po")):
        room = path.parents[2].parent.name
        for message, entry in _read(path).items():
            form = entry.msgstr_plural or entry.msgstr
            other, before = said.setdefault(message, (room, form))
            if before != form:
                problems.append(
                    f"{room}/{language}: {message.msgid!r} is said differently in {other}"
                )
    return problems


def _check_file(path: Path, messages: set[Message]) -> list[str]:
    known = _read(path)
    obsolete = [entry for entry in polib.pofile(str(path), encoding="utf-8") if entry.obsolete]
    problems = [f"{message.msgid!r} is missing" for message in sorted(messages - known.keys())]
    problems += [f"{message.msgid!r} is not used" for message in sorted(known.keys() - messages)]
    problems += [f"{entry.msgid!r} is obsolete" for entry in obsolete]
    for message in sorted(messages & known.keys()):
        problems += [f"{message.msgid!r} {said}" for said in _check_entry(message, known[message])]
    return problems


def _check_entry(message: Message, entry: polib.POEntry) -> list[str]:
    if entry.fuzzy:
        return ["is fuzzy"]
    forms = dict(entry.msgstr_plural) if message.plural else {0: entry.msgstr}
    if message.plural and set(forms) != set(range(PLURALS)):
        return [f"has {len(forms)} plural forms instead of {PLURALS}"]
    if not all(form.strip() for form in forms.values()):
        return ["is not translated"]
    wanted = {0: message.msgid, 1: message.plural}
    for index, form in forms.items():
        if sorted(_PLACEHOLDER.findall(form)) != sorted(_PLACEHOLDER.findall(wanted[index])):
            return [f"has other placeholders in {form!r}"]
    return []


def main(arguments: list[str]) -> int:
    """The command line; returns the exit status."""
    verb = arguments[0] if arguments else "compile"
    if verb == "compile":
        compile_all()
        return 0
    if verb == "update":
        update()
        return 0
    if verb == "check":
        problems = check()
        sys.stdout.write("".join(f"{problem}\n" for problem in problems))
        return bool(problems)
    sys.stdout.write(f"{__doc__}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
