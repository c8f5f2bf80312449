"""Who goes first: of contacts, and of the people who could take one.

Both orders are lexicographic: the next question is asked only where the one before is equal.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from math import floor, inf
from operator import ne

from hemma.core.routing.decision import Reason, ReasonCode
from hemma.core.routing.facts import ContactFacts, PersonFacts, PolicySettings, SkillChoice
from hemma.core.routing.why_not import Question

Key = tuple[float, ...]


def allowed_s(contact: ContactFacts) -> float:
    """How long it may wait: until its promise, else its target; above 0."""
    if contact.promised_s is None:
        return contact.target_s
    return max(1.0, contact.promised_s - contact.waiting_since_s)


def by_urgency(contacts: Iterable[ContactFacts], now_s: float) -> list[ContactFacts]:
    """Most urgent first, then the largest share of the allowed wait used up, the longest wait, number.

    A share, not a difference: a call ten seconds late on its twenty goes before a letter ten
    minutes late on its eight hours.
    """

    return sorted(contacts, key=lambda one: urgency_key(one, now_s))


def urgency_key(contact: ContactFacts, now_s: float) -> Key:
    """Smaller goes first."""
    share = (now_s - contact.waiting_since_s) / allowed_s(contact)
    return (-contact.urgency, -share, contact.waiting_since_s, contact.id)


def per_hour(person: PersonFacts, settings: PolicySettings) -> float:
    """Contacts an hour the person has got today."""
    available_s = max(person.available_today_s, settings.fairness_least_s)
    return person.assigned_today * 3600.0 / available_s


def held(person: PersonFacts) -> int:
    """Contacts the person has at the moment, offers among them."""
    return sum(person.load.values())


def turn_key(person: PersonFacts, settings: PolicySettings) -> Key:
    """Smaller goes first: fair share of the day, least held now, longest since the last, number."""
    step = floor(per_hour(person, settings) / settings.fairness_step_per_h)
    last = -inf if person.last_assigned_s is None else person.last_assigned_s
    return (step, held(person), last, person.id)


def whole_key(passed: int, skill: int, stranger: int, turn: Key) -> Key:
    """Smaller goes first: has not let the contact pass (0), skill, is the earlier person (0), turn."""
    return (passed, skill, stranger) + turn  # noqa: RUF005 (the simulation's compiler knows this form)


def surplus(person: PersonFacts, needed: Mapping[str, int]) -> int:
    """Levels above what is needed, summed over the skills."""
    return sum(person.skills.get(skill, 0) - least for skill, least in needed.items())


def skill_key(person: PersonFacts, asked: Question) -> int:
    """Smaller goes first, by the queue's skill choice."""
    choice = asked.settings.skill_choice
    if choice is SkillChoice.ENOUGH:
        return 0
    above = surplus(person, asked.contact.skills)
    return above if choice is SkillChoice.CLOSEST else -above


_CODES = (
    ReasonCode.NOT_ASKED_YET,
    ReasonCode.SKILL,
    ReasonCode.EARLIER_PERSON,
    ReasonCode.FAIR_SHARE,
    ReasonCode.LESS_BUSY,
    ReasonCode.LONGEST_SINCE,
    ReasonCode.EQUAL,
)


_CODES_IN_LINE = (ReasonCode.SKILL, *_CODES[3:])
"""Of those who stand alike to the contact: nobody let it pass, nobody is known."""
_ONLY_ONE = Reason(ReasonCode.ONLY_ONE)


def what_decided(people: Sequence[PersonFacts], keys: Sequence[Key], asked: Question) -> Reason:
    """The first question at which the chosen one and the next in line, if there is one, differ.

    A whole key answers, in this order: has let the contact pass, skill, is not the earlier person,
    turn; a shorter one of a line skill and turn alone.
    """
    if len(keys) == 1:
        return _ONLY_ONE
    codes = _CODES if len(keys[0]) == len(_CODES) else _CODES_IN_LINE
    code = next(compress(codes, map(ne, keys[0], keys[1])))
    return Reason(code, _numbers(code, people[0], people[1], asked))


def _numbers(
    code: ReasonCode, first: PersonFacts, second: PersonFacts, asked: Question
) -> tuple[float, ...]:
    if code is ReasonCode.FAIR_SHARE:
        return (per_hour(first, asked.settings), per_hour(second, asked.settings))
    if code is ReasonCode.SKILL:
        return (surplus(first, asked.contact.skills),)
    if code is ReasonCode.LESS_BUSY:
        return (held(first), held(second))
    if code is ReasonCode.LONGEST_SINCE:
        last = first.last_assigned_s
        return (-1.0 if last is None else asked.now_s - last,)
    return ()
