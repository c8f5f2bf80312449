"""The file for pay has the shape of http://www.paxml.se/2.0/paxml.xsd, read there and held here."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from hemma.lib import clock
from hemma.workday.actions import go_on, shut_down, start_day
from hemma.workday.tests.browsing import sign_in
from hemma.workday.tests.company import at

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("S1-7")]
XSI = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
# Of the schema: elements that a complex type knows, those it asks for, and how each is written.
HEADER = {
    "version": r"2\.0",
    "format": "LÖNIN",
    "datum": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d",
    "programnamn": "Hemma",
}
TIDTRANS = {"tidkod": "TID|ARB", "datum": r"\d{4}-\d\d-\d\d", "timmar": r"\d+\.\d\d"}


def holds(element, known):
    """Each child once, all in the order in which the schema names them, each as it is written there."""
    assert [one.tag for one in element] == list(known)
    for one in element:
        assert re.fullmatch(known[one.tag], one.text), one.tag
        assert not one.attrib
        assert not list(one)


def file_of(company, client, person=None, team=None):
    sign_in(client, person or company.tina)
    with clock.moved_to(at(9, day=20)):
        return client.get(reverse("workday:team_pay_file", args=[team or company.team.pk, "paxml"]))


@pytest.fixture
def two_days(company):
    """Amanda's Thursday, an hour of her own choice in the evening, and Bengt's Thursday."""
    company.amandas_day()
    company.shift(company.bengt)
    company.amanda.external_id = "4711"
    company.amanda.save()
    for person, end in ((company.amanda, at(16, 34)), (company.bengt, at(16, 45))):
        with clock.moved_to(at(8)):
            start_day(actor=person)
        with clock.moved_to(end):
            shut_down(actor=person)
    with clock.moved_to(at(19)):
        go_on(actor=company.amanda, place_type="home")
    with clock.moved_to(at(19, 30)):
        shut_down(actor=company.amanda)
    return company


def test_the_file_for_pay_has_the_shape_of_the_schema(two_days, client):
    answer = file_of(two_days, client)
    assert answer["Content-Disposition"].endswith('.pax"')
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    root = ET.fromstring(answer.content)
    assert root.tag == "paxml"
    assert root.attrib == {XSI: "http://www.paxml.se/2.0/paxml.xsd"}
    assert [one.tag for one in root] == ["header", "tidtransaktioner"]
    holds(root.find("header"), HEADER)
    assert root.findtext("header/datum").startswith("2026-11-20T09:00:"), "the wall's clock"
    lines = root.findall("tidtransaktioner/*")
    for line in lines:
        assert line.tag == "tidtrans"
        assert set(line.attrib) == {"anstid", "postid"}
        holds(line, TIDTRANS)
    assert [line.get("postid") for line in lines] == ["1", "2", "3"], "whole numbers, each once"


def test_work_by_the_plan_and_beyond_it_are_told_apart_and_found_by_the_employment(
    two_days, client
):
    """A payroll that pays by the month pays ARB on top of it: work by the plan must not be that."""
    root = ET.fromstring(file_of(two_days, client).content)
    told = {
        (line.get("anstid"), line.findtext("tidkod")): Decimal(line.findtext("timmar"))
        for line in root.iter("tidtrans")
    }
    assert told == {
        ("4711", "TID"): Decimal("7.82"),
        ("4711", "ARB"): Decimal("0.50"),
        (two_days.bengt.email, "TID"): Decimal("8.75"),
    }


def test_a_month_without_hours_has_no_list_of_them(company, client):
    """The schema asks for at least one line where the list is."""
    root = ET.fromstring(file_of(company, client).content)
    assert [one.tag for one in root] == ["header"]
