"""Packs and collective agreements: dated, sourced, never below the floor, refused by line."""

import pytest

from hemma.core.rules import MalformedPack, overlay, parse
from hemma.core.rules.tests.said import PACKS, day, found, row


def agreement(name, value, base="se"):
    return (
        f'id = "avtal"\nvalid_from = 2026-01-01\nbase = "{base}"\n\n[{name}]\nvalue = {value}\n'
        'paragraph = "Avtalet 4 §"\nsource = "Kollektivavtal"\nbasis = "P"\nseverity = "stops"\n'
    )


def test_an_agreement_may_go_other_ways_than_the_act_above_the_floor():
    """ATL 3 §: central agreements replace almost everything."""
    packs = overlay(PACKS, agreement("max_without_break_h", 6), "avtal.toml")
    shift = row("work", 0, "08:00", "14:00")
    assert found("break_in_time", shift)
    assert not found("break_in_time", shift, packs=packs, pack="avtal")
    assert found("break_in_time", row("work", 0, "08:00", "14:01"), packs=packs, pack="avtal")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("daily_rest_h", 10, r"10 is below 2003/88/EC art. 3; write 11 or more"),
        ("weekly_rest_h", 30, r"30 is below 2003/88/EC art. 5; write 35 or more"),
        ("max_without_break_h", 6.5, r"6.5 is above 2003/88/EC art. 4; write 6 or less"),
        ("total_avg_week_h", 50, r"50 is above 2003/88/EC art. 6; write 48 or less"),
        ("total_ref_months", 13, r"13 is above 2003/88/EC art. 19; write 12 or less"),
        ("weekly_rest_weeks", 3, r"3 is above 2003/88/EC art. 16; write 2 or less"),
        ("minor_daily_rest_h", 11, r"11 is below 94/33/EC art. 10; write 12 or more"),
        ("night_avg_h", 9, r"9 is above 2003/88/EC art. 8; write 8 or less"),
    ],
)
def test_below_the_floor_is_refused_with_file_line_and_remedy(name, value, says):
    with pytest.raises(MalformedPack, match=rf"^avtal.toml, line 6, \[{name}\]: {says}"):
        overlay(PACKS, agreement(name, value), "avtal.toml")


def test_an_agreement_may_stretch_what_the_directive_lets_it():
    overlay(PACKS, agreement("total_ref_months", 12), "avtal.toml")
    overlay(PACKS, agreement("weekly_rest_weeks", 2), "avtal.toml")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (agreement("daily_rest_hours", 11), r"line 5, .*did you mean daily_rest_h\?"),
        (agreement("daily_rest_h", '"11"'), r"line 6, .*a number from 0, without quotation marks"),
        (agreement("daily_rest_h", "true"), r"line 6, .*a number from 0"),
        (agreement("daily_rest_h", "nan"), r"line 6, .*a number from 0"),
        (agreement("total_ref_months", 0), r"line 6, .*a whole number from 1"),
        (agreement("break_kinds", '["lunch"]'), r"line 6, .*list of these words: shift"),
        (agreement("daily_rest_h", 11).replace("stops", "stop"), r"line 10, .*write stops, warns"),
        (agreement("daily_rest_h", 11).replace('"P"', '"Q"'), r"line 9, .*write P, P\* or T"),
        (agreement("daily_rest_h", 11).replace("Avtalet 4 §", " "), r"line 7, .*where it can be"),
        (agreement("daily_rest_h", 11) + "[daily_rest_h]\n", r"line 11.*Correct that line"),
        (
            agreement("daily_rest_h", 11, base="atlantis"),
            r"line 3: write base = .*dk, es, fi, no, se",
        ),
        (agreement("daily_rest_h", 11, base="eu"), r"line 3: write base"),
        (agreement("daily_rest_h", 11).replace('"avtal"', '"se"'), r"line \d: "),
        ("daily_rest_h = 11", r"begin with id"),
        ('id = "a"\nvalid_from = 2026-01-01\ndaily_rest_h = 11', r"line 3, .*make it a table"),
    ],
)
def test_a_malformed_agreement_is_refused_with_line_and_remedy(text, says):
    with pytest.raises(MalformedPack, match=rf"^avtal.toml.*{says}"):
        overlay(PACKS, text, "avtal.toml")


def test_every_value_says_from_when_where_and_on_what_it_rests():
    for pack in PACKS.packs:
        for value in pack.values.values():
            assert value.valid_from == pack.valid_from
            assert value.paragraph
            assert value.source
            assert value.verified == (value.basis == "P")


def test_the_floor_binds_every_country_that_comes_with_the_product():
    """Countries may say how to count; none of them protects less."""
    from hemma.core.rules.values import NUMBERS, Better

    floor = next(pack for pack in PACKS.packs if pack.id == "eu").values
    for pack in PACKS.packs:
        for name, value in pack.values.items():
            least = floor.get(f"{name}_agreed", floor.get(name))
            if least and NUMBERS.get(name) is Better.MORE:
                assert value.number >= least.number, (pack.id, name)
            if least and NUMBERS.get(name) is Better.LESS:
                assert value.number <= least.number, (pack.id, name)


def test_a_pack_based_on_itself_is_refused():
    with pytest.raises(MalformedPack, match="base names another pack"):
        parse('id = "a"\nvalid_from = 2026-01-01\nbase = "a"', "a.toml")
    assert day(0).isoformat() == "2026-09-07T00:00:00+02:00"
