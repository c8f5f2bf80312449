"""A company lives through anything that can happen; whatever the order, the promises hold.

The machine keeps its own books in plain numbers and judges by them, not by the policy's words.
"""

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hemma.core.routing import (
    Channel,
    ContactFacts,
    Ending,
    Facts,
    InHand,
    Mode,
    OpenOffer,
    PersonFacts,
    PolicySettings,
    QueueFacts,
    decide,
    ending_of,
    must_move,
)

ALLOWED = PolicySettings().modes
ANSWER_S = 90.0
CAPACITY = 2


class Company(RuleBasedStateMachine):
    """Five people, two queues; things happen, and every now and then the router takes its turn."""

    @initialize(data=st.data())
    def opens(self, data):
        self.now = 0.0
        self.people = {
            number: {
                "mode": Mode.OFF,
                "until": data.draw(st.sampled_from([None, 2000.0, 9000.0])),
                "queues": data.draw(st.sampled_from([{1}, {2}, {1, 2}])),
                "skill": data.draw(st.integers(1, 5)),
                "limit": None,
                "got": 0,
            }
            for number in range(1, 6)
        }
        self.waiting = {}
        self.held = {}
        self.offers = {}
        self.declined = {}
        self.unanswered = {}
        self.why = {}
        self.decided_at = None

    def changed(self):
        self.decided_at = None

    @rule(queue=st.sampled_from([1, 2]), level=st.integers(1, 5), promise=st.integers(60, 9000))
    def kim_writes(self, queue, level, promise):
        number = len(self.waiting) + len(self.held) + len(self.why) + 1000
        while number in self.waiting or number in self.held or number in self.why:
            number += 1
        self.waiting[number] = ContactFacts(
            number,
            Channel.MAIL,
            queue,
            self.now,
            28_800.0,
            promised_s=self.now + promise,
            skills={"invoice": level},
        )
        self.changed()

    @rule(person=st.integers(1, 5), mode=st.sampled_from(Mode))
    def changes_mode(self, person, mode):
        self.people[person]["mode"] = mode
        self.changed()

    @rule(person=st.integers(1, 5), limit=st.sampled_from([None, 0, 1, 2]))
    def says_how_many(self, person, limit):
        self.people[person]["limit"] = limit
        self.changed()

    @rule(seconds=st.sampled_from([1.0, 30.0, 91.0, 1200.0]))
    def time_passes(self, seconds):
        self.now += seconds
        self.changed()

    @rule(person=st.integers(1, 5))
    def goes_home(self, person):
        self.people[person]["until"] = None
        self.changed()

    @precondition(lambda self: self.offers)
    @rule(data=st.data(), yes=st.booleans())
    def answers(self, data, yes):
        contact = data.draw(st.sampled_from(sorted(self.offers)))
        person, _expires = self.offers.pop(contact)
        if yes:
            self.held[contact] = (person, self.waiting.pop(contact))
            self.people[person]["got"] += 1
        else:
            self.declined.setdefault(contact, set()).add(person)
        self.changed()

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def solves(self, data):
        contact = data.draw(st.sampled_from(sorted(self.held)))
        del self.held[contact]
        self.changed()

    @rule()
    def the_router_takes_its_turn(self):
        self._upkeep()
        decisions = decide(self._facts())
        self.why = {one.contact: one for one in decisions}
        for one in decisions:
            if one.person is not None:
                assert one.contact not in self.offers
                self._judge(one.person, self.waiting[one.contact])
                self.offers[one.contact] = (one.person, self.now + ANSWER_S)
        self.decided_at = self.now

    def _upkeep(self):
        for contact, (person, expires) in sorted(self.offers.items()):
            who = self.people[person]
            offer = OpenOffer(who["mode"], self._at_work(who), contact in self.waiting, expires)
            ending = ending_of(offer, ALLOWED, self.now)
            if ending is not None:
                del self.offers[contact]
            if ending is Ending.UNANSWERED:
                self.unanswered.setdefault(contact, set()).add(person)
        for contact, (person, known) in sorted(self.held.items()):
            back = self.now if self._at_work(self.people[person]) else None
            if must_move(InHand(known.promised_s, back), self.now):
                del self.held[contact]
                self.waiting[contact] = replace(known, earlier_person=person)

    def _at_work(self, who):
        return who["until"] is not None and who["until"] > self.now

    def _load(self, person):
        return sum(holder == person for holder, _c in self.held.values()) + sum(
            asked == person for asked, _e in self.offers.values()
        )

    def _facts(self):
        people = tuple(
            PersonFacts(
                id=number,
                mode=who["mode"],
                works_until_s=who["until"],
                queues=frozenset(who["queues"]),
                skills={"invoice": who["skill"]},
                load={Channel.MAIL: self._load(number)},
                capacity={Channel.MAIL: CAPACITY},
                personal_limit=who["limit"],
                open_offers=sum(asked == number for asked, _e in self.offers.values()),
                assigned_today=who["got"],
                available_today_s=max(self.now, 1.0),
            )
            for number, who in self.people.items()
        )
        contacts = tuple(
            replace(
                one,
                offered_to=self.offers.get(number, (None, 0))[0],
                declined_by=frozenset(self.declined.get(number, ())),
                unanswered_by=frozenset(self.unanswered.get(number, ())),
            )
            for number, one in self.waiting.items()
        )
        return Facts(self.now, people, contacts, (QueueFacts(1, True), QueueFacts(2, True)))

    def _judge(self, person, contact):
        who = self.people[person]
        assert who["mode"] == Mode.READY
        assert self._at_work(who)
        assert contact.queue in who["queues"]
        assert who["skill"] >= contact.skills["invoice"]
        assert person not in self.declined.get(contact.id, ())
        assert self._load(person) < CAPACITY
        assert who["limit"] is None or self._load(person) < who["limit"]

    @invariant()
    def nobody_is_asked_twice_and_nothing_is_in_two_hands(self):
        asked = [person for person, _expires in getattr(self, "offers", {}).values()]
        assert len(asked) == len(set(asked))
        assert not set(getattr(self, "held", ())) & set(getattr(self, "waiting", ()))

    @invariant()
    def after_a_turn_everything_that_waits_is_asked_about_or_says_why(self):
        if getattr(self, "decided_at", None) is None:
            return
        for contact in self.waiting:
            if contact not in self.offers:
                stated = self.why[contact].reasons
                assert any(reason.code == "nobody" for reason in stated)

    @invariant()
    def nothing_that_breaks_its_promise_stays_with_someone_gone(self):
        if getattr(self, "decided_at", None) is None:
            return
        for person, contact in self.held.values():
            if not self._at_work(self.people[person]):
                assert contact.promised_s is None


TestCompany = Company.TestCase
TestCompany.settings = settings(deadline=None, max_examples=60, stateful_step_count=40)
