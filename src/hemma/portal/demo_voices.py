"""What the demo's customers said of the help they had: complaints, one of them learned from, and thanks."""

import random
from collections import Counter
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncMonth

from hemma.desk.models import Case, Message, Queue
from hemma.people.demo import DemoCompany
from hemma.portal.models import Remark, Satisfaction

HOUR = timedelta(hours=1)
ANSWER_IT = 0.12  # of the customers who are asked how it went
ANSWERS, OFTEN = (1, 2, 3, 4, 5), (3, 5, 12, 35, 45)
# Kind, what the customer wrote, what we answered, what it taught.
VOICES = {
    "sv": (
        (
            Remark.Kind.COMPLAINT,
            "Jag fick vänta två dagar på ett svar som ni hade lovat till samma kväll.",
            "Du har rätt, och jag är ledsen för det. Nu är det ordnat, och jag ringer i morgon.",
            "",
        ),
        (
            Remark.Kind.COMPLAINT,
            "Ingen ringde upp som ni hade lovat. Jag satt hemma hela förmiddagen.",
            "Förlåt! Vi har bokat en ny tid, och då är det jag som ringer.",
            "Ett löfte om samtal läggs in som uppringning direkt, så att det syns för alla.",
        ),
        (Remark.Kind.THANKS, "Tack! Så skönt att få prata med någon som förstod.", "", ""),
    ),
    "nb": (
        (
            Remark.Kind.COMPLAINT,
            "Jeg måtte forklare det samme tre ganger til tre forskjellige.",
            "Det beklager jeg. Nå følger jeg saken til den er løst.",
            "Den som tar over en sak, leser den først og sier til kunden hva vi vet alt.",
        ),
        (Remark.Kind.THANKS, "Tusen takk for rask og hyggelig hjelp!", "", ""),
    ),
    "en": (
        (
            Remark.Kind.COMPLAINT,
            "The answer was friendly, but it did not answer my question.",
            "You are right. Here is the answer you asked for.",
            "",
        ),
        (Remark.Kind.THANKS, "Thank you, that was quick and kind!", "", ""),
    ),
}


def load_voices(company: DemoCompany) -> None:
    """Beside solved cases of each queue; nothing where any remark is already."""
    if Remark.objects.exists():
        return
    for unit in company.units:
        queue = Queue.objects.filter(team=unit.team).first()
        voices = VOICES[unit.language]
        solved = Case.objects.filter(
            queue=queue,
            state=Case.State.SOLVED,
            solved_at__lt=company.now - 24 * HOUR,
            customer__language=unit.language,
        )
        rows = solved.select_related("customer").order_by("-solved_at", "-pk")[: len(voices)]
        for case, voice in zip(rows, voices, strict=False):
            _say(case, *voice)


def load_satisfaction(company: DemoCompany) -> None:
    """Sums of answers by queue and month, as many as follow from the cases solved."""
    if Satisfaction.objects.exists():
        return
    chance = random.Random(company.seed)  # noqa: S311
    solved = (
        Case.objects.filter(state=Case.State.SOLVED, solved_at__lt=company.now)
        .annotate(month=TruncMonth("solved_at"))
        .values_list("queue", "month")
        .annotate(n=Count("pk"))
        .order_by("queue", "month")
    )
    sums = []
    for queue, month, n in solved:
        given = Counter(chance.choices(ANSWERS, OFTEN, k=round(n * ANSWER_IT)))
        sums += [
            Satisfaction(queue_id=queue, month=month.date(), answer=answer, count=count)
            for answer, count in sorted(given.items())
        ]
    Satisfaction.objects.bulk_create(sums)


def _say(case: Case, kind: Remark.Kind, said: str, answer: str, lesson: str) -> None:
    solved = case.solved_at
    assert solved is not None  # noqa: S101  # asked for above
    heard = _write(case, Message.Direction.IN, solved + HOUR, said)
    Remark.objects.create(
        message=heard,
        kind=kind,
        lesson=lesson,
        learned_at=solved + 4 * HOUR if lesson else None,
    )
    if answer:
        _write(case, Message.Direction.OUT, solved + 2 * HOUR, answer)
        Case.objects.filter(pk=case.pk).update(
            solved_at=solved + 2 * HOUR, changed_at=solved + 2 * HOUR
        )


def _write(case: Case, direction: str, at: datetime, text: str) -> Message:
    inward = direction == Message.Direction.IN
    answered = case.messages.exclude(author=None).order_by("-at").first()
    author = answered.author if answered and not inward else None
    return Message.objects.create(
        case=case,
        direction=direction,
        author=author,
        from_name=case.customer.name if inward else case.queue.programme,
        from_address=case.customer.email if inward else "",
        at=at,
        text=text,
    )
