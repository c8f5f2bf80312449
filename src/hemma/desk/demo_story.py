"""One case of the demo's history: what was written, when it was answered, who had it in hand."""

import math
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from hemma.desk.demo_letter import Letter
from hemma.desk.demo_letters import SIGN_OFF, Customer, shorter_answer
from hemma.desk.models import Case, Queue
from hemma.desk.opening import Opening, promise_for
from hemma.lib.folding import words_of
from hemma.lib.mail.addresses import message_id
from hemma.people.demo import Unit
from hemma.people.models import Person

POST = "post.example"
MEDIAN_ANSWER_MIN, SPREAD = 42.0, 0.9  # of opening time; spread of its logarithm
HANDLING_MIN = (4.0, 18.0)
WRITES_AGAIN = 0.22
WAITS_FOR_CUSTOMER, SILENT_AFTER = 0.3, timedelta(days=3)
# Of what is not answered by now: what came long ago has been, but for a few.
STILL_WAITS, LEFT_OVER = timedelta(minutes=25), 0.1
NUMBER = "1234567890"  # stands for the customer's number among a letter's words


@dataclass
class Rows:
    """What is to be copied, by table; the columns are those of `demo_history`."""

    cases: list[tuple[object, ...]] = field(default_factory=list)
    messages: list[tuple[object, ...]] = field(default_factory=list)
    holdings: list[tuple[object, ...]] = field(default_factory=list)
    words: list[tuple[object, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """One team's queue, how it is open, and who answers there."""

    unit: Unit
    queue: Queue
    opening: Opening
    people: tuple[Person, ...]
    letters: tuple[Letter, ...]


@dataclass
class Story:
    """One case from its first letter to its end, or to where it stands now."""

    rows: Rows
    rng: random.Random
    now: datetime
    desk: Desk
    number: int
    case_id: int
    letter: Letter
    customer: Customer
    key: bytes
    n: str = ""
    texts: list[str] = field(default_factory=list)

    def tell(self, customer_id: int, address: str, opened: datetime) -> None:
        """Write it down in every table."""
        self.n = str(self.rng.randint(120, 899))
        promised = promise_for(self.desk.opening, opened, self.desk.queue.answer_within)
        self._letter(opened, self.letter.text, address)
        done, waits_since = self._answered(opened, self.letter.answer), opened
        if done and self.letter.follow_up and self.rng.random() < WRITES_AGAIN:
            again = done + timedelta(minutes=self.rng.uniform(15, 180))
            if again < self.now:
                self._letter(again, self.letter.follow_up, address)
                waits_since = again
                promised = promise_for(self.desk.opening, again, self.desk.queue.answer_within)
                done = self._answered(again, shorter_answer(self.customer))
        state = self._state(done)
        self.rows.cases.append(
            (
                self.case_id,
                self.number,
                self.desk.queue.pk,
                customer_id,
                self.letter.subject,
                Case.Channel.MAIL,
                state,
                opened,
                None if done else waits_since,
                promised,
                done if state == Case.State.SOLVED else None,
                done or waits_since,
            )
        )
        self._findable(address, opened)

    def _state(self, done: datetime | None) -> str:
        if done is None:
            return Case.State.OPEN
        recent = self.now - done < SILENT_AFTER
        waits = recent and self.rng.random() < WAITS_FOR_CUSTOMER
        return Case.State.ANSWERED if waits else Case.State.SOLVED

    def _letter(self, at: datetime, template: str, address: str) -> None:
        self.texts.append(template)
        self._message(at, template, "in", None, self.customer.name, address)

    def _answered(self, since: datetime, words: str) -> datetime | None:
        """When it was answered, after so much of the opening hours; None: not yet."""
        minutes = MEDIAN_ANSWER_MIN * math.exp(self.rng.gauss(0, SPREAD))
        at = promise_for(self.desk.opening, since, timedelta(minutes=minutes))
        if at >= self.now:
            # Most of what came in the night and before has been answered in the morning.
            opened = promise_for(self.desk.opening, since, timedelta(minutes=1))
            if self.now - opened < STILL_WAITS or self.rng.random() < LEFT_OVER:
                return None
            at = opened + (self.now - opened) * self.rng.random()
        person = self.rng.choice(self.desk.people)
        handling = timedelta(minutes=self.rng.uniform(*HANDLING_MIN))
        self.rows.holdings.append((self.case_id, person.pk, max(since, at - handling), at))
        greeting = SIGN_OFF[self.letter.language]
        text = f"{greeting}\n\n{words}\n\n{person.first_name}"
        self.texts += [greeting, words, person.first_name]
        self._message(at, text, "out", person.pk, self.desk.queue.programme, self.desk.unit.address)
        return at

    def _message(
        self, at: datetime, template: str, way: str, author: int | None, name: str, address: str
    ) -> None:
        if way == "out":
            domain = address.rpartition("@")[2]
            key = message_id(self.number, domain, self.key)
        else:
            key = f"h{self.case_id}.{len(self.texts)}@{POST}"
        text = template.replace("{me}", self.customer.first_name).replace("{n}", self.n)
        self.rows.messages.append((self.case_id, way, author, name, address, at, text, "", "", key))

    def _findable(self, address: str, opened: datetime) -> None:
        me = self.customer.first_name
        texts = (self.letter.subject, self.customer.name, address, *dict.fromkeys(self.texts))
        known = [_folded(text, me if "{me}" in text else "") for text in texts]
        words = " ".join(known).replace(NUMBER, self.n)
        self.rows.words.append((self.case_id, self.desk.queue.pk, opened, words))


@cache
def _folded(template: str, me: str) -> str:
    """The folded words of a text, with a number that stands for the customer's own."""
    return " ".join(words_of(template.replace("{me}", me).replace("{n}", NUMBER)))
