"""What stands beside the demo's cases: instructions, one of which must be read, a mandate, saved
replies, and answers that colleagues were asked to read."""

from datetime import timedelta
from decimal import Decimal

from hemma.desk.actions.guiding import publish_instruction, save_reply, set_mandate
from hemma.desk.models import Instruction, Message, OutgoingMail, Queue, Reading
from hemma.people.demo import DemoCompany, Unit
from hemma.people.models import Grant, Person, Role

DAY = timedelta(days=1)
MAY_DECIDE = Decimal(500)
CURRENCIES = {"sv": "SEK", "nb": "NOK", "en": "SEK"}
# Title, text, whether everybody must have read it.
INSTRUCTIONS = {
    "sv": (
        (
            "Så ger vi pengar tillbaka",
            "Pengarna är framme inom fem bankdagar. Säg dagen, inte ”snart”.\n\n"
            "Upp till 500 kronor bestämmer du själv. Säg gärna till i teamet om samma fel"
            " kommer tillbaka.",
            False,
        ),
        (
            "Nytt: ring när kunden har skrivit två gånger",
            "Har kunden fått vänta eller skrivit två gånger om samma sak? Ring i stället för att"
            " skriva en tredje gång.\n\nGår det inte att ringa: be om en tid som passar, och lova"
            " den.",
            True,
        ),
    ),
    "nb": (
        (
            "Slik gir vi penger tilbake",
            "Pengene er fremme innen fem bankdager. Si dagen, ikke «snart».\n\n"
            "Opp til 500 kroner bestemmer du selv.",
            False,
        ),
        (
            "Nytt: ring når kunden har skrevet to ganger",
            "Har kunden måttet vente, eller skrevet to ganger om det samme? Ring i stedet for å"
            " skrive en tredje gang.\n\nFår du ikke svar: be om et tidspunkt som passer, og lov"
            " det.",
            True,
        ),
    ),
    "en": (
        (
            "How we give money back",
            "The money arrives within five banking days. Say the day, not “soon”.\n\n"
            "Up to 500 kronor is yours to decide.",
            False,
        ),
        (
            "New: call when the customer has written twice",
            "Has the customer had to wait, or written twice about the same thing? Call instead of"
            " writing a third time.\n\nIf nobody answers: ask for a time that suits, and promise"
            " it.",
            True,
        ),
    ),
}
REPLIES = {
    "sv": (
        ("Vi tittar på det", "Hej {first_name}!\n\nTack för att du skrev. Jag tittar på det nu."),
        ("Pengarna är på väg", "Hej {first_name}!\n\nPengarna är hos dig inom fem bankdagar."),
    ),
    "nb": (
        ("Vi ser på det", "Hei {first_name}!\n\nTakk for at du skrev. Jeg ser på det nå."),
        ("Pengene er på vei", "Hei {first_name}!\n\nPengene er hos deg innen fem bankdager."),
    ),
    "en": (
        ("We look into it", "Hello {first_name}!\n\nThank you for writing. I am looking into it."),
        ("The money is coming", "Hello {first_name}!\n\nIt reaches you within five banking days."),
    ),
}
# Clear, says what happens next, warm, and in words: what colleagues said of two answers.
TOLD = {
    "sv": (
        (True, True, True, "Så tydligt! Att du skrev vilken dag gjorde mig lugn som kund."),
        (True, False, True, "Fint och varmt. Jag undrade bara vad som händer sedan."),
    ),
    "nb": (
        (True, True, True, "Så tydelig! Jeg ble rolig som kunde da du skrev hvilken dag."),
        (True, False, True, "Fint og varmt. Jeg lurte bare på hva som skjer etterpå."),
    ),
    "en": (
        (True, True, True, "So clear! As a customer I was at ease once I read which day."),
        (True, False, True, "Kind and warm. I only wondered what happens next."),
    ),
}
TO_READ = 2


def load_guidance(company: DemoCompany) -> None:
    """Once a queue, where somebody leads its team."""
    for unit in company.units:
        queue = Queue.objects.filter(team=unit.team).first()
        leader = unit.team.leader
        if queue is None or leader is None or Instruction.objects.filter(queue=queue).exists():
            continue
        _write(company, unit, queue, leader)
        _ask_each_other(company, unit)


def _write(company: DemoCompany, unit: Unit, queue: Queue, leader: Person) -> None:
    for title, text, must_read in INSTRUCTIONS[unit.language]:
        publish_instruction(
            actor=leader,
            queue=queue,
            title=title,
            text=text,
            must_read=must_read,
            valid_from=company.now - DAY,
        )
    set_mandate(actor=leader, queue=queue, up_to=MAY_DECIDE, currency=CURRENCIES[unit.language])
    for title, text in REPLIES[unit.language]:
        save_reply(actor=leader, queue=queue, title=title, text=text)


def _ask_each_other(company: DemoCompany, unit: Unit) -> None:
    """The first colleague has two answers read, one that waits to be, and two to read."""
    agents = set(
        Grant.objects.filter(person__in=unit.people, role=Role.AGENT, until=None).values_list(
            "person", flat=True
        )
    )
    peers = [one for one in unit.people if one.pk in agents]
    if len(peers) < 2:
        return
    first, others = peers[0], peers[1:]
    told = TOLD[unit.language]
    own = _answers(company, [first])[: len(told) + 1]
    for number, message in enumerate(own):
        reading = Reading(message=message, reader=others[number % len(others)])
        reading.asked_at = company.now - (number + 1) * DAY / 2
        if number:
            said = told[number - 1]
            reading.clear, reading.next_step, reading.warm, reading.words = said
            reading.read_at = reading.asked_at + timedelta(hours=2)
        reading.save()
    for number, message in enumerate(_answers(company, others)[:TO_READ]):
        asked = company.now - (number + 1) * DAY / 4
        Reading.objects.create(message=message, reader=first, drawn=bool(number), asked_at=asked)


def _answers(company: DemoCompany, people: list[Person]) -> list[Message]:
    """What they sent in the last week, the newest first."""
    rows = Message.objects.filter(
        author__in=people,
        direction=Message.Direction.OUT,
        at__gte=company.now - 7 * DAY,
        reading=None,
        outgoing__state=OutgoingMail.State.SENT,
    )
    return list(rows.select_related("case").order_by("-at", "-pk")[:20])
