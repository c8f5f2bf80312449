"""The tags every template has without loading: icon, avatar, mode, slot, static and local times."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.templatetags.static import StaticNode
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hemma.lib import clock as wall
from hemma.ui import modes, slots, static_files, times, toasts

register = template.Library()
# `{% static %}` is wanted by every template that names a picture or a script.
register.tag("static", StaticNode.handle_token)


def draw_icon(name: str, *classes: str) -> SafeString:
    """An icon from the sprite, hidden from screen readers: words stand beside it."""
    href = f"{StaticNode.handle_simple('ui/icons.svg')}#{name}"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>',
        " ".join(("icon", *classes)),
        href,
    )


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """`{% icon "house" %}`, `{% icon "house" "s" %}` for the small one."""
    return draw_icon(name, *([f"icon--{size}"] if size else []))


def initials(name: str) -> str:
    """First letters of the first and the last name: Amanda Nyström is AN."""
    parts = name.split()
    return "".join(part[0] for part in ([parts[0], parts[-1]] if len(parts) > 1 else parts)).upper()


@register.simple_tag
def avatar(name: str, place_type: str = "", size: str = "") -> SafeString:
    """Initials with the mark of the type of place; the place in words for screen readers."""
    place_icon, place_word = modes.PLACES.get(place_type or "", ("", ""))
    return format_html(
        '<span class="{}"><span aria-hidden="true">{}</span>{}{}</span>',
        "avatar avatar--s" if size == "s" else "avatar",
        initials(name),
        draw_icon(place_icon, "avatar__place") if place_icon else "",
        format_html('<span class="sr">{}</span>', place_word) if place_word else "",
    )


@register.simple_tag
def place_word(place_type: str) -> str:
    """The type of place in words."""
    return str(modes.PLACES[place_type][1]) if place_type in modes.PLACES else ""


@register.simple_tag
def place_mark(place_type: str) -> SafeString:
    """The type of place as a small mark, in words for screen readers and on hovering."""
    icon_name, word = modes.PLACES.get(place_type or "", ("", ""))
    if not icon_name:
        return mark_safe("")
    return format_html(
        '<span class="soft" title="{}">{}<span class="sr">{}</span></span>',
        word,
        draw_icon(icon_name, "icon--s"),
        word,
    )


@register.simple_tag
def mode_pill(mode: str, leader: bool = False, word: str = "") -> SafeString:
    """A mode as shape, word and colour. `leader`: reachable instead of queue; `word` replaces."""
    look = modes.look(mode)
    said = word or (modes.REACHABLE if leader and look is modes.LOOKS["ready"] else look.word)
    return format_html('<span class="pill {}">{}{}</span>', look.css, draw_icon(look.icon), said)


@register.simple_tag
def stylesheets() -> list[str]:
    """Addresses of every style a page links, in order."""
    return [StaticNode.handle_simple(path) for path in static_files.stylesheets()]


@register.simple_tag(takes_context=True)
def slot(context: dict[str, Any], name: str, *args: Any) -> SafeString:
    """Every fragment that rooms have put into the slot `name`; `args` go to each one's URL."""
    request = context.get("request")
    return slots.render(name, request, *args) if isinstance(request, HttpRequest) else mark_safe("")


@register.filter
def clock(moment: datetime | None) -> str:
    """11:30"""
    return times.clock_time(moment) if moment else ""


@register.filter
def day_clock(moment: datetime | None) -> str:
    """today 11:30, yesterday 19:42, tomorrow 09:00, Fri 20 Nov 12:00"""
    return times.day_clock(moment, wall.now()) if moment else ""


@register.filter
def duration(length: timedelta | None) -> str:
    """1 hour 53 minutes"""
    return times.duration(length) if length is not None else ""


@register.filter
def time_from_now(moment: datetime | None) -> str:
    """`in 23 minutes` or `4 minutes ago`, by the product's one clock."""
    if moment is None:
        return ""
    ahead = moment - wall.now()
    if ahead >= timedelta(0):
        return _("in %(duration)s") % {"duration": times.duration(ahead)}
    return _("%(duration)s ago") % {"duration": times.duration(-ahead)}


@register.filter
def moment_tag(moment: datetime | None) -> SafeString | str:
    """A `<time>` with the machine's form in its attribute and the person's as its text."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(timespec="minutes"), day_clock(moment)
    )


@register.filter
def undo_url(extra_tags: str | None) -> str:
    """The address that takes back what a message tells."""
    return toasts.undo_url(extra_tags)


@register.filter
def page_range(paginator: "Paginator[Any]", number: int) -> Iterator[int | str]:
    """The page numbers worth showing around `number`, with gaps."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
