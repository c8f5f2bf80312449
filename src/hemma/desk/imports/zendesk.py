"""A ticket as Zendesk exports it: https://developer.zendesk.com/api-reference/ticketing/tickets/.

The full export has the requester and all comments inside each ticket; answers of the API name
people by id alone and come with `users` beside.
"""

from collections.abc import Mapping
from datetime import datetime

from hemma.desk.imports.shapes import (
    Bad,
    BadRow,
    By,
    Facts,
    Said,
    Ticket,
    moment,
    storable,
    things,
    words,
)
from hemma.lib import html

# On hold means that a third party is waited for: the customer still waits for us.
STATES = {"new": "open", "open": "open", "hold": "open", "pending": "answered"}
STATES |= {"solved": "solved", "closed": "solved"}
CHANNELS = {"email": "mail", "voice": "phone", "phone": "phone"}


def ticket(facts: Facts, people: Mapping[str, Facts]) -> Ticket:
    """Raises BadRow when it can't be used."""
    state = STATES.get(words(facts.get("status")).lower(), "open")
    if words(facts.get("status")).lower() == "deleted":
        raise BadRow(Bad.DELETED)
    opened = moment(facts.get("created_at"))
    if opened is None:
        raise BadRow(Bad.NO_TIME)
    changed = moment(facts.get("updated_at")) or opened
    who = _person(facts, "requester", people)
    name, email, phone = (words(who.get(key), 254) for key in ("name", "email", "phone"))
    if not (name or email or phone):
        raise BadRow(Bad.NO_CUSTOMER)
    subject = words(facts.get("subject") or facts.get("raw_subject"), 300)
    said = _said(facts, people, who, opened)
    if not subject and not said:
        raise BadRow(Bad.NO_WORDS)
    solved = (moment(facts.get("solved_at")) or changed) if state == "solved" else None
    return Ticket(
        source="zendesk",
        number=words(facts.get("id"), 40),
        subject=subject,
        state=state,
        channel=_channel(facts),
        group=words(_inside(facts, "group").get("name") or facts.get("group_id"), 100),
        opened_at=opened,
        changed_at=max(changed, opened),
        solved_at=max(solved, opened) if solved else None,
        customer_name=name,
        customer_email=email if "@" in email else "",
        customer_phone=phone[:60],
        tags=_tags(facts),
        said=said,
    )


def _inside(facts: Facts, key: str) -> Facts:
    found = facts.get(key)
    return found if isinstance(found, dict) else {}


def _person(facts: Facts, key: str, people: Mapping[str, Facts]) -> Facts:
    """Who stands there: told whole, or by an id that the file explains elsewhere."""
    return _inside(facts, key) or people.get(words(facts.get(f"{key}_id")), {})


def _channel(facts: Facts) -> str:
    return CHANNELS.get(words(_inside(facts, "via").get("channel")).lower(), "form")


def _tags(facts: Facts) -> tuple[str, ...]:
    found = facts.get("tags")
    return tuple(filter(None, (words(one, 40) for one in found))) if isinstance(found, list) else ()


def _said(
    facts: Facts, people: Mapping[str, Facts], who: Facts, opened: datetime
) -> tuple[Said, ...]:
    own = words(who.get("id") or facts.get("requester_id"))
    found = [_comment(one, people, who, own, opened) for one in things(facts.get("comments"))]
    found = [one for one in found if one.text or one.files]
    if not found:
        # Exports without comments still tell the first words.
        text = storable(str(facts.get("description") or "")).strip()
        if text:
            name, address = words(who.get("name")), words(who.get("email"), 254)
            found = [Said(By.CUSTOMER, opened, text, name, address)]
    return tuple(sorted(found, key=lambda one: one.at))


def _comment(
    one: Facts, people: Mapping[str, Facts], who: Facts, own: str, opened: datetime
) -> Said:
    author = words(one.get("author_id"))
    writer = _inside(one, "author") or (who if author == own else people.get(author, {}))
    is_customer = author == own or words(writer.get("role")) == "end-user"
    by = By.CUSTOMER if is_customer else By.STAFF
    text = str(one.get("plain_body") or one.get("body") or "")
    if not text.strip() and one.get("html_body"):
        text = html.to_text(storable(str(one["html_body"])))
    files = tuple(words(file.get("file_name")) for file in things(one.get("attachments")))
    return Said(
        by=By.AMONG_US if one.get("public") is False else by,
        at=moment(one.get("created_at")) or opened,
        text=storable(text).strip(),
        name=words(writer.get("name")),
        address=words(writer.get("email"), 254),
        files=tuple(filter(None, files)),
    )
