"""What would break trust though no single word gives it away: docs/how/guards.md tells them apart."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from architecture.rules.never import CONTROL, IMPERSONATION, words_of
from architecture.rules.trees import dotted, files, furniture, imported, parsed, place, sources

# A listener on the whole page hears everything somebody does. Script → what it may hear: the
# shortcuts and the palette need keys, drafts keep what one writes in this browser, minutes rest while unseen, the
# rhythm's own buttons, the curtain the key that hides and whether anybody is at the table. None of
# them may send anything.
HEARS = {
    "ui/static/ui/curtain.js": {"keydown", "pointerdown", "pointermove", "wheel"},
    "ui/static/ui/palette.js": {"keydown"},
    "ui/static/ui/shortcuts.js": {"keydown"},
    "ui/static/ui/drafts.js": {"input"},
    "ui/static/ui/minutes.js": {"visibilitychange"},
    "workday/static/workday/rhythm.js": {"click"},
}
_DOING = (
    r"key(?:down|up|press)|(?:mouse|pointer|touch)\w*|click|dblclick|wheel|scroll|input|beforeinput"
    r"|copy|cut|paste|select(?:ionchange)?|focus|blur|visibilitychange|freeze|resume"
)
_LISTENER = re.compile(
    rf"\b(?:document|window|body|documentElement|globalThis|self)\s*\.\s*"
    rf"(?:addEventListener\(\s*[\"'`](?P<event>{_DOING})[\"'`]|on(?P<old>{_DOING})\s*=)"
)
_SENDS = re.compile(r"\bfetch\(|XMLHttpRequest|sendBeacon|WebSocket|htmx\s*\.\s*ajax|\.submit\(")
_UNSEEN = re.compile(r"sendBeacon|new WebSocket|keepalive\s*:|chrome\.runtime|browser\.runtime")
_ELSEWHERE = re.compile(
    r"(?:\b(?:src|href|action|srcset|poster|hx-(?:get|post))\s*=\s*[\"']?|url\(\s*[\"']?"
    r"|@import\s+[\"']|\b(?:fetch|import)\(\s*[\"'`]|\bfrom\s+[\"']|new EventSource\(\s*[\"'`])"
    r"(?P<host>(?:https?:|wss?:)?//[^\s\"'`)>]+)"
)
_OWN = re.compile(r"https?://www\.w3\.org/")
PROGRAMS = {".apk", ".crx", ".deb", ".dmg", ".exe", ".ipa", ".msi", ".pkg", ".rpm", ".xpi"}
LISTENING_IN = {"barge", "eavesdrop", "recording", "recordings", "transcript", "wiretap", "whisper"}
ANSWERS = {"answer", "answers", "response", "responses", "reply"}
ASKING = {"pulse", "survey"}
GUILT = re.compile(
    r"\bstreaks?\b|leader ?board|top performers?|falling behind|slack(?:ing|ed) off|hurry up"
    r"|still there\?|you(?:'ve| have) been (?:idle|inactive|away)|back to work|last chance"
    r"|everyone else (?:is|has)|too many (?:pauses|breaks)|break(?:s)? too long"
    r"|är du kvar\?|du har varit (?:inaktiv|borta)|skynda|top+list[ae]|för (?:lång|många) (?:paus|rast)"
    r"|er du der (?:ennå|fortsatt)\?|du har vært (?:inaktiv|borte)|for (?:lang|mange) pause",
    re.IGNORECASE,
)
RESTING = re.compile(r"\b(?:break|pause|rest|rhythm|nudge|fika)s?\b")
ALARM = re.compile(r"--(?:on-)?danger\b|\b(?:badge|note|pill)-danger\b")
SIGNS_IN = {"people/views/door.py"}
_LOGINS = {"django.contrib.auth.login", "django.contrib.auth.alogin"}
_LOGIN_CALLS = (".force_login", "auth.login", "auth.alogin")


def listening(package: Path) -> Iterator[str]:
    """N1: scripts hear a whole page only where it is needed, and those that do send nothing."""
    for path in files(package, ".js", ".html"):
        text, name = path.read_text(), path.relative_to(package).as_posix()
        heard = {match["event"] or match["old"] for match in _LISTENER.finditer(text)}
        for event in sorted(heard - HEARS.get(name, set())):
            yield f"{name} hears every {event}"
        if heard and (sends := _SENDS.search(text)):
            yield f"{name} hears the page and sends: {sends[0]}"
        for match in _UNSEEN.finditer(text):
            yield f"{name} sends unseen: {match[0]}"


def elsewhere(package: Path) -> Iterator[str]:
    """N8: pages load nothing from other hosts, which would learn who sits where and when."""
    for path in files(package, ".html", ".js", ".css", ".svg"):
        text = path.read_text()
        for match in _ELSEWHERE.finditer(text):
            if not _OWN.match(match["host"]):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{place(package, path, line)} asks {match['host']}"


def programs(package: Path) -> Iterator[str]:
    """N11: nothing to install on anybody's own device."""
    for path in sorted(package.rglob("*")):
        if path.suffix.lower() in PROGRAMS:
            yield f"{path.relative_to(package).as_posix()} is to be installed"


def figures(package: Path) -> Iterator[str]:
    """N5, N6, N7: no read, verb, page, or field that a page is given measures people."""
    for name in ("queries", "actions", "views", "tasks", "forms"):
        for path in furniture(package, name):
            for node in ast.walk(parsed(path)):
                for called in _given_names(node):
                    if found := words_of(called) & CONTROL:
                        where = place(package, path, getattr(node, "lineno", 1))
                        yield f"{where} {called} measures people: {', '.join(sorted(found))}"


def _given_names(node: ast.AST) -> Iterator[str]:
    """The names under which a room hands something out: functions, fields, keys of a dict."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id
    elif isinstance(node, ast.Dict):
        for key in node.keys:
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value


def answers(package: Path) -> Iterator[str]:
    """N2: what somebody answers to a pulse holds no key to a person, in whatever room it lies."""
    for path in furniture(package, "models"):
        asks = words_of(path.relative_to(package).parts[0]) & ASKING
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.ClassDef):
                continue
            words = words_of(node.name)
            if words & ANSWERS and (asks or words & ASKING):
                for inside in ast.walk(node):
                    if _names_a_person(inside):
                        yield f"{place(package, path, node.lineno)} {node.name} knows who answered"


def _names_a_person(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value in {"people.Person", "people.Membership"}
    return (isinstance(node, ast.Name | ast.Attribute)) and (
        dotted(node).split(".")[-1] in {"Person", "Membership", "AUTH_USER_MODEL", "journal_key"}
    )


def listening_in(package: Path) -> Iterator[str]:
    """N10: no table and no address for hearing or keeping what people say."""
    for path in furniture(package, "models"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef) and words_of(node.name) & LISTENING_IN:
                yield f"{place(package, path, node.lineno)} {node.name} keeps what people say"
    for path in furniture(package, "urls"):
        for node in ast.walk(parsed(path)):
            said = node.value if isinstance(node, ast.Constant) else None
            if isinstance(said, str) and words_of(said) & LISTENING_IN:
                yield f"{place(package, path, getattr(node, 'lineno', 1))} {said} listens in"


def guilt(package: Path) -> Iterator[str]:
    """N12: no words of guilt or haste, and a pause is never painted as a danger."""
    for path in files(package, ".html", ".js", ".po"):
        text = path.read_text()
        for match in GUILT.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{place(package, path, line)} says {match[0]!r}"
    for path in files(package, ".css"):
        for rule in re.finditer(r"([^{}]+)\{([^{}]*)\}", path.read_text()):
            if RESTING.search(rule[1]) and ALARM.search(rule[2]):
                yield f"{path.relative_to(package).as_posix()} alarms: {rule[1].strip()}"


def acting(package: Path) -> Iterator[str]:
    """N13: one door signs people in, and nothing is named for acting as somebody else."""
    for path in sources(package):
        tree, name = parsed(path), path.relative_to(package).as_posix()
        signs = [(line, what) for what, line in imported(tree) if what in _LOGINS]
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                if IMPERSONATION.search(node.name):
                    yield f"{name}:{node.lineno} {node.name} acts as another person"
            elif isinstance(node, ast.Call) and dotted(node.func).endswith(_LOGIN_CALLS):
                signs.append((node.lineno, dotted(node.func)))
        if name not in SIGNS_IN:
            yield from (f"{name}:{line} signs in beside the door: {what}" for line, what in signs)
