"""What the compiler has kept on disk: thrown away when a source has changed, noted when complete.

numba looks for changes in a compiled function's own file alone. A loop that has swallowed a function
of another file would be played as it was before that file changed, so all sources count together.
"""

import contextlib
import hashlib
import os
from pathlib import Path

PACKAGES = ("roster", "routing", "simulation")
_NOTE = "hemma-compiled"
_CORE = Path(__file__).parents[2] / "core"


def forget_if_changed() -> None:
    """Remove what was compiled from other sources than those that are here now."""
    if _read()[:1] == [_digest()]:
        return
    for file in _compiled():
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
    _write(_digest())


def is_complete() -> bool:
    """Whether `note_complete` was called for these very sources and everything is still there."""
    return _read() == [_digest(), "complete", str(len(_compiled()))]


def note_complete() -> None:
    """All loops have been compiled. Says nothing where the folder cannot be written."""
    _write(_digest(), "complete", str(len(_compiled())))


def _digest() -> str:
    told = hashlib.sha256()
    for package in PACKAGES:
        for file in sorted((_CORE / package).glob("*.py")):
            told.update(file.name.encode() + file.read_bytes())
    return told.hexdigest()


def _compiled() -> list[Path]:
    """The compiler's files, beside the sources or where NUMBA_CACHE_DIR says."""
    elsewhere = os.environ.get("NUMBA_CACHE_DIR")
    if elsewhere:
        folders = [x for name in PACKAGES for x in Path(elsewhere).glob(f"{name}_*")]
    else:
        folders = [_CORE / name / "__pycache__" for name in PACKAGES]
    return [file for folder in folders for file in folder.glob("*.nb[ic]")]


def _note() -> Path:
    elsewhere = os.environ.get("NUMBA_CACHE_DIR")
    return Path(elsewhere) / _NOTE if elsewhere else _CORE / "roster" / "__pycache__" / _NOTE


def _read() -> list[str]:
    try:
        return _note().read_text(encoding="utf-8").split()
    except OSError:
        return []


def _write(*words: str) -> None:
    with contextlib.suppress(OSError):
        _note().parent.mkdir(parents=True, exist_ok=True)
        _note().write_text(" ".join(words), encoding="utf-8")
