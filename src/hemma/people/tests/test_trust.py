"""Everybody can see who sees what about them, who has looked, and when that changes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test import Client

from hemma.lib import clock
from hemma.people.actions import add_person, announce_visibility
from hemma.people.changes import differences
from hemma.people.models import Look, Role, VisibilityVersion
from hemma.people.queries import looks_at_me, visibility_news
from hemma.people.system import SYSTEM
from hemma.people.visibility import Kind, Registry, Relation, registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def amanda():
    return add_person(
        actor=SYSTEM, email="amanda@example.org", name="Amanda Nyström", language="en"
    )


@pytest.fixture
def imran():
    return add_person(
        actor=SYSTEM,
        email="imran@example.org",
        name="Imran",
        roles=[Role.ADMINISTRATOR],
        language="en",
    )


def browser(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def add_kind(monkeypatch, **viewers):
    kind = Kind(
        key="test.shoes",
        what="Your size of shoes",
        why="So that nobody's feet hurt.",
        retention="A year",
        viewers={Relation.SELF: "All", **{Relation(who): words for who, words in viewers.items()}},
    )
    monkeypatch.setitem(registry._kinds, kind.key, kind)


@pytest.mark.requirement("S4-4")
def test_amanda_sees_at_once_in_words_that_imran_opened_her_account(amanda, imran):
    assert browser(imran).get(f"/people/{amanda.pk}/leaving/").status_code == 200
    page = browser(amanda).get("/me/who-sees-what/looks/").content.decode()
    assert "Imran" in page
    assert "has opened “Your name and how you sign in”" in page


def test_imran_is_told_that_amanda_can_see_it(amanda, imran):
    page = browser(imran).get(f"/people/{amanda.pk}/leaving/").content.decode()
    assert "Amanda can see that you have opened this." in page


def test_a_page_that_renews_itself_is_one_look_and_opening_it_later_is_another(amanda, imran):
    with clock.moved_to(clock.now()):
        for _turn in range(3):
            browser(imran).get(f"/people/{amanda.pk}/leaving/")
        assert Look.objects.count() == 1
        clock.advance(timedelta(minutes=2))
        browser(imran).get(f"/people/{amanda.pk}/leaving/")
    assert len(looks_at_me(amanda)) == 2


def test_looking_at_oneself_is_no_look(imran):
    browser(imran).get(f"/people/{imran.pk}/leaving/")
    assert not Look.objects.exists()


def test_a_client_can_never_be_shown_persons():
    with pytest.raises(ImproperlyConfigured, match="client"):
        Registry().register(
            Kind("test.x", "x", "x", "x", {Relation.SELF: "all", Relation.CLIENT: "all"})
        )


def test_on_the_first_morning_nothing_has_changed_for_anybody(amanda):
    assert announce_visibility(actor=SYSTEM) is not None
    assert announce_visibility(actor=SYSTEM) is None
    assert visibility_news(amanda) == []


def test_a_new_viewer_is_told_on_every_page_until_amanda_has_read_it(amanda, imran, monkeypatch):
    add_kind(monkeypatch)
    announce_visibility(actor=SYSTEM)
    add_kind(monkeypatch, leader="The size")
    announce_visibility(actor=SYSTEM)
    hers, his = browser(amanda), browser(imran)
    for page in ("/me/sign-in/", "/me/who-sees-what/"):
        assert "Who sees what about you has changed." in hers.get(page).content.decode()
    page = hers.get("/me/who-sees-what/").content.decode()
    assert "Your leader and their substitute may now see of “Your size of shoes”: The size." in page
    number = VisibilityVersion.objects.latest("pk").pk
    assert hers.post("/me/who-sees-what/read/", {"up_to": number}).status_code == 302
    assert "has changed" not in hers.get("/me/sign-in/").content.decode()
    assert "has changed" in his.get("/me/sign-in/").content.decode()


def test_who_came_after_a_change_is_not_told_of_it(amanda, monkeypatch):
    announce_visibility(actor=SYSTEM)
    add_kind(monkeypatch)
    announce_visibility(actor=SYSTEM)
    nora = add_person(actor=SYSTEM, email="nora@example.org", name="Nora Vik")
    assert visibility_news(nora) == []
    assert len(visibility_news(amanda)) == 1


def test_what_people_were_told_cannot_be_edited(amanda):
    announce_visibility(actor=SYSTEM)
    refused = pytest.raises(IntegrityError, match="insert-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_visibilityversion SET changes = '[]'")


def entry(what="A", keep="A year", viewers=None, groups=None):
    return {
        "what": what,
        "why": "Why",
        "keep": keep,
        "viewers": viewers or {},
        "groups": groups or {},
    }


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"a": entry()}, [("new", "")]),
        ({"a": entry()}, {}, [("gone", "")]),
        ({"a": entry()}, {"a": entry(viewers={"leader": "x"})}, [("sees", "leader")]),
        ({"a": entry(viewers={"leader": "x"})}, {"a": entry()}, [("sees_no_more", "leader")]),
        (
            {"a": entry(groups={"manager": "x"})},
            {"a": entry(viewers={"manager": "x"})},
            [("sees_other", "manager")],
        ),
        ({"a": entry(keep="7 days")}, {"a": entry(keep="A year")}, [("keep", "")]),
        ({"a": entry(what="A")}, {"a": entry(what="Better words")}, []),
    ],
)
def test_each_sort_of_change_is_told_and_better_words_are_none(before, after, told):
    assert [(one["what"], one["who"]) for one in differences(before, after)] == told
