"""A ticket as Zammad's API tells it: https://docs.zammad.org/en/latest/api/ticket/index.html.

Asked with `expand=true` people, groups and states stand there by name; without it by id, which
`assets` explain. Articles are inside the ticket (`articles`) or beside it, known by `ticket_id`.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr

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

# Companies write states of their own; what is not known here is open unless it has an end.
STATES = {"new": "open", "open": "open", "pending reminder": "open", "pending close": "answered"}
STATES |= {"closed": "solved", "merged": "solved"}
CHANNELS = {"email": "mail", "phone": "phone", "web": "form"}
SENDERS = {"customer": By.CUSTOMER, "2": By.CUSTOMER}
SIGNS = frozenset({"title", "customer", "customer_id", "articles", "article_ids"})


def wrote(facts: Facts) -> bool:
    """Whether Zammad wrote this ticket."""
    return bool(SIGNS & set(facts)) and "requester" not in facts and "requester_id" not in facts


def ticket(
    facts: Facts,
    articles: list[Facts],
    people: Mapping[str, Facts],
    names: Mapping[str, Mapping[str, str]],
) -> Ticket:
    """Raises BadRow when it can't be used. `names`: names of groups and states by id."""
    opened = moment(facts.get("created_at"))
    if opened is None:
        raise BadRow(Bad.NO_TIME)
    changed = moment(facts.get("updated_at")) or opened
    ended = moment(facts.get("close_at"))
    state = STATES.get(_named(facts, "state", names).lower(), "solved" if ended else "open")
    said = tuple(sorted((_article(one, opened) for one in articles), key=lambda one: one.at))
    said = tuple(one for one in said if one.text or one.files)
    name, email, phone = _customer(facts, people, said)
    if not (name or email or phone):
        raise BadRow(Bad.NO_CUSTOMER)
    subject = words(facts.get("title"), 300)
    if not subject and not said:
        raise BadRow(Bad.NO_WORDS)
    found = facts.get("tags")
    tags = found if isinstance(found, list) else str(found or "").split(",")
    return Ticket(
        source="zammad",
        number=words(facts.get("number") or facts.get("id"), 40),
        subject=subject,
        state=state,
        channel=_channel(facts, articles),
        group=_named(facts, "group", names),
        opened_at=opened,
        changed_at=max(changed, opened),
        solved_at=max(ended or changed, opened) if state == "solved" else None,
        customer_name=name,
        customer_email=email,
        customer_phone=phone,
        away_until=moment(facts.get("pending_time")) if state == "open" else None,
        tags=tuple(filter(None, (words(one, 40) for one in tags))),
        said=said,
    )


def _named(facts: Facts, key: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """The group's or state's name, however it is told."""
    told = facts.get(key)
    if isinstance(told, dict):
        return words(told.get("name"), 100)
    number = words(facts.get(f"{key}_id"))
    return words(told, 100) or names.get(key, {}).get(number, number)


def _customer(
    facts: Facts, people: Mapping[str, Facts], said: tuple[Said, ...]
) -> tuple[str, str, str]:
    """Name, address and phone: from who is named, else from who wrote first."""
    told = facts.get("customer")
    who = told if isinstance(told, dict) else people.get(words(facts.get("customer_id")), {})
    name = " ".join(filter(None, (words(who.get(key)) for key in ("firstname", "lastname"))))
    email = words(who.get("email") or (told if isinstance(told, str) else ""), 254)
    phone = words(who.get("phone") or who.get("mobile"), 60)
    first = next((one for one in said if one.by is By.CUSTOMER), None)
    if "@" not in email:
        # A login that is no address is a name; the address may stand in what was written.
        name, email = name or email, first.address if first else ""
    if not name and first is not None and first.address.lower() == email.lower():
        name = first.name
    return name, email if "@" in email else "", phone


def _channel(facts: Facts, articles: list[Facts]) -> str:
    kinds = [words(facts.get("create_article_type"))]
    kinds += [words(one.get("type")) for one in articles[:1]]
    return next((CHANNELS[kind] for kind in kinds if kind in CHANNELS), "form")


def _article(one: Facts, opened: datetime) -> Said:
    text = storable(str(one.get("body") or ""))
    if "html" in words(one.get("content_type")).lower():
        text = html.to_text(text)
    name, address = parseaddr(words(one.get("from"), 300))
    sender = words(one.get("sender") or one.get("sender_id")).lower()
    files = (words(file.get("filename")) for file in things(one.get("attachments")))
    return Said(
        by=By.AMONG_US if one.get("internal") is True else SENDERS.get(sender, By.STAFF),
        at=moment(one.get("created_at")) or opened,
        text=text.strip(),
        name=name[:200] or ("" if "@" in address else address[:200]),
        address=address[:254] if "@" in address else "",
        message_id=re.sub(r"[<>\s]", "", words(one.get("message_id"), 400)),
        files=tuple(filter(None, files)),
    )
