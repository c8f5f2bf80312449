"""`rules check FILE`: what the law says of a week that somebody wrote down."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hemma.core.rules import (
    Flag,
    MalformedPack,
    Packs,
    Severity,
    builtin,
    check,
    overlay,
    parse,
)
from hemma.core.rules.timeline import Timeline
from hemma.core.rules.written import BadRows, WrittenLine, read_week
from hemma.lib import law_words
from hemma.run.telling import Refusal, say

MOST_BYTES = 20_000_000


def main(
    file: Path,
    *,
    country: str | None,
    zone: str | None,
    language: str,
    agreement: Path | None,
    as_json: bool,
) -> int:
    """Check the file and tell. 0 when nothing stops the week, 1 when something does, 2 when the
    file cannot be read."""
    if zone:
        _check_zone(zone)
    try:
        lines = read_week(_text(file), file.name, country=country, zone=zone)
    except BadRows as bad:
        raise Refusal("\n".join(faults(bad, language)), 2) from bad
    packs, on_top = _with_agreement(agreement)
    told = [(line, check(_under(line.timeline, on_top), packs)) for line in lines]
    tell_json(told, language) if as_json else tell(told, language)
    stops = any(flag.severity is Severity.STOPS for _, flags in told for flag in flags)
    return 1 if stops else 0


def tell(told: Iterable[tuple[WrittenLine, tuple[Flag, ...]]], language: str) -> None:
    """People one after the other, with every flag's paragraph, why and remedy."""
    for line, flags in told:
        say(f"{line.name} ({line.timeline.pack})")
        if not flags:
            say(f"  {law_words.says(language, 'nothing')}")
        for flag in flags:
            start, end = (
                at.astimezone(line.timeline.zone).strftime("%Y-%m-%d %H:%M")
                for at in (flag.at.start, flag.at.end)
            )
            doubt = "" if flag.verified else f" [{law_words.says(language, 'unverified')}]"
            say(f"  {law_words.says(language, flag.severity)}: {flag.paragraph}{doubt}")
            say(f"    {start} – {end}")
            say(f"    {law_words.why(language, flag.rule, flag.numbers)}")
            say(f"    → {law_words.remedy(language, flag.remedy, flag.numbers)}")


def faults(bad: BadRows, language: str) -> list[str]:
    """A line for everything that cannot be read."""
    return [
        law_words.fault(language, one.origin, one.place, one.number, one.code, one.told)
        for one in bad.faults
    ]


def tell_json(told: Iterable[tuple[WrittenLine, tuple[Flag, ...]]], language: str) -> None:
    """The same for programs: one list of flags."""
    rows = [
        {
            "person": line.name,
            "country": line.timeline.pack,
            "rule": flag.rule,
            "severity": flag.severity,
            "paragraph": flag.paragraph,
            "pack": flag.pack,
            "verified": flag.verified,
            "start": flag.at.start.astimezone(line.timeline.zone).isoformat(),
            "end": flag.at.end.astimezone(line.timeline.zone).isoformat(),
            "numbers": dict(flag.numbers),
            "why": law_words.why(language, flag.rule, flag.numbers),
            "remedy": law_words.remedy(language, flag.remedy, flag.numbers),
        }
        for line, flags in told
        for flag in flags
    ]
    say(json.dumps({"flags": rows}, ensure_ascii=False, indent=2))


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Refusal(f"{file} is larger than {MOST_BYTES // 1_000_000} MB. Split it.", 2)
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(f"{file} is not UTF-8 text. Save it as CSV in UTF-8.", 2) from error
    except OSError as error:
        raise Refusal(
            f"{file} cannot be read ({error.strerror}). Name a CSV or JSON file.", 2
        ) from error


def _with_agreement(agreement: Path | None) -> tuple[Packs, tuple[str, str] | None]:
    """The packs, and (country, agreement) when there is one on top."""
    if agreement is None:
        return builtin(), None
    text = _text(agreement)
    try:
        packs = overlay(builtin(), text, agreement.name)
        pack = parse(text, agreement.name)
    except MalformedPack as error:
        raise Refusal(str(error), 2) from error
    return packs, (str(pack.base), pack.id)


def _under(timeline: Timeline, on_top: tuple[str, str] | None) -> Timeline:
    """The timeline under the agreement, when it is one of its country."""
    if on_top is None or timeline.pack != on_top[0]:
        return timeline
    return replace(timeline, pack=on_top[1])


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Refusal(f"There is no zone {zone!r}. Write one as Europe/Madrid.", 2) from error
