"""The law counted minute by minute: slow, plain, and without a line of the code it judges.

Time is a number whose bits are minutes. Laws are read from the packs' TOML here, once more.
"""

from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

WORK = {"shift", "work", "training", "overtime", "additional", "paus", "meal_on_duty"}
TOLD_AHEAD = {"shift", "work", "training", "on_call"}
WEEK, DAY = 7 * 1440, 1440


def bits(a, b):
    return ((1 << (b - a)) - 1) << a


def runs(mask):
    """From and to of every stretch of minutes in a row."""
    found, at = [], (mask & -mask).bit_length() - 1 if mask else 0
    minutes = format(mask >> at, "b")[::-1] + "0"
    a = 0 if mask else -1
    while a >= 0:
        b = minutes.find("0", a)
        found.append((at + a, at + b))
        a = minutes.find("1", b)
    return found


class Almanac:
    """Which local date, week and month every minute of a season belongs to."""

    def __init__(self, origin, minutes, zone):
        self.origin, self.zone = origin, zone
        self.dates = {}
        step = 15
        for minute in range(0, minutes, step):
            local = (origin + timedelta(minutes=minute)).astimezone(zone).date()
            first, _ = self.dates.get(local, (minute, 0))
            self.dates[local] = first, minute + step
        whole = list(self.dates)[1:-1]
        self.dates = {day: self.dates[day] for day in whole}
        self.weeks, self.months = {}, {}
        for day, (first, end) in self.dates.items():
            for group, key in (
                (self.weeks, day - timedelta(days=day.weekday())),
                (self.months, (day.year, day.month)),
            ):
                group[key] = group.get(key, (first, 0))[0], end
        self.edge = min(list(group.values())[-1][0] for group in (self.weeks, self.months))

    def clock(self, day, hour):
        """The first minute that shows the hour of a day; where it is skipped, the first after."""
        day, hour = day + timedelta(days=int(hour // 24)), hour % 24
        first, end = self.dates[day]
        for minute in range(first, end, 15):
            local = (self.origin + timedelta(minutes=minute)).astimezone(self.zone)
            if local.hour + local.minute / 60 >= hour:
                return minute
        return end


@cache
def almanac(origin, minutes, key):
    return Almanac(origin, minutes, ZoneInfo(key))


@cache
def clock(calendar, day, hour):
    return calendar.clock(day, hour)


class Count:
    """One person's minutes under one law (`values`: name → its table)."""

    def __init__(self, rows, values, calendar, *, is_minor=False, is_training=False):
        self.rows, self.values, self.calendar = rows, values, calendar
        self.is_minor, self.is_training = is_minor, is_training
        self.found = []
        self.kinds, self.home, elsewhere = {}, 0, 0
        for row in rows:
            kind = "meal_on_duty" if row["kind"] == "rast" and row["kept"] else row["kind"]
            self.kinds[kind] = self.kinds.get(kind, 0) | bits(row["start"], row["end"])
            if row["kind"] in WORK and row["place"]:
                here = bits(row["start"], row["end"])
                if row["place"] == "home":
                    self.home |= here
                else:
                    elsewhere |= here
        away = self.of("rast", "absence")
        self.work = self.of(*WORK) & ~away
        self.home &= ~elsewhere & self.work
        self.overtime = self.of("overtime") & ~away
        self.busy = self.work | self.of("on_call")
        self.days = list(self.working_days())
        spans = runs(self.busy)
        self.first, self.last = (spans[0][0], spans[-1][1]) if spans else (0, 0)

    def of(self, *kinds):
        mask = 0
        for kind in kinds:
            mask |= self.kinds.get(kind, 0)
        return mask

    def law(self, name):
        return self.values[name]["value"] if name in self.values else None

    @staticmethod
    def minutes(mask, a, b):
        return (mask >> a & bits(0, b - a)).bit_count() if b > a else 0

    def flag(self, name, rule, a, b, *numbers):
        table = self.values[name]
        told = tuple(round(float(number), 6) for number in numbers)
        self.found.append((a, b, rule, table["paragraph"], table["severity"], told))

    def working_days(self):
        """Start, end of work, end of rest within 24 hours, and when work goes on."""
        spans = runs(self.busy)
        at = spans[0][0] if spans else None
        while at is not None:
            free = runs(~(self.busy >> at) & bits(0, DAY))
            later = [a for a, _ in spans]
            if not free:
                end = next(b for a, b in spans if a <= at < b)
                after = next((a for a in later if a > at), None)
                goes_on = end + WEEK if after is None else after
                yield at, end, at + DAY, goes_on if end == at + DAY else at + DAY
                at = after
                continue
            a, b = max(free, key=lambda span: (span[1] - span[0], -span[0]))
            resumes = next((m for m in later if m >= at + a), None)
            yield at, at + a, at + b, at + a + WEEK if resumes is None else resumes
            at = resumes

    def groups(self, kind):
        """Weeks or months from the first minute of work to the last, as stretches."""
        spans = list(getattr(self.calendar, kind).values())
        return [(a, b) for a, b in spans if b > self.first and a < self.last]

    def over(self, kind, count, broken):
        """Every run of so many weeks or months that `broken(start, end)` flags; flagged ones are
        not counted again. Ends beyond the season lie where nothing is."""
        every = list(getattr(self.calendar, kind).values())
        starts = [a for a, _ in self.groups(kind)]
        while starts:
            at = next(n for n, span in enumerate(every) if span[0] == starts[0])
            end = every[at + count - 1][1] if at + count <= len(every) else None
            end = None if end is None or end > self.calendar.edge else end
            starts = starts[count if broken(starts[0], end, every[-1][1]) else 1 :]


def law_of(texts, pack):
    """The values of a pack and its floor, from TOML already read."""
    own, floor = texts[pack], texts["eu"]
    return {k: v for k, v in {**floor, **own}.items() if isinstance(v, dict)}


def instants(calendar, a, b):
    return calendar.origin + timedelta(minutes=a), calendar.origin + timedelta(minutes=b)


@cache
def dark(calendar, since, until):
    """The minutes of all nights of a season."""
    mask = 0
    for day in list(calendar.dates)[:-1]:
        a = clock(calendar, day, since)
        mask |= bits(a, clock(calendar, day + timedelta(days=1), until))
    return mask
