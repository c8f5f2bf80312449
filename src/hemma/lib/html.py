"""Other people's HTML: made safe to show, or turned into plain text."""

import html as entities
import re

import nh3

from hemma.lib import html_text

INLINE_TAGS = {"a", "abbr", "b", "br", "code", "del", "em", "i", "img", "ins", "kbd", "q", "s"}
BLOCK_TAGS = {"blockquote", "dd", "div", "dl", "dt", "hr", "li", "ol", "p", "pre", "ul"}
TABLE_TAGS = {"caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
TAGS = (
    INLINE_TAGS
    | {"small", "span", "strong", "sub", "sup", "u"}
    | BLOCK_TAGS
    | TABLE_TAGS
    | HEADINGS
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# After the first cleaning a picture is either of these two and nothing else.
PICTURE = re.compile(r'<img(?: alt="([^"]*)")?>')
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
HIDDEN = re.compile(
    r"<!--.*?-->|<(?P<tag>script|style|head|title|template)\b.*?</(?P=tag)\s*>", re.DOTALL | re.I
)
ANY_TAG = re.compile(r"<[^<>]*>")
BREAKS = re.compile(r"<(?:br|p|div|tr|li|h[1-6])\b", re.IGNORECASE)
EMPTY_LINES = re.compile(r"\n{3,}")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# The cleaner's time grows with the square of the depth: 10,000 nested tags take half a second.
MOST_DEPTH = 400


def clean(html: str) -> str:
    """Safe HTML for a page under the strictest policy: nothing loads, runs, submits or is styled.

    Pictures become their alternative text, links open outside without telling where from.
    """
    if is_too_deep(html):
        return "<pre>" + entities.escape(to_text(html), quote=False) + "</pre>"
    with_pictures = _clean(html, TAGS)
    return _clean(PICTURE.sub(_alternative, with_pictures), TAGS - {"img"})


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=ATTRIBUTES,
        clean_content_tags={"script", "style", "title", "template"},
        url_schemes=SCHEMES,
        attribute_filter=_absolute_links,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def _absolute_links(_tag: str, attribute: str, value: str) -> str | None:
    # A relative link in a mail would point into our own pages.
    if attribute != "href":
        return value
    scheme = value.strip().split(":", 1)[0].lower() if ":" in value else ""
    return value if scheme in SCHEMES else None


def _alternative(picture: re.Match[str]) -> str:
    text = entities.unescape(picture[1] or "").strip()
    return entities.escape(f"[{text}]") if text else ""


def is_too_deep(html: str) -> bool:
    """Whether the tags are nested deeper than any honest mail."""
    depth = 0
    for closing, name in TAG.findall(html):
        if closing:
            depth = max(0, depth - 1)
        elif name.lower() not in VOID:
            depth += 1
        if depth > MOST_DEPTH:
            return True
    return False


def to_text(html: str) -> str:
    """The words of the HTML, quotes marked with '>', links kept. Never raises."""
    if is_too_deep(html):
        bare = ANY_TAG.sub(" ", BREAKS.sub("\n<x", HIDDEN.sub(" ", html)))
        return EMPTY_LINES.sub("\n\n", entities.unescape(bare)).strip()
    # The cleaner's output is well-formed, so the simple reader below cannot be led astray.
    return html_text.read(_clean(html, TAGS))


def escape(text: str) -> str:
    """Plain text as HTML text."""
    return entities.escape(text, quote=False)
