"""Quarantine: what looks like spam waits for someone to look, and each look teaches."""

import email
import email.policy

from django.db import connection, transaction

from hemma.desk.actions.telling import tell
from hemma.desk.mail_models import SpamWord
from hemma.desk.models import Case, RawMail
from hemma.desk.queries.mailboxes import raw_for
from hemma.desk.queries.scope import cases_of
from hemma.lib import clock
from hemma.lib.mail import spam
from hemma.lib.mail.incoming import IncomingMail
from hemma.lib.mail.parse import parse
from hemma.people.models import Person

CERTAIN = 0.98
LEARN = """
    INSERT INTO desk_spamword (word, spam, ham)
    SELECT unnest(%(words)s::text[]), %(spam)s, %(ham)s
    ON CONFLICT (word) DO UPDATE
    SET spam = desk_spamword.spam + excluded.spam, ham = desk_spamword.ham + excluded.ham
"""


def suspicion(raw: RawMail, mail: IncomingMail) -> str:
    """'' for a mail to take in, else why it is held: 'spam: server' or 'spam: 99'."""
    head = bytes(raw.content).partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    if spam.server_says_spam(email.message_from_bytes(head, policy=email.policy.compat32)):
        return "spam: server"
    words = spam.words_of(mail)
    counts = _counts(words)
    chance = spam.probability(words, counts)
    return f"spam: {int(chance * 100)}" if chance >= CERTAIN else ""


def _counts(words: frozenset[str]) -> dict[str, tuple[int, int]]:
    # One short question answers for every installation that has learned nothing yet.
    with connection.cursor() as cursor:
        cursor.execute("SELECT spam, ham FROM desk_spamword WHERE word = ''")
        total = cursor.fetchone()
    if total is None or min(total) < spam.LEAST_LEARNED:
        return {}
    found = SpamWord.objects.filter(word__in=words).values_list("word", "spam", "ham")
    return {"": total, **{word: (bad, good) for word, bad, good in found}}


def learn(mail: IncomingMail, *, is_spam: bool) -> None:
    """Count a mail's words on one side."""
    words = sorted({*spam.words_of(mail), ""})
    with connection.cursor() as cursor:
        cursor.execute(LEARN, {"words": words, "spam": int(is_spam), "ham": int(not is_spam)})


@transaction.atomic
def learn_wanted(*, actor: Person, raw_id: int) -> None:
    """A leader released a mail from quarantine: such mails are wanted."""
    learn(parse(bytes(raw_for(actor, raw_id).content)), is_spam=False)


@transaction.atomic
def call_spam(*, actor: Person, case: Case) -> None:
    """Close a case as spam and learn from it; nothing is sent to anybody."""
    locked = cases_of(actor).select_for_update(of=("self",)).get(pk=case.pk)
    raw = RawMail.objects.filter(message__case=locked).order_by("pk").first()
    if raw is not None:
        learn(parse(bytes(raw.content)), is_spam=True)
    now = clock.now()
    locked.state, locked.waiting_since, locked.promised_at = Case.State.SOLVED, None, None
    locked.solved_at = locked.changed_at = now
    locked.save(update_fields=["state", "waiting_since", "promised_at", "solved_at", "changed_at"])
    locked.holdings.filter(until=None).update(until=now)
    tell("case.called_spam", locked, actor=actor)


@transaction.atomic
def learn_from_answer(*, case: Case) -> None:
    """A case that we answered was wanted: the first answer teaches its words."""
    raw = RawMail.objects.filter(message__case=case).order_by("pk").first()
    if raw is not None:
        learn(parse(bytes(raw.content)), is_spam=False)
