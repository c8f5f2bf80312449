"""The demo's queues and mailboxes: one of each a team, on the demo's own mail server."""

from datetime import time, timedelta

from hemma.desk.actions.mailboxes import add_mailbox, move_mailbox
from hemma.desk.actions.queues import open_queue
from hemma.desk.demo_guidance import load_guidance
from hemma.desk.demo_history import load_history
from hemma.desk.models import Mailbox, Queue, Security
from hemma.people.demo import DemoCompany, Unit
from hemma.people.system import SYSTEM

HOST = "127.0.0.1"
WORKDAYS = range(5)
OPENS, CLOSES = time(8), time(17)
ANSWER_WITHIN = timedelta(hours=4)


def load(company: DemoCompany) -> None:
    """Queues, mailboxes and history; mailboxes that are there get the mail server's new ports."""
    known = {mailbox.address: mailbox for mailbox in Mailbox.objects.all()}
    servers = _servers(company)
    for unit in company.units:
        mailbox = known.get(unit.address)
        if mailbox is None:
            add_mailbox(
                actor=SYSTEM,
                address=unit.address,
                queue=_queue(unit),
                password=company.password,
                user=unit.address,
                **servers,
            )
        elif (mailbox.smtp_port, mailbox.imap_port) != (company.smtp_port, company.imap_port):
            move_mailbox(actor=SYSTEM, mailbox=mailbox, **servers)
    load_history(company)
    load_guidance(company)


def _servers(company: DemoCompany) -> dict[str, object]:
    return {
        "imap_host": HOST,
        "imap_port": company.imap_port,
        "imap_security": Security.NONE,
        "smtp_host": HOST,
        "smtp_port": company.smtp_port,
        "smtp_security": Security.NONE,
    }


def _queue(unit: Unit) -> Queue:
    return open_queue(
        actor=SYSTEM,
        name=unit.team.name,
        programme=unit.programme,
        team=unit.team,
        skill=unit.skill,
        answer_within=ANSWER_WITHIN,
        opening=[(weekday, OPENS, CLOSES) for weekday in WORKDAYS],
        language=unit.language,
        zone=unit.team.site.zone,
    )
