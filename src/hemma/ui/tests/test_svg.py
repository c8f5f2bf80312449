import doctest
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemma.ui import svg

TIMES = st.integers(min_value=0, max_value=30 * 60)
AXIS = svg.Axis(450, 1020, "/static/1/ui/icons.svg")


@st.composite
def segments(draw):
    start, end = sorted(draw(st.lists(TIMES, min_size=2, max_size=2, unique=True)))
    css = draw(st.sampled_from(["m-queue", "m-pause", "m-rast", "m-focus"]))
    return svg.Segment(start, end, css, draw(st.text("Kö<&>\"' ", min_size=1)), "ko")


def test_the_examples_run():
    assert doctest.testmod(svg).failed == 0


@given(st.lists(segments(), max_size=8), st.none() | TIMES)
def test_any_day_makes_a_picture_that_is_well_formed_and_says_what_it_shows(day, now):
    root = ET.fromstring(svg.day_band(day, AXIS, title="Dagen <nu>", title_id="b", now=now))
    assert root.find("title").text == "Dagen <nu>"
    for box in root.findall("svg[@class]"):
        left, width = (float(box.get(name).rstrip("%")) for name in ("x", "width"))
        assert left >= -0.01
        assert left + width <= 100.01
        assert "style" not in box.attrib


@given(st.lists(segments(), max_size=8), TIMES)
def test_the_thread_keeps_now_inside_the_shift(day, now):
    drawn = svg.thread(day, now)
    if day:
        root = ET.fromstring(drawn)
        assert root.get("aria-hidden") == "true"
        assert 0 <= float(root.find("circle").get("cx").rstrip("%")) <= 100
    else:
        assert drawn == ""


def test_a_stretch_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="Kö ends before it starts"):
        svg.Segment(600, 600, "m-queue", "Kö", "ko")


def test_short_stretches_lose_their_words_but_not_their_title():
    short = svg.Segment(480, 495, "m-pause", "Fika", "coffee")
    drawn = svg.day_band([short], AXIS, title="x", title_id="b")
    assert "<title>08:00–08:15 Fika</title>" in drawn
    assert ">Fika</text>" not in drawn
    assert "#coffee" in drawn


def test_a_shift_past_midnight_runs_on():
    late = svg.Segment(1380, 1530, "m-queue", "Kö", "ko")
    drawn = svg.day_band([late], svg.Axis(1350, 1560, "i.svg"), title="x", title_id="b", now=1500)
    assert "<title>23:00–01:30 Kö</title>" in drawn
    assert ">01:00<" in drawn


def test_the_number_of_an_hour_makes_way_for_the_mark_of_now():
    day = [svg.Segment(480, 1020, "m-queue", "Kö", "ko")]

    def numbers(now):
        drawn = svg.day_band(day, AXIS, title="x", title_id="b", now=now)
        return [
            one.text for one in ET.fromstring(drawn).iter() if "band__tick" in one.get("class", "")
        ]

    every = numbers(None)
    assert "10" in every
    assert [one for one in every if one not in numbers(590)] == ["10"]
    assert numbers(570) == every, "half past nine covers none"
