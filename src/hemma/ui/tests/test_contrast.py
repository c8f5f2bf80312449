import pytest

from hemma.ui import contrast

CSS = contrast.TOKENS_CSS.read_text(encoding="utf-8")


def test_every_text_can_be_read_and_every_mode_told_apart_in_both_themes():
    assert len(contrast.pairs()) >= 98
    assert contrast.problems(CSS) == []


def test_a_faint_text_is_caught():
    faint = CSS.replace("--ink-600: oklch(0.44", "--ink-600: oklch(0.74")
    assert faint != CSS
    assert any("light: text-soft on table" in said for said in contrast.problems(faint))


def test_two_modes_in_one_colour_are_caught():
    alike = CSS.replace(
        "--meet-fill: light-dark(oklch(0.885 0.108 90)",
        "--meet-fill: light-dark(oklch(0.83 0.066 240)",
    )
    assert alike != CSS
    assert any("queue and meet" in said for said in contrast.problems(alike))


def test_black_on_white_is_21_and_a_colour_on_itself_is_1():
    black, white = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
    assert contrast.contrast(black, white) == pytest.approx(21)
    assert contrast.contrast(white, white) == 1


def test_oklch_white_is_white():
    assert contrast.linear_rgb((1, 0, 0)) == pytest.approx((1, 1, 1), abs=1e-3)
