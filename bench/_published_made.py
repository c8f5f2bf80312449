"""Instances in the format of the published shift rosters, of any size: so that nothing is fitted to the known ones."""

import argparse
from pathlib import Path

import numpy as np

LENGTHS = (480, 480, 480, 600, 720)


def _staff(chance, name, kinds, days):
    """One row: half of the late kinds are closed to somebody, night kinds have a limit."""
    weeks, most = days / 7, {}
    for n, (kind, _) in enumerate(kinds):
        share = n / max(1, len(kinds) - 1)
        open_to = share < 0.1 or chance.random() < 0.75
        limit = days if share < 0.6 else max(1, round(weeks * float(chance.uniform(0.5, 2))))
        most[kind] = limit if open_to else 0
    minutes = round(float(chance.choice([1.0, 1.0, 0.8, 0.5])) * 37.5 * 60 * weeks / 60) * 60
    row, off = int(chance.choice([5, 5, 6])), int(chance.choice([2, 2, 3]))
    limits = "|".join(f"{k}={v}" for k, v in most.items())
    return f"{name},{limits},{minutes + 360},{minutes - 360},{row},{chance.choice([1, 2, 2])},{off},{max(1, days // 14)}"


def made(people, weeks, shifts, seed):
    """The text of an instance."""
    chance, days = np.random.default_rng(seed), 7 * weeks
    kinds = [(f"s{n}", LENGTHS[int(chance.integers(len(LENGTHS)))]) for n in range(shifts)]
    lines = ["SECTION_HORIZON", str(days), "", "SECTION_SHIFTS"]
    for n, (kind, length) in enumerate(kinds):
        before = [k for k, _ in kinds[: int(n * 0.8)]] if n >= shifts / 3 else []
        lines.append(f"{kind},{length},{'|'.join(before)}")
    names = [f"P{n}" for n in range(people)]
    lines += ["", "SECTION_STAFF", *(_staff(chance, name, kinds, days) for name in names)]
    lines += ["", "SECTION_DAYS_OFF"]
    for name in names:
        away = sorted(chance.choice(days, max(1, weeks // 2), replace=False).tolist())
        lines.append(f"{name},{','.join(map(str, away))}")
    for section, runs in (("ON", weeks), ("OFF", max(1, weeks // 2))):
        lines += ["", f"SECTION_SHIFT_{section}_REQUESTS"]
        for name in names:
            for day in sorted(chance.choice(days, min(days, 2 * runs), replace=False).tolist()):
                kind = kinds[int(chance.integers(shifts))][0]
                lines.append(f"{name},{day},{kind},{chance.integers(1, 4)}")
    lines += ["", "SECTION_COVER"]
    share = chance.dirichlet(np.full(shifts, 4.0)) * people * 0.6
    for day in range(days):
        for (kind, _), mean in zip(kinds, share, strict=True):
            lines.append(f"{day},{kind},{chance.poisson(mean * (0.7 if day % 7 > 4 else 1))},100,1")
    return "\n".join(lines) + "\n"


def main():
    """Write one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    for name, value in (("people", 60), ("weeks", 20), ("shifts", 8), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    given = parser.parse_args()
    given.file.write_text(
        made(given.people, given.weeks, given.shifts, given.seed), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
