"""The changelog is written in fragments, one file a change, so that two changes never collide.

    changelog.d/<slug>.<added|changed|fixed|security>.md    one or more sentences for the reader

At a release they become a section of CHANGELOG.md:

    python -m hemma.run.checks.fragments 0.2.0 2026-12-01
"""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

KINDS = {"added": "Added", "changed": "Changed", "fixed": "Fixed", "security": "Security"}
LONGEST = 600
_NAME = re.compile(rf"[a-z0-9]+(-[a-z0-9]+)*\.({'|'.join(KINDS)})\.md")
_HEADING = "## "


def check(root: Path) -> Iterator[str]:
    """One line for each fragment that is named or written otherwise than the habit is."""
    folder = root / "changelog.d"
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name in {".gitkeep", "README.md"}:
            continue
        if not _NAME.fullmatch(path.name):
            yield f"{path.name} is not called <slug>.<{'|'.join(KINDS)}>.md"
            continue
        text = path.read_text().strip()
        if not text or text[0] in "#-*" or text[-1] not in ".!?)`":
            yield f"{path.name} must hold whole sentences, without heading or bullet"
        elif len(text) > LONGEST or "\n\n" in text:
            yield f"{path.name} must be one paragraph of at most {LONGEST} characters"


def assemble(root: Path, version: str, date: str) -> None:
    """Move every fragment into a new section at the top of CHANGELOG.md. Raises ValueError."""
    if complaints := list(check(root)):
        raise ValueError("\n".join(complaints))
    found = sorted(path for path in (root / "changelog.d").glob("*.md") if path.name != "README.md")
    section = [f"{_HEADING}{version} – {date}", ""]
    for kind, title in KINDS.items():
        texts = [path.read_text() for path in found if path.name.endswith(f".{kind}.md")]
        if texts:
            bullets = ["- " + " ".join(text.split()) for text in texts]
            section += [f"### {title}", "", *bullets, ""]
    changelog = root / "CHANGELOG.md"
    before, heading, after = changelog.read_text().partition(f"\n{_HEADING}")
    changelog.write_text(before.rstrip() + "\n\n" + "\n".join(section) + heading + after)
    for path in found:
        path.unlink()


def main(arguments: Sequence[str]) -> int:
    """`VERSION DATE`, from the folder of the checkout."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    assemble(Path.cwd(), *arguments)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
