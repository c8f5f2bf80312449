from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone, translation

from hemma.lib import clock
from hemma.ui import modes, times

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOW = datetime(2026, 11, 19, 8, 37, tzinfo=UTC)  # 09:37 in Borås


@pytest.fixture(autouse=True)
def at_the_office_in_boras():
    with translation.override("sv"), timezone.override(STOCKHOLM), clock.moved_to(NOW):
        yield


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_icon_is_decoration_and_comes_from_our_own_sprite():
    html = draw('{% icon "house" "s" %}')
    assert 'class="icon icon--s" aria-hidden="true"' in html
    assert "/ui/icons.svg#house" in html
    assert 'href="/static/' in html


def test_home_and_office_look_the_same_but_for_the_mark_and_its_word():
    home = draw('{% avatar "Amanda Nyström" "home" %}')
    office = draw('{% avatar "Amanda Nyström" "office" %}')
    assert "AN" in home
    assert '<span class="sr">Hemma</span>' in home
    assert home.replace("#house", "#building-2").replace("Hemma", "Kontoret") == office


@pytest.mark.parametrize(
    ("name", "letters"), [("Åsa", "Å"), ("Kim Li Holm", "KH"), ("", ""), ("  Jon  Ek ", "JE")]
)
def test_initials_are_made_of_any_name(name, letters):
    assert f'<span aria-hidden="true">{letters}</span>' in draw("{% avatar n %}", n=name)


def test_a_name_cannot_become_markup():
    assert "<b" not in draw("{% avatar n %}", n="<b> <i>")


def test_a_mode_is_shape_word_and_colour():
    pill = draw('{% mode_pill "ready" %}')
    assert 'class="pill m-queue"' in pill
    assert "#ko" in pill
    assert "Kö" in pill
    assert "Nåbar" in draw('{% mode_pill "ready" leader=True %}')
    assert "Fokus" in draw('{% mode_pill "focus" leader=True %}')
    assert "Coach i dag" in draw('{% mode_pill "coaching" word="Coach i dag" %}')


def test_rast_and_paus_never_share_a_word_or_a_look():
    for code in ("sv", "nb"):
        with translation.override(code):
            rast, paus = modes.look("meal"), modes.look("paus")
            assert str(rast.word) != str(paus.word)
            assert (rast.css, rast.icon) != (paus.css, paus.icon)


def test_every_mode_has_a_word_in_three_languages_and_an_icon_that_exists():
    sprite = (modes_sprite()).read_text(encoding="utf-8")
    for look in modes.LOOKS.values():
        assert f'id="{look.icon}"' in sprite
        for code in ("sv", "nb", "en"):
            with translation.override(code):
                assert str(look.word)


def modes_sprite():
    from hemma.ui.vendored import STATIC

    return STATIC / "icons.svg"


def test_a_mode_that_does_not_exist_is_said():
    with pytest.raises(ValueError, match="no mode 'sleeping'"):
        modes.look("sleeping")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 19, 10, 30, tzinfo=UTC), "i dag 11:30"),
        (datetime(2026, 11, 18, 18, 42, tzinfo=UTC), "i går 19:42"),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), "i morgon 09:00"),
        (datetime(2026, 11, 27, 11, 0, tzinfo=UTC), "fre 27 nov 12:00"),
        (datetime(2027, 1, 4, 11, 0, tzinfo=UTC), "mån 4 jan 2027 12:00"),
        # 23:30 UTC is already tomorrow in Borås
        (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), "i morgon 00:30"),
    ],
)
def test_amanda_reads_times_in_her_own_zone_and_words(moment, said):
    assert draw("{{ at|day_clock }}", at=moment) == said
    assert draw("{{ at|clock }}", at=moment) == said[-5:]


def test_the_same_moment_is_another_hour_in_another_zone():
    moment = datetime(2026, 11, 19, 10, 30, tzinfo=UTC)
    with timezone.override(ZoneInfo("Europe/Helsinki")):
        assert draw("{{ at|clock }}", at=moment) == "12:30"


@pytest.mark.parametrize(
    ("minutes", "sv", "nb", "en"),
    [
        (0, "mindre än en minut", "mindre enn ett minutt", "less than a minute"),
        (1, "1 minut", "1 minutt", "1 minute"),
        (60, "1 timme", "1 time", "1 hour"),
        (113, "1 timme 53 minuter", "1 time 53 minutter", "1 hour 53 minutes"),
        (1441, "1 dag 1 minut", "1 dag 1 minutt", "1 day 1 minute"),
        (3065, "2 dagar 3 timmar", "2 dager 3 timer", "2 days 3 hours"),
    ],
)
def test_durations_have_the_right_plural_in_three_languages(minutes, sv, nb, en):
    for code, said in (("sv", sv), ("nb", nb), ("en", en)):
        with translation.override(code):
            assert times.duration(timedelta(minutes=minutes)) == said


def test_nothing_is_said_where_there_is_no_time():
    for name in ("clock", "day_clock", "duration", "time_from_now", "moment_tag"):
        assert draw("{{ at|" + name + " }}", at=None) == ""


def test_how_far_away_a_time_is():
    later = NOW + timedelta(minutes=23, seconds=30)
    assert draw("{{ at|time_from_now }}", at=later) == "om 23 minuter"
    assert draw("{{ at|time_from_now }}", at=NOW - timedelta(minutes=5)) == "för 5 minuter sedan"


def test_a_time_can_be_read_by_machines_too():
    html = draw("{{ at|moment_tag }}", at=datetime(2026, 11, 19, 10, 30, tzinfo=UTC))
    assert html == '<time datetime="2026-11-19T10:30+00:00">i dag 11:30</time>'


def test_pages_are_offered_only_when_there_are_several():
    def pages(count: int, number: int) -> str:
        request = RequestFactory().get("/", {"q": "faktura", "page": "1"})
        request.user = AnonymousUser()
        request._messages = []
        page = Paginator(range(count), 10).page(number)
        return render_to_string("ui/pages.html", {"page": page}, request)

    assert "<nav" not in pages(10, 1)
    several = pages(200, 7)
    assert several.count('aria-current="page"') == 1
    assert "q=faktura&amp;page=8" in several
    assert "…" in several
