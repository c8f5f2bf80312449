"""What must never be built: control of people, and data that nobody may hold about them."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from architecture.rules.trees import dotted, files, furniture, parsed, place, sources

# Watching somebody at work. Calls (sound, picture) will name their one module here.
WATCHING = re.compile(
    r"getDisplayMedia|getUserMedia|ImageCapture|IdleDetector|MediaRecorder|html2canvas"
    r"|navigator\s*\.\s*geolocation|clipboard\s*\.\s*read|navigator\s*\.\s*keyboard"
)
CONTROL = {
    "adherence", "engagement", "geolocation", "gps", "keystroke", "keystrokes", "latitude",
    "leaderboard", "longitude", "productivity", "rank", "ranking", "score", "scores", "screenshot",
    "sentiment", "streak", "suitability", "surveillance", "webcam",
}  # fmt: skip
SENSITIVE = {
    "biometric", "child", "children", "church", "diagnos", "diagnosis", "disability", "disease",
    "emotion", "ethnicity", "faith", "family", "health", "household", "illness", "marital",
    "medical", "political", "pregnancy", "pregnant", "religion", "religious", "sexual", "spouse",
    "symptom", "symptoms", "union",
}  # fmt: skip
SYSTEMS_TOO = {"health"}  # queues and processes have it as well; no column may
ABSENCE, REASON = {"absence", "sick", "leave", "absent"}, {"reason", "cause", "why"}
IMPERSONATION = re.compile(r"impersonat|hijack|login.?as|masquerade|sudo", re.IGNORECASE)
DEPENDENCIES = {
    "afinn", "deepface", "face-recognition", "fer", "geoip2", "keyboard", "librosa", "maxminddb",
    "mediapipe", "mouse", "mss", "opensmile", "py-feat", "pyautogui", "pynput", "pyscreenshot",
    "speechbrain", "textblob", "vader",
}  # fmt: skip
DEPENDENCY_PARTS = ("emotion", "sentiment", "hijack", "impersonat", "loginas", "keylog")


def words_of(name: str) -> set[str]:
    """`absenceReason`, `absence_reason` and `absence-reason/` → {absence, reason}."""
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name)
    return {word for word in re.split(r"[^a-z]+", spread.lower()) if word}


def bad_name(name: str, *, but: Iterable[str] = ()) -> str:
    """Why a table, column, address or identifier must not be called so; empty when it may."""
    words = words_of(name) - set(but)
    if words & CONTROL:
        return f"measures people: {', '.join(sorted(words & CONTROL))}"
    if words & SENSITIVE:
        return f"nobody's business: {', '.join(sorted(words & SENSITIVE))}"
    if words & ABSENCE and words & REASON:
        return "asks why somebody is absent"
    return ""


def watching(package: Path) -> Iterator[str]:
    """No client code can see the screen, the camera, the keyboard or the place of a person."""
    for path in files(package, ".js", ".html"):
        text = path.read_text()
        for match in WATCHING.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield f"{place(package, path, line)} watches: {match[0]}"
        for name in sorted(set(re.findall(r"(?:id|name|class|data-[a-z-]+)=\"([^\"{]+)\"", text))):
            for part in name.split():
                if reason := bad_name(part, but=SYSTEMS_TOO):
                    yield f"{place(package, path, 1)} {part} {reason}"


def schema(package: Path) -> Iterator[str]:
    """No table or column for what must not be known."""
    for path in furniture(package, "models"):
        for node in ast.walk(parsed(path)):
            if not isinstance(node, ast.ClassDef):
                continue
            names = [node.name, *(name for name in _assigned(node))]
            for name in names:
                if reason := bad_name(name):
                    yield f"{place(package, path, node.lineno)} {node.name}.{name} {reason}"


def _assigned(node: ast.ClassDef) -> Iterator[str]:
    for inside in node.body:
        targets = inside.targets if isinstance(inside, ast.Assign) else []
        if isinstance(inside, ast.AnnAssign):
            targets = [inside.target]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def addresses(package: Path) -> Iterator[str]:
    """No address measures people or lets somebody act as another; no ready-made admin."""
    for path in sources(package):
        tree = parsed(path)
        if "django.contrib.admin" in path.read_text():
            yield f"{place(package, path, 1)} opens Django's admin"
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and dotted(node.func).split(".")[-1]
            if not isinstance(node, ast.Call) or called not in {"path", "re_path"}:
                continue
            texts = [x.value for x in ast.walk(node) if isinstance(x, ast.Constant)]
            for text in (x for x in texts if isinstance(x, str)):
                if IMPERSONATION.search(text):
                    yield f"{place(package, path, node.lineno)} {text} acts as another person"
                if reason := bad_name(text, but=SYSTEMS_TOO):
                    yield f"{place(package, path, node.lineno)} {text} {reason}"


def dependencies(names: Iterable[str]) -> Iterator[str]:
    """No package that reads feelings, watches people, or lets somebody act as another."""
    for name in names:
        low = name.lower().replace("_", "-")
        if low in DEPENDENCIES or any(part in low for part in DEPENDENCY_PARTS):
            yield f"{name} must not be a dependency"
