"""Well-formed, cleaned HTML as plain text, laid out the way people write mail."""

import re
from html.parser import HTMLParser

PARAGRAPHS = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "pre",
}
LINES = {"div", "tr", "li", "dt", "dd", "caption", "hr"}
CELLS = {"td", "th"}
SPACE = re.compile(r"[ \t\r\n\f]+")


def read(html: str) -> str:
    """The text: blank line between paragraphs, '- ' before items, '> ' before quoted lines."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines).strip("\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line = ""
        self.quoted = 0
        self.preformatted = 0
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._break(tag)
        if tag == "br":
            self.end_line(keep_empty=True)
        elif tag == "li":
            self.line = "- "
        elif tag == "blockquote":
            self.quoted += 1
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "a":
            self.links.append((values.get("href") or "", len(self.line)))
        elif tag == "img" and (values.get("alt") or "").strip():
            self.line += f"[{SPACE.sub(' ', values['alt'] or '').strip()}]"
        elif tag == "hr":
            self.line = "---"
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            self._end_link(*self.links.pop())
        if tag in CELLS:
            self.line += " "
        if tag == "blockquote":
            self.end_line()
            self.quoted = max(0, self.quoted - 1)
        elif tag == "pre":
            self.preformatted = max(0, self.preformatted - 1)
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self.preformatted:
            first, *rest = data.split("\n")
            self.line += first
            for line in rest:
                self.end_line(keep_empty=True)
                self.line = line
            return
        text = SPACE.sub(" ", data)
        self.line += text.lstrip(" ") if not self.line or self.line.endswith(" ") else text

    def end_line(self, keep_empty: bool = False) -> None:
        """Finish the line being written; an empty one counts only where it was asked for."""
        text = self.line.replace("\xa0", " ").rstrip()
        self.line = ""
        if text or keep_empty:
            self.lines.append(f"{'> ' * self.quoted}{text}".rstrip())

    def _break(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self.end_line()
            if self.lines and self.lines[-1].strip("> "):
                self.lines.append(("> " * self.quoted).rstrip())
        elif tag in LINES:
            self.end_line()

    def _end_link(self, href: str, start: int) -> None:
        shown = self.line[start:].strip()
        bare = href.removeprefix("mailto:").removeprefix("tel:")
        if bare and bare.rstrip("/") not in shown:
            self.line += f" <{bare}>"
