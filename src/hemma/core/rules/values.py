"""Every value that a pack may give: its unit is in its name, its meaning in the rule that reads it."""

from enum import StrEnum


class Better(StrEnum):
    """Which way a value protects the person more: an agreement may go that way from the floor."""

    MORE = "more"
    LESS = "less"
    EITHER = "either"
    """It tells how to count; the floor does not bind it."""


def _all(better: Better, names: str) -> dict[str, Better]:
    return dict.fromkeys(names.split(), better)


NUMBERS: dict[str, Better] = {
    **_all(
        Better.MORE,
        "daily_rest_h between_shifts_h weekly_rest_h minor_daily_rest_h break_min minor_break_min "
        "break_total_min overtime_break_min notice_days on_site_share",
    ),
    **_all(
        Better.LESS,
        "max_without_break_h minor_max_without_break_h day_h ordinary_week_h total_avg_week_h "
        "total_ref_months night_avg_h night_ref_weeks night_day_h weekly_rest_weeks days_in_a_row "
        "minor_day_h minor_week_h overtime_week_h overtime_4w_h overtime_month_h overtime_52w_h "
        "overtime_year_h overtime_extra_year_h additional_year_h additional_extra_year_h "
        "on_call_4w_h on_call_month_h",
    ),
    **_all(
        Better.EITHER,
        "night_core_from_h night_core_to_h ordinary_ref_weeks standby_counts_one_in "
        "break_total_from_h overtime_break_over_h rast_advised_min night_from_h night_to_h "
        "minor_night_from_h minor_night_to_h home_avg_days_week home_ref_weeks full_home_weeks "
        "home_share home_share_early home_share_months home_screen_days_week home_screen_months "
        "total_ref_months_agreed weekly_rest_weeks_agreed",
    ),
    # What other rooms ask the packs; no rule of a timeline.
    **_all(Better.EITHER, "time_record_keep_years agreement_copy_days small_group_min"),
}
"""Values that are numbers."""

WORDS = frozenset({"break_kinds", "weekly_rest_broken_by"})
"""Values that are lists of kinds of items."""

WHOLE = frozenset(
    {
        "ordinary_ref_weeks",
        "total_ref_months",
        "total_ref_months_agreed",
        "weekly_rest_weeks_agreed",
        "night_ref_weeks",
        "weekly_rest_weeks",
        "home_ref_weeks",
        "home_share_months",
        "home_screen_months",
        "standby_counts_one_in",
    }
)
"""Numbers that count weeks, months or parts: whole, and at least 1."""
