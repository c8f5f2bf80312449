"""What differs between two states of the who-sees-what registry, told one change at a time."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypedDict

What = Literal["new", "gone", "sees", "sees_no_more", "sees_other", "keep"]


class Change(TypedDict):
    """One change: of which kind of data, what about it, for which relation, and the words now.

    `words` are those of the registry in English: who is told reads them in their own language.
    """

    kind: str
    name: str
    what: What
    who: str
    words: str


type Content = Mapping[str, Mapping[str, Any]]
"""Kind's key → {"what", "keep", "viewers": {relation: words}, "groups": {relation: words}}."""


def differences(before: Content, after: Content) -> list[Change]:
    """Everything that a person would want to know, in the order of the kinds' keys.

    A kind's own name or purpose put in better words is no change; who sees what of it is, and so is
    how long it is kept.
    """
    return [change for key in sorted({*before, *after}) for change in _of_kind(key, before, after)]


def _of_kind(key: str, before: Content, after: Content) -> Iterator[Change]:
    old, new = before.get(key), after.get(key)
    if old is None and new is not None:
        yield Change(kind=key, name=new["what"], what="new", who="", words=new["why"])
        for who, words in [*new["viewers"].items(), *new["groups"].items()]:
            if who != "self":
                yield Change(kind=key, name=new["what"], what="sees", who=who, words=words)
    elif old is not None and new is None:
        yield Change(kind=key, name=old["what"], what="gone", who="", words="")
    elif old is not None and new is not None:
        yield from _of_viewers(key, new["what"], _all_viewers(old), _all_viewers(new))
        if old["keep"] != new["keep"]:
            yield Change(kind=key, name=new["what"], what="keep", who="", words=new["keep"])


def _all_viewers(kind: Mapping[str, Any]) -> dict[str, tuple[bool, str]]:
    """Relation → whether it sees persons (not only groups), and the words."""
    groups = {who: (False, words) for who, words in kind["groups"].items()}
    return groups | {who: (True, words) for who, words in kind["viewers"].items()}


def _of_viewers(
    key: str,
    name: str,
    old: Mapping[str, tuple[bool, str]],
    new: Mapping[str, tuple[bool, str]],
) -> Iterator[Change]:
    for who in sorted({*old, *new}):
        if who not in old:
            yield Change(kind=key, name=name, what="sees", who=who, words=new[who][1])
        elif who not in new:
            yield Change(kind=key, name=name, what="sees_no_more", who=who, words="")
        elif old[who] != new[who]:
            yield Change(kind=key, name=name, what="sees_other", who=who, words=new[who][1])
