"""Words that must not stand in the repository: secrets, somebody's machine, things left undone."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

# Others' files, and lists of hashes: nobody writes them by hand.
LEFT_OUT = re.compile(r"(^|/)(vendor|font)/|\.lock$|^LICENSE$|OFL\.txt$")
# Written apart, so that this file does not find itself.
_UNDONE = "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX"))
_PATTERNS = {
    "left undone": re.compile(rf"\b(?:{_UNDONE})\b"),
    "a path of somebody's machine": re.compile(
        r"(?<![\w.~])/(?:home/(?!linuxbrew\b)|Users/|root/|work/)[\w.-]+"
    ),
    "the name of an inner host": re.compile(
        r"\b[\w-]+\.(?:internal|intranet|corp|lan)\b(?!\.\w)(?! import)"
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + " KEY-----"),
    "an access key": re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[\w-]{10,}|sk-[A-Za-z0-9]{32,})\b"
    ),
    "credentials in an address": re.compile(
        r"://[\w.+-]+:(?!password@|secret@)[^\s@/'\"{}<>:]{3,}@"
    ),
}
_INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|https?://")


def texts(root: Path) -> Iterator[Path]:
    """The files under version control that hold text; all files where there is no git."""
    for path in _tracked(root):
        if path.is_file() and not path.is_symlink() and b"\0" not in path.read_bytes()[:4096]:
            try:
                path.read_text()
            except UnicodeDecodeError:
                continue
            yield path


def _tracked(root: Path) -> list[Path]:
    listed = subprocess.run(  # noqa: S603 - our own list, no shell
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        return [root / name for name in sorted(listed.stdout.decode().split("\0")) if name]
    hidden = re.compile(r"(^|/)(\.[^/]*|__pycache__|dist|build)/")
    found = sorted(path for path in root.rglob("*") if path.is_file())
    return [path for path in found if not hidden.search(path.relative_to(root).as_posix())]


def check(root: Path) -> Iterator[str]:
    """One line a finding: `file:line: what`; the finding itself is not repeated, it may be secret."""
    for path in texts(root):
        name = path.relative_to(root).as_posix()
        if name.endswith(".lock") and _INDEX.search(path.read_text()):
            yield f"{name}: names a package index"
        if LEFT_OUT.search(name):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for what, pattern in _PATTERNS.items():
                if pattern.search(line):
                    yield f"{name}:{number}: {what}"
