"""A small company in the database, one thing of each sort, for walking through every page."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.apps import apps

from hemma.desk.mail_models import Arrival, SortingRule
from hemma.desk.models import (
    Attachment,
    Case,
    CaseImport,
    Customer,
    Holding,
    Incident,
    Mailbox,
    Message,
    Queue,
    RawMail,
)
from hemma.insight.models import DataFile, Pilot
from hemma.lib import clock
from hemma.people.actions import add_person, join_team, set_skill, write_processing_record
from hemma.people.models import (
    PeopleImport,
    Person,
    Place,
    ProcessingRecord,
    Programme,
    Role,
    SetUp,
    Site,
    Skill,
    Team,
)
from hemma.people.system import SYSTEM
from hemma.planning.models import Activity, ActivityKind, Shift
from hemma.portal.models import ClientExit, ContactForm
from hemma.support.models import Contact, Slip
from hemma.workday.models import Correction, Mode, ModeSpell, Worked


@dataclass(frozen=True)
class Company:
    """Amanda works in the team that Tina leads; Charlie works in another. Imran looks after accounts.

    Kim is a customer.
    """

    amanda: Person
    tina: Person
    charlie: Person
    imran: Person
    team: Team
    case: Case
    offered: Case
    offer_id: int
    replay_id: int
    attachment: Attachment
    raw: RawMail
    incident_id: int
    record: ProcessingRecord
    batch_id: int
    sorting_id: int
    contact_form_id: int
    case_import_id: int
    worked_id: int
    correction_id: int
    file_id: int
    pilot_id: int
    programme_id: int
    contact_id: int
    slip_id: int

    def arguments(self) -> dict[str, object]:
        """A value for every parameter that an address of the product has, all Amanda's or her team's."""
        return {
            "decision_id": 1,
            "gap_id": 1,
            "template_id": 1,
            "eased_id": 1,
            "kind": "csv",
            "worked_id": self.worked_id,
            "correction_id": self.correction_id,
            "activity_id": 1,
            "todo_id": 1,
            "device_id": 1,
            "contact_id": self.contact_id,
            "slip_id": self.slip_id,
            "address_id": 1,
            "api_token_id": 1,
            "webhook_id": 1,
            "incident_id": self.incident_id,
            "note_id": 1,
            "token": uuid4(),
            "version_id": 1,
            "view_id": 1,
            "attachment_id": self.attachment.pk,
            "case_id": self.case.pk,
            "case_import_id": self.case_import_id,
            # Customers' pages: a code that fits no case.
            "code": "nothing",
            "contact_form_id": self.contact_form_id,
            "lang": "sv",
            "slug": "nordljus",
            "tip": "printer",
            "file_id": self.file_id,
            "pilot_id": self.pilot_id,
            "directory_id": str(self.amanda.pk),
            "customer_id": self.case.customer_id,
            "import_id": self.batch_id,
            "here": "team",
            "key": "nothing",
            "mailbox_id": self.raw.mailbox_id,
            "sorting_id": self.sorting_id,
            "message_id": self.attachment.message_id,
            "noun": "teams",
            "number": self.case.number,
            "offer_id": self.offer_id,
            "on_call_id": 1,
            "replay_id": self.replay_id,
            "passkey_id": 1,
            "person_id": self.amanda.pk,
            "programme_id": self.programme_id,
            "queue_id": self.case.queue_id,
            "rest": "nothing",
            "rule_id": 1,
            "raw_id": self.raw.pk,
            "reading_id": 1,
            "record_id": self.record.pk,
            "session_id": uuid4(),
            "team_id": self.team.pk,
            "thing_id": self.team.pk,
            "token_id": 1,
        }


def build() -> Company:
    """Fill the database."""
    SetUp.objects.create(company="Nordljus", began_at=clock.now())
    site = Site.objects.create(name="Umeå", country="SE", zone="Europe/Stockholm")
    amanda = _person("Amanda Nyström", Role.AGENT, site)
    tina = _person("Tina Ekdahl", Role.TEAM_LEADER, site)
    charlie = _person("Charlie Holm", Role.AGENT, site)
    imran = _person("Imran Malik", Role.ADMINISTRATOR, site)
    team = Team.objects.create(name="Ekdahls", site=site, leader=tina)
    other = Team.objects.create(name="Others", site=site)
    for person, place in ((amanda, team), (tina, team), (charlie, other)):
        join_team(actor=SYSTEM, person=person, team=place)
    skill = Skill.objects.create(code="invoices", name="Invoices")
    set_skill(actor=SYSTEM, person=amanda, skill=skill, level=5)
    queue = Queue.objects.create(
        name="Invoices",
        programme="Nordljus",
        team=team,
        skill=skill,
        answer_within=timedelta(hours=4),
    )
    _work(amanda)
    held, offered = _case(queue, 1), _case(queue, 2)
    Holding.objects.create(case=held, person=amanda, since=clock.now())
    attachment = Attachment.objects.create(
        message=held.messages.get(),
        name="bill.txt",
        content_type="text/plain",
        size=4,
        content=b"bill",
    )
    offer_id = _offer(offered, held, amanda)
    incident = Incident.objects.create(queue=queue, title="No light", opened_at=clock.now())
    record = _record(imran)
    raw = _raw(queue)
    Arrival.objects.create(case=held, mailbox=raw.mailbox, why="first", language="sv")
    worked, correction = _worked(amanda, tina)
    rule = SortingRule.objects.create(name="Invoices", subject="invoice", queue=queue)
    return Company(
        amanda=amanda,
        tina=tina,
        charlie=charlie,
        imran=imran,
        team=team,
        case=held,
        offered=offered,
        offer_id=offer_id,
        replay_id=_replay(queue, tina),
        attachment=attachment,
        raw=raw,
        incident_id=incident.pk,
        record=record,
        batch_id=_batch(imran),
        sorting_id=rule.pk,
        case_import_id=CaseImport.objects.create(
            by=imran, at=clock.now(), file_name="export.json"
        ).pk,
        contact_form_id=ContactForm.objects.create(slug="nordljus", queue=queue).pk,
        worked_id=worked,
        correction_id=correction,
        file_id=DataFile.objects.create(
            subject="absence", by=imran, at=clock.now(), file_name="absence.csv"
        ).pk,
        pilot_id=Pilot.objects.create(
            name="Home on Fridays",
            question="Does it help?",
            measures=["pace"],
            starts_on=clock.now().date(),
            ends_on=clock.now().date() + timedelta(days=56),
            made_by=imran,
            made_at=clock.now(),
        ).pk,
        programme_id=_gone_client().pk,
        contact_id=Contact.objects.create(sort="other", name="Somebody", phone="1").pk,
        slip_id=Slip.objects.create(what="other", told_at=clock.now(), teller=amanda).pk,
    )


def _gone_client() -> Programme:
    """A client that has left: there is a report of it."""
    programme = Programme.objects.create(name="Nordljus", client="Nordljus AB")
    now = clock.now()
    ClientExit.objects.create(
        programme=programme, state="done", began_at=now, fetched_at=now, deleted_at=now
    )
    return programme


def _worked(person: Person, leader: Person) -> tuple[int, int]:
    """A day that is over, and that the leader says was otherwise."""
    ends_at = clock.now() - timedelta(hours=20)
    starts_at = ends_at - timedelta(hours=8)
    span = {"starts_at": starts_at, "ends_at": ends_at, "place_type": Place.HOME}
    worked = Worked.objects.create(person=person, **span)
    correction = Correction.objects.create(
        person=person, worked=worked, proposed_by=leader, proposed_at=clock.now(), **span
    )
    return worked.pk, correction.pk


def _record(imran: Person) -> ProcessingRecord:
    return write_processing_record(
        actor=imran,
        known=None,
        programme="Nordljus",
        client="Nordljus AB",
        purpose="Answering customers",
        categories="Customers: name, e-mail, what they write",
    )


def _batch(person: Person) -> int:
    """A list of people that waits to be confirmed."""
    row = PeopleImport.objects.create(
        by=person, at=clock.now(), file_name="people.csv", rows=[[2, {"email": "x"}]]
    )
    return row.pk


def _person(name: str, role: Role, site: Site) -> Person:
    email = f"{name.split(' ')[0].lower()}@example.org"
    return add_person(actor=SYSTEM, email=email, name=name, roles=[role], site=site)


def _work(person: Person) -> None:
    now = clock.now()
    shift = Shift.objects.create(
        person=person,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=7),
        place_type=Place.HOME,
    )
    Activity.objects.create(
        shift=shift, kind=ActivityKind.QUEUE, starts_at=shift.starts_at, ends_at=shift.ends_at
    )
    ModeSpell.objects.create(person=person, mode=Mode.READY, since=now)


def _case(queue: Queue, number: int) -> Case:
    now = clock.now()
    customer, _ = Customer.objects.get_or_create(name="Kim Holm", email="kim@example.org")
    case = Case.objects.create(
        number=number,
        queue=queue,
        customer=customer,
        subject="My invoice",
        opened_at=now,
        waiting_since=now,
        changed_at=now,
    )
    Message.objects.create(
        case=case,
        direction=Message.Direction.IN,
        from_name="Kim Holm",
        from_address="kim@example.org",
        at=now,
        text="Two of them came.",
        message_id=f"<{uuid4()}@example.org>",
    )
    return case


def _raw(queue: Queue) -> RawMail:
    """A mail that could not be made a case of."""
    mailbox = Mailbox.objects.create(
        address="invoices@example.org",
        queue=queue,
        imap_host="localhost",
        smtp_host="localhost",
        is_active=False,
    )
    return RawMail.objects.create(
        mailbox=mailbox,
        uidvalidity=1,
        uid=1,
        stored_at=clock.now(),
        content=b"Subject: hello\r\n\r\nhello\r\n",
        sha256="0" * 64,
        state=RawMail.State.SET_ASIDE,
        problem="no_sender",
    )


def _replay(queue: Queue, person: Person) -> int:
    """Changed rules of the queue, waiting to be tried; 0 without that room."""
    if not apps.is_installed("hemma.routing"):
        return 0
    from hemma.routing.actions import try_rules

    return try_rules(actor=person, queue=queue).pk


def _offer(offered: Case, decided: Case, person: Person) -> int:
    """An open offer of one case, and why another went to the person; 0 without that room."""
    if not apps.is_installed("hemma.routing"):
        return 0
    from hemma.routing.models import Offer, Verdict

    now = clock.now()
    Verdict.objects.create(case=decided, at=now, person=person)
    later = now + timedelta(minutes=5)
    return Offer.objects.create(case=offered, person=person, offered_at=now, expires_at=later).pk
