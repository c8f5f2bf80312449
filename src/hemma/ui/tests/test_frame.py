import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import translation

from hemma.ui import context, language, nav, slots, toasts, views
from hemma.ui.tests.stage import Somebody, page_request

AMANDA = Somebody()


def page(person: object = AMANDA, template: str = "ui/base.html", **context: object) -> str:
    return render_to_string(template, context, page_request(person))


@pytest.fixture
def swedish():
    with translation.override("sv"):
        yield


@pytest.mark.usefixtures("swedish")
def test_amanda_finds_the_same_frame_on_every_page():
    html = page()
    assert '<html lang="sv">' in html
    assert html.index('class="skip"') < html.index('class="top"') < html.index("<main")
    assert '<main id="innehall" class="page" tabindex="-1">' in html
    assert "Amanda Nyström, ditt konto" in html
    assert 'data-person="7"' in html
    assert 'data-live-stream="/live/stream?since=' in html
    assert "Vem ser vad om mig" in html.split("<footer")[1]


def test_somebody_who_has_not_signed_in_has_no_account_and_no_stream():
    html = page(AnonymousUser())
    assert "<main" in html
    assert 'id="account"' not in html
    assert "data-live-stream" not in html
    assert "data-person" not in html


def test_the_menu_shows_tina_only_the_places_that_are_hers():
    nav.register("Team now", "people:visibility", 1, lambda person: person.name == "Tina Ekdahl")
    try:
        assert "Team now" in page(Somebody("Tina Ekdahl"))
        assert "Team now" not in page(AMANDA)
    finally:
        nav.menu.remove("people:visibility")


def test_the_place_one_stands_on_is_marked():
    nav.register("My own", "people:visibility", 1)
    try:
        request = page_request(AMANDA, "/me/who-sees-what/")
        html = render_to_string("ui/base.html", {}, request)
        assert re.search(r'<a href="/me/who-sees-what/" aria-current="page">My own', html)
        assert 'aria-current="page"' not in page()
    finally:
        nav.menu.remove("people:visibility")


@pytest.mark.usefixtures("swedish")
def test_i_need_to_talk_is_there_once_someone_answers_it(monkeypatch):
    monkeypatch.setattr(nav, "_talk", [])
    assert "Jag behöver prata" not in page()
    monkeypatch.setattr(nav, "_talk", ["people:visibility"])
    assert "Jag behöver prata" in page()


def test_the_demo_says_that_it_is_one():
    assert 'class="ribbon"' not in page()
    with override_settings(DEMO=True):
        assert 'class="ribbon"' in page()


def test_the_shortcut_letters_can_be_turned_off():
    assert "data-shortcuts-on" in page()


def test_what_just_happened_is_said_once_with_a_way_back():
    request = page_request(AMANDA)
    toasts.say(request, "Handed over to Bengt", undo="/desk/undo/3")
    html = render_to_string("ui/base.html", {}, request)
    toast = html.split('id="toasts" role="status"')[1].split("<template")[0]
    assert "Handed over to Bengt" in toast
    assert 'action="/desk/undo/3"' in toast


def test_a_persons_own_theme_wins_and_nonsense_does_not():
    request = page_request(AMANDA)
    request.COOKIES[context.THEME_COOKIE] = "dark"
    assert 'data-theme="dark"' in render_to_string("ui/base.html", {}, request)
    request.COOKIES[context.THEME_COOKIE] = '"><script>'
    assert "data-theme" not in render_to_string("ui/base.html", {}, request)


def test_choosing_dark_lasts_and_choosing_the_systems_forgets():
    chosen = Client().post("/ui/appearance", {"theme": "dark", "next": "/sign-in/"})
    assert (chosen.status_code, chosen["Location"]) == (302, "/sign-in/")
    assert chosen.cookies[context.THEME_COOKIE].value == "dark"
    forgotten = Client().post("/ui/appearance", {"theme": "system"})
    assert forgotten.cookies[context.THEME_COOKIE]["max-age"] == 0


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_a_form_of_the_frame_leads_nowhere_else(target):
    answer = Client().post("/ui/language", {"language": "nb", "next": target})
    assert answer["Location"] == "/"


def test_a_verb_is_not_done_by_following_a_link():
    assert Client().get("/ui/language?language=nb").status_code == 405
    assert Client().get("/ui/appearance?theme=dark").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("no", "nb"),
        ("nn-NO,nn;q=0.9", "nb"),
        ("en-GB", "en"),
        ("sv-FI", "sv"),
        ("fi", "sv"),
        ("de,nb;q=0.5", "nb"),
    ],
)
def test_the_browser_is_answered_in_its_language(asked, spoken):
    answer = Client().get("/sign-in/", headers={"Accept-Language": asked})
    assert answer["Content-Language"] == spoken
    assert f'<html lang="{spoken}">' in answer.content.decode()
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


@pytest.mark.django_db
def test_a_chosen_language_wins_over_the_browsers():
    client = Client()
    client.post("/ui/language", {"language": "en"})
    assert client.get("/sign-in/", headers={"Accept-Language": "nb"})["Content-Language"] == "en"


def test_a_persons_own_language_wins_over_the_cookie():
    request = page_request(Somebody(language="nb"))
    request.COOKIES["django_language"] = "en"
    assert language.wanted(request) == "nb"


def test_a_signed_in_choice_is_kept_with_the_person(monkeypatch):
    kept = []
    monkeypatch.setattr(
        language, "_savers", [lambda person, code: kept.append((person.name, code))]
    )
    request = page_request(AMANDA, "/ui/language", "post", language="nb")
    assert views.choose_language(request).status_code == 302
    assert kept == [("Amanda Nyström", "nb")]


def test_a_language_we_do_not_speak_changes_nothing():
    answer = Client().post("/ui/language", {"language": "tlh"})
    assert answer.status_code == 302
    assert "django_language" not in answer.cookies


@pytest.mark.django_db
def test_camera_screen_and_idle_detection_are_denied_on_every_page():
    for path in ("/sign-in/", "/no/such/page"):
        policy = Client().get(path)["Permissions-Policy"]
        for feature in ("camera", "microphone", "display-capture", "geolocation", "idle-detection"):
            assert f"{feature}=()" in policy


def draw(request):
    return HttpResponse(f"<p>{request.method} {request.path} {request.user.name}</p>")


def test_a_slot_shows_what_rooms_have_put_there(monkeypatch):
    monkeypatch.setattr("hemma.people.views.visibility", draw)
    slots.register("my_day.main", "people:visibility", 1)
    request = page_request(AMANDA, "/ui/language", "post")
    try:
        monkeypatch.setattr(slots, "resolve", lambda url: type(resolve_at(url))(draw, (), {}))
        html = slots.render("my_day.main", request)
        assert html == "<p>GET /me/who-sees-what/ Amanda Nyström</p>"
        assert request.method == "POST"
        assert slots.render("another.slot", request) == ""
        assert slots.render("my_day.main", page_request(AnonymousUser())) == ""
    finally:
        slots.fragments.remove("my_day.main people:visibility")


def resolve_at(url):
    from django.urls import resolve

    return resolve(url)


def test_one_rooms_fault_does_not_take_the_page_away(monkeypatch):
    def broken(request):
        raise RuntimeError("fault")

    slots.register("my_day.main", "people:visibility", 1)
    try:
        monkeypatch.setattr(slots, "resolve", lambda url: type(resolve_at(url))(broken, (), {}))
        html = slots.render("my_day.main", page_request(AMANDA))
        assert "could not be shown" in html or "gick inte att visa" in html
    finally:
        slots.fragments.remove("my_day.main people:visibility")


def test_the_same_fragment_twice_is_a_mistake_that_is_said():
    slots.register("x", "people:visibility")
    try:
        with pytest.raises(ValueError, match="registered already"):
            slots.register("x", "people:visibility")
    finally:
        slots.fragments.remove("x people:visibility")
