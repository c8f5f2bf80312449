"""Whom a letter's language and its urgency lead to."""

from datetime import timedelta

from hemma.desk.models import Arrival, Case, Mailbox
from hemma.lib import clock
from hemma.people.actions import set_languages
from hemma.people.system import SYSTEM
from hemma.routing import actions, queries
from hemma.routing.models import Offer, Verdict


def speak(**languages):
    for person, codes in languages.values():
        set_languages(actor=SYSTEM, person=person, levels=dict.fromkeys(codes, 7))


def written(company, language="", priority=0, **said):
    case = company.kim_writes(**said)
    mailbox = Mailbox.objects.get()
    Arrival.objects.create(
        case=case, mailbox=mailbox, why="first", language=language, priority=priority
    )
    return case


def offered():
    actions.decide()
    return {one.case_id: one.person.name for one in Offer.objects.filter(state="open")}


def test_a_finnish_letter_goes_to_the_one_who_speaks_it_and_a_swedish_one_to_the_other(company):
    company.hire("Leena", company.team, "agent")
    speak(amanda=(company.amanda, ["sv"]), leena=(company.leena, ["sv", "fi"]))
    company.comes_to_work(company.amanda, company.leena)
    finnish = written(company, "fi")
    swedish = written(company, "sv", waited=timedelta(hours=-1))
    assert offered() == {finnish.pk: "Leena", swedish.pk: "Amanda"}


def test_when_the_one_who_speaks_it_is_at_lunch_the_letter_waits_and_says_so(company):
    company.hire("Leena", company.team, "agent")
    speak(leena=(company.leena, ["sv", "fi"]))
    company.comes_to_work(company.amanda)
    company.comes_to_work(company.leena, mode="meal")
    case = written(company, "fi")
    assert offered() == {}
    told = {r["why_not"] for r in Verdict.objects.get(case=case).reasons if r["why_not"]}
    assert {"language", "not_present_mode"} <= told


def test_whoever_has_named_no_language_speaks_those_of_the_queue(company):
    company.hire("Leena", company.team, "agent")
    speak(leena=(company.leena, ["fi"]))
    company.comes_to_work(company.amanda, company.leena)
    case = written(company, "sv")
    assert offered() == {case.pk: "Amanda"}


def test_a_language_that_nobody_there_is_known_to_speak_stops_nobody(company):
    company.comes_to_work(company.amanda)
    case = written(company, "es")
    assert offered() == {case.pk: "Amanda"}


def test_what_a_sorting_rule_puts_first_goes_before_what_has_waited_longer(company):
    company.comes_to_work(company.amanda)
    written(company, "sv", waited=timedelta(hours=7))
    urgent = written(company, "sv", priority=2)
    assert offered() == {urgent.pk: "Amanda"}


def test_last_week_is_played_again_in_its_languages_and_with_its_urgency(company):
    speak(amanda=(company.amanda, ["sv", "fi"]))
    until = queries.last_midnight("Europe/Stockholm")
    case = written(company, "fi", priority=3)
    day = clock.now() - timedelta(days=3)
    Case.objects.filter(pk=case.pk).update(opened_at=day)
    week = queries.week_of(SYSTEM, company.queue, until)
    assert [(one.language, one.urgency) for one in week.contacts] == [("fi", 3)]
    spoken = {one.facts.id: one.facts.languages for one in week.people}
    assert spoken[company.amanda.pk] == {"sv", "fi"}
    assert spoken[company.bengt.pk] == {"sv"}
