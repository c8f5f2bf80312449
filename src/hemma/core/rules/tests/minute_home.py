"""Home days and home hours, counted in minutes: see `minute_by_minute`."""


def home_dates(count):
    days = {}
    for start, end, *_ in count.days:
        if count.minutes(count.home, start, end):
            dates = count.calendar.dates.items()
            date = next(day for day, (a, b) in dates if a <= start < b)
            days.setdefault(date, start)
    return list(days.values())


def days_of_weeks(count):
    if count.law("home_avg_days_week") is None or not count.home:
        return
    weeks = count.law("home_ref_weeks")
    least = count.law("home_avg_days_week") * weeks

    def window(a, b, edge):
        had = sum(a <= day < (b or edge) for day in home_dates(count))
        if had >= least:
            count.flag("home_avg_days_week", "home_days", a, b, had, least)
        return had >= least

    count.over("weeks", weeks, window)
    row = []
    for week in [*count.groups("weeks"), None]:
        worked = count.minutes(count.work, *week) if week else 0
        if worked and worked == count.minutes(count.home, *week):
            row.append(week)
            continue
        most = count.law("full_home_weeks")
        if row and len(row) >= most:
            count.flag(
                "full_home_weeks", "full_home", row[0][0], row[-1][1], 7 * len(row), 7 * most
            )
        row = []


def share(count):
    if count.law("home_share") is None or not count.home:
        return
    months = count.law("home_share_months")

    def window(a, b, edge):
        home, work = (count.minutes(mask, a, b or edge) for mask in (count.home, count.work))
        for name in ("home_share", "home_share_early"):
            if home and home >= count.law(name) * work:
                count.flag(name, "home_share", a, b, home / work, count.law(name))
                return True
        return False

    def on_site(a, b, edge):
        home, work = (count.minutes(mask, a, b or edge) for mask in (count.home, count.work))
        most = 1 - count.law("on_site_share")
        if home > most * work:
            count.flag("on_site_share", "work_on_site", a, b, home / work, most)
        return home > most * work

    count.over("months", months, window)
    if count.is_minor or count.is_training:
        count.over("months", months, on_site)


def screen(count):
    if count.law("home_screen_days_week") is None or not count.home:
        return
    each = count.law("home_screen_days_week")

    def window(a, b, edge):
        dates = [span for span in count.calendar.dates.values() if a <= span[0] < (b or edge)]
        had = sum(a <= day < (b or edge) for day in home_dates(count))
        if had / len(dates) > each / 7 + 1e-9:
            count.flag(
                "home_screen_days_week", "home_screen_work", a, b, had, each * len(dates) / 7
            )
            return True
        return False

    count.over("months", count.law("home_screen_months"), window)


HOME = (days_of_weeks, share, screen)
