"""*Who sees what about me*: the registry in words, what changed in it, and who has looked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext as _

from hemma.journal.models import Retention
from hemma.people.changes import Change
from hemma.people.models import Look, Person, VisibilityVersion
from hemma.people.visibility import RELATION_NAMES, Asker, Kind, Relation, reads, registry

LOOKS_SHOWN = 50
# Words that were announced: the registry has them, or had them once.
spoken = translation.gettext
ALONE = {Relation.SELF, Relation.SYSTEM}


@dataclass(frozen=True, slots=True)
class Explained:
    """One kind of data as the page *Who sees what about me* shows it."""

    kind: Kind
    viewers: list[tuple[object, object]]
    groups: list[tuple[object, object]]
    keep: object

    @property
    def looks_told(self) -> bool:
        """Whether others can open it about one person, so that their looks are told."""
        return self.kind.logged and bool(set(self.kind.viewers) - ALONE)


@reads("people.account")
def who_sees_what(_asker: Asker) -> list[Explained]:
    """The registry in words, in its order."""
    return [
        Explained(
            kind=kind,
            viewers=[(RELATION_NAMES[who], what) for who, what in kind.viewers.items()],
            groups=[(RELATION_NAMES[who], what) for who, what in kind.groups.items()],
            keep=kind.retention.label if isinstance(kind.retention, Retention) else kind.retention,
        )
        for kind in registry
    ]


@dataclass(frozen=True, slots=True)
class LookedAt:
    """One row of the access log, for the person it is about."""

    at: datetime
    viewer: Person
    what: object
    refused: bool


@reads("people.looks")
def looks_at_me(asker: Asker) -> list[LookedAt]:
    """Who has looked at data about `asker`, newest first; refusals too."""
    if not isinstance(asker, Person):
        return []
    rows = Look.objects.filter(subject=asker).select_related("viewer").order_by("-at")[:LOOKS_SHOWN]
    return [
        LookedAt(
            at=row.at,
            viewer=row.viewer,
            what=registry[row.kind].what if row.kind in registry else row.kind,
            refused=row.outcome == Look.Outcome.REFUSED,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Announcement:
    """What changed at one time, in sentences."""

    number: int
    at: datetime
    sentences: list[str]


@reads("people.announcements")
def visibility_news(asker: Asker) -> list[Announcement]:
    """Announcements that `asker` has not read yet, newest first; none from before they came."""
    if not isinstance(asker, Person):
        return []
    unread = VisibilityVersion.objects.exclude(changes=[]).exclude(reads__person=asker)
    rows = list(unread.order_by("-pk"))
    if not rows:
        return []
    came = asker.grants.aggregate(first=Min("since"))["first"]
    return [
        Announcement(row.pk, row.at, [sentence(change) for change in row.changes])
        for row in rows
        if came is None or row.at >= came
    ]


def sentence(change: Change) -> str:
    """One change as a person is told of it, in the language of now."""
    said: Mapping[str, str] = {
        "new": _("New: %(name)s. %(words)s"),
        "gone": _("No longer kept: %(name)s."),
        "sees": _("%(who)s may now see of “%(name)s”: %(words)s."),
        "sees_no_more": _("%(who)s may no longer see anything of “%(name)s”."),
        "sees_other": _("%(who)s may from now on see of “%(name)s”: %(words)s."),
        "keep": _("“%(name)s” is from now on kept: %(words)s."),
    }
    who = RELATION_NAMES[Relation(change["who"])] if change["who"] in set(Relation) else ""
    return said[change["what"]] % {
        "name": spoken(change["name"]),
        "who": str(who),
        # The empty text is the catalogue's own head.
        "words": spoken(change["words"]) if change["words"] else "",
    }
