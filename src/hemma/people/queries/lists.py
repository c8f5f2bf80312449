"""Lists of people read in, and the people as a list."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from hemma.lib import clock
from hemma.people.imports.judging import judge
from hemma.people.imports.shapes import Judged
from hemma.people.models import (
    Employment,
    Grant,
    Membership,
    PeopleImport,
    PersonLanguage,
    PersonSkill,
)
from hemma.people.queries.accounts import administrator
from hemma.people.queries.everyone import by_name
from hemma.people.visibility import Asker, NotVisible, reads, visible_people

SHOWN = 20


@reads("people.lists")
def imports(asker: Asker) -> list[PeopleImport]:
    """The latest lists that were read in, newest first; administrators only."""
    administrator(asker, "imports")
    rows = PeopleImport.objects.select_related("by").defer("rows", "before")
    return list(rows.order_by("-at", "-pk")[:SHOWN])


@reads("people.lists")
def import_batch(asker: Asker, import_id: int) -> PeopleImport:
    """One list that was read in. Raises NotVisible unless `asker` is an administrator."""
    about = f"import:{import_id}"
    administrator(asker, about)
    batch = PeopleImport.objects.select_related("by").filter(pk=import_id).first()
    if batch is None:
        raise NotVisible("people.lists", about)
    return batch


@reads("people.lists", "people.account", "people.membership", "people.skills", "people.employment")
def preview(asker: Asker, batch: PeopleImport) -> Judged:
    """What confirming `batch` would do now, and what is wrong with the other rows."""
    administrator(asker, f"import:{batch.pk}")
    return judge(batch.rows, clock.now().date())


@reads(
    "people.account",
    "people.membership",
    "people.skills",
    "people.languages",
    "people.employment",
)
def people_as_rows(asker: Asker) -> list[list[str]]:
    """Everybody who works here, one row each, cells in the order of `imports.reading.COLUMNS`."""
    administrator(asker, "export")
    people = by_name(visible_people(asker, "people.account").filter(is_active=True))
    teams = _joined(
        Membership.objects.filter(until=None)
        .order_by("team__name")
        .values_list("person_id", "team__name")
    )
    roles = _joined(
        Grant.objects.filter(until=None).order_by("role").values_list("person_id", "role")
    )
    skills = _joined(
        (person, f"{code}:{level}")
        for person, code, level in PersonSkill.objects.order_by("skill__code").values_list(
            "person_id", "skill__code", "level"
        )
    )
    speaks = _joined(
        (person, f"{code}:{level}")
        for person, code, level in PersonLanguage.objects.order_by("language").values_list(
            "person_id", "language", "level"
        )
    )
    employed = _employed()
    return [
        [
            one.email,
            one.name,
            one.site.name if one.site else "",
            teams.get(one.pk, ""),
            roles.get(one.pk, ""),
            one.language,
            one.phone,
            skills.get(one.pk, ""),
            speaks.get(one.pk, ""),
            *employed.get(one.pk, ["", "", "", ""]),
        ]
        for one in people.select_related("site")
    ]


def _employed() -> Mapping[int, list[str]]:
    today = clock.now().date()
    current = Q(until=None) | Q(until__gte=today)
    return {
        row.person_id: [
            f"{row.hours_per_week:g}",
            row.country,
            row.contract,
            row.since.isoformat(),
        ]
        for row in Employment.objects.filter(current).order_by("since")
    }


def _joined(rows: Iterable[tuple[int, str]]) -> Mapping[int, str]:
    found: dict[int, list[str]] = {}
    for person, what in rows:
        found.setdefault(person, []).append(what)
    return {person: "; ".join(parts) for person, parts in found.items()}
