"""A queue that Amanda and Bengt answer, led by Tina; Charlie belongs to another team."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from hemma.desk import actions
from hemma.desk.models import Case, Mailbox, OpeningSpan, Queue
from hemma.people.actions import add_person, join_team
from hemma.people.models import Person, Role, Site, Team
from hemma.people.system import SYSTEM

THURSDAY = datetime(2026, 11, 19, 8, 37, tzinfo=UTC)  # 09:37 in Stockholm


@dataclass
class Room:
    amanda: Person
    bengt: Person
    tina: Person
    charlie: Person
    queue: Queue
    mailbox: Mailbox

    def mail_in(self, raw: bytes, uid: int | None = None):
        """Store a mail as the poller does and take it in."""
        uid = uid or self.mailbox.raw_mails.count() + 1
        raw_id = actions.store(mailbox_id=self.mailbox.pk, uidvalidity=1, uid=uid, content=raw)
        return actions.take_in(raw_id=raw_id)

    def case_from_kim(self, subject: str = "Fakturan dragen två gånger", **more) -> Case:
        self.mail_in(mail(subject=subject, message_id=f"{Case.objects.count()}@kim", **more))
        return Case.objects.order_by("-pk").first()


def mail(
    *,
    sender="Kim Holm <kim@example.org>",
    subject="Hej",
    text="Hej! Kan ni titta på det?",
    message_id="one@kim",
    headers=(),
    to="support@bjorkvik.example",
) -> bytes:
    lines = [
        f"From: {sender}",
        f"To: {to}",
        f"Subject: {subject}",
        f"Message-ID: <{message_id}>",
        "Date: Thu, 19 Nov 2026 08:30:00 +0000",
        "Content-Type: text/plain; charset=utf-8",
        *headers,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + text + "\r\n").encode()


def build_room() -> Room:
    site = Site.objects.create(name="Malmö", country="SE")
    amanda, bengt, charlie = (
        add_person(
            actor=SYSTEM, email=f"{name.split()[0].lower()}@hemma.example", name=name, site=site
        )
        for name in ("Amanda Nyström", "Bengt Olsson", "Charlie Outsider")
    )
    tina = add_person(
        actor=SYSTEM,
        email="tina@hemma.example",
        name="Tina Ekdahl",
        roles=[Role.TEAM_LEADER],
        site=site,
    )
    faktura = Team.objects.create(name="Faktura", site=site, leader=tina)
    other = Team.objects.create(name="Resor", site=site)
    for person, team in ((amanda, faktura), (bengt, faktura), (charlie, other)):
        join_team(actor=SYSTEM, person=person, team=team)
    queue = Queue.objects.create(
        name="Björkvik faktura",
        programme="Björkvik Energi",
        team=faktura,
        answer_within=timedelta(hours=4),
    )
    OpeningSpan.objects.bulk_create(
        OpeningSpan(queue=queue, weekday=day, opens=time(8), closes=time(17)) for day in range(5)
    )
    mailbox = actions.add_mailbox(
        actor=SYSTEM,
        address="support@bjorkvik.example",
        queue=queue,
        password="secret",
        imap_host="127.0.0.1",
        smtp_host="127.0.0.1",
        smtp_port=1,
        imap_security="none",
        smtp_security="none",
    )
    return Room(amanda, bengt, tina, charlie, queue, mailbox)
