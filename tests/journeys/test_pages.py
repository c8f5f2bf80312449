"""Every page there is: clean for axe, fits a small screen, speaks the person's language."""

import pytest
from axe import findings, sideways_scroll
from django.urls import get_resolver, reverse
from office import SUPPORT
from playwright.sync_api import Page, expect
from steps import SEEN_MS, answer, choose_mode, offer_of, take

pytestmark = pytest.mark.journey

LOOKS = {
    "wide and light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "wide and dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "narrow and dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"},
}
PLACES = {
    "amanda": [
        "/",
        "/cases/",
        "/team/",
        "/me/helpers/",
        "/me/who-sees-what/",
        "/no-such-page/",
        "/sign-out/",
        "/confirm/",
        "/me/password/asked/",
        "/me/password/forgotten/",
        "/me/sign-in/",
        "/me/sign-in/codes/on/",
        "/me/sign-in/needed/",
        "/me/sign-in/password/",
        "/sign-in/closed/",
        "/me/calendar/",
        "/me/chat/",
        "/routing/how/",
        "/processing/",
        "/day/rhythm/",
        "/day/shutdown/",
        "/day/todos/new/",
        "/day/weeks/",
        "/leak/",
        "/routing/overtime/",
        "/day/hours/",
        "/day/hours/missing/",
        "/day/off/",
        "/team/{team}/reach/",
        "/notices/",
        "/notices/settings/",
        "/talk/",
        "/ui/kitchen-table/",
        "/workplace/",
        "/ui/offline/",
    ],
    "tina": [
        "/",
        "/cases/",
        "/team/",
        "/cases/set-aside/",
        "/cases/quarantine/",
        "/cases/?tab=team",
        "/cases/guidance/",
        "/cases/incidents/",
        "/cases/new/",
        "/cases/several/?tab=team",
        "/cases/readings/",
        "/customer-forms/complaints/",
        "/cases/customers/",
        "/cases/figures/",
        "/cases/connections/",
        "/schedule/",
        "/routing/rules/",
        "/me/who-sees-what/",
        "/law/",
        "/law/?example=1",
        "/team/hours/",
        "/team/{team}/reach/",
        "/team/{team}/eased/",
        "/schedule/{team}/templates/",
    ],
    "elin": ["/", "/cases/", "/team/"],
}


def judge(page: Page, name: str) -> list[str]:
    """Everything that is wrong with the page as it stands, in every look."""
    wrong = []
    for look, options in LOOKS.items():
        page.set_viewport_size(options["viewport"])
        page.emulate_media(color_scheme=options["color_scheme"], reduced_motion="reduce")
        wrong += [f"{name}, {look}: {one}" for one in findings(page)]
        if (wide := sideways_scroll(page)) > 0:
            wrong.append(f"{name}, {look}: scrolls {wide} px to the side")
    return wrong


@pytest.mark.timeout(600)  # every page, four times
def test_every_page_is_clean(office, kim, open_page):
    wrong = judge(open_page(None, "/sign-in/"), "sign-in")
    amanda = open_page("amanda", "/")
    choose_mode(amanda, "ready")
    kim.writes(SUPPORT, "Fråga om elen", "Hej!\n\nEn fråga.\n\n> citerat\n\nKim")
    offer_of(amanda, "Fråga om elen")
    wrong += judge(amanda, "my day with an offer")
    take(amanda, "Fråga om elen")
    wrong += judge(amanda, "a case")
    answer(amanda, "Ett svar.")
    wrong += judge(amanda, "a case that is answered")
    [(team,)] = office.sql(
        "SELECT team_id FROM people_membership WHERE until IS NULL AND person_id = %s",
        office.person_id("Amanda"),
    )
    for person, paths in PLACES.items():
        page = open_page(person, "/")
        for path in paths:
            page.goto(path.format(team=team))
            wrong += judge(page, f"{person} {path}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(600)
def test_the_administrators_pages_are_clean(office, open_page):
    elin = office.person_id("Elin")
    for role in ("administrator", "manager"):
        office.sql(
            "INSERT INTO people_grant (person_id, role, since) VALUES (%s, %s, now())", elin, role
        )
    programme = office.sql("SELECT min(id) FROM people_programme")[0][0]
    office.sql(
        "INSERT INTO people_grant (person_id, role, since, programme_id)"
        " VALUES (%s, 'client', now(), %s)",
        elin,
        programme,
    )
    try:
        page = open_page("elin", "/")
        wrong = []
        for path in (
            "/people/",
            "/people/?q=amanda",
            "/people/new/",
            "/people/lists/",
            "/people/directory/",
            "/organisation/",
            "/law/to-verify/",
            "/cases/mailboxes/",
            "/cases/mailboxes/new/",
            "/cases/sorting/",
            "/cases/sorting/new/",
            "/cases/brought/",
            "/processing/new/",
            f"/people/{office.person_id('Amanda')}/",
            f"/people/{office.person_id('Amanda')}/leaving/",
            "/customer-forms/",
            "/customer-forms/new/",
            "/set-up/",
            "/set-up/company/",
            "/set-up/team/",
            "/set-up/invitations/",
            "/cases/opening/",
            "/cases/opening/new/",
            "/cases/mailboxes/first/",
            "/programme/",
            "/clients/",
            f"/clients/{programme}/",
            "/talk/contacts/",
            "/talk/contacts/new/",
        ):
            page.goto(path)
            expect(page.locator("h1")).to_be_visible(timeout=SEEN_MS)
            assert page.evaluate("document.title").find("404") < 0
            wrong += judge(page, path)
        assert not wrong, "\n".join(wrong)
    finally:
        office.sql(
            "DELETE FROM people_grant WHERE person_id = %s"
            " AND role IN ('administrator', 'manager', 'client')",
            elin,
        )


def addresses_without_parameters() -> list[str]:
    """Every address of the product that can be typed as it stands."""
    found = []
    for pattern in get_resolver().url_patterns:
        inside = getattr(pattern, "url_patterns", [pattern])
        space = getattr(pattern, "namespace", None)
        names = [one.name for one in inside if one.name and not one.pattern.converters]
        found += [reverse(f"{space}:{name}" if space else name) for name in names]
    return found


def test_no_page_is_forgotten_in_this_walk(office, open_page):
    judged = {path.partition("?")[0] for paths in PLACES.values() for path in paths}
    judged |= {"/sign-in/", "/day/"}  # the first by itself, the second is where / leads
    pages = set()
    for name in PLACES:
        asked = open_page(name, "/").request
        for address in addresses_without_parameters():
            answer = asked.get(address, max_redirects=0)
            if answer.status == 200 and "<html" in answer.text():
                pages.add(address)
    assert "/cases/" in pages
    assert pages <= judged


def test_a_form_whose_token_is_too_old_is_answered_by_a_clean_page(office, open_page):
    page = open_page("amanda", "/")
    page.evaluate(
        "for (const one of document.querySelectorAll('[name=csrfmiddlewaretoken]')) one.value = 'x'"
    )
    page.evaluate("document.querySelector('form[action*=mode]').submit()")
    page.wait_for_load_state()
    expect(page.locator("h1")).to_be_visible(timeout=SEEN_MS)
    assert not judge(page, "csrf failure")


@pytest.mark.parametrize(
    ("language", "locale"), [("sv", "sv-SE"), ("nb", "nb-NO"), ("en", "en-GB")]
)
def test_the_sign_in_page_speaks_the_browsers_language(language, locale, office, open_page):
    page = open_page(None, "/sign-in/", locale=locale)
    assert page.locator("html").get_attribute("lang") == language
    assert not judge(page, language)


def test_the_sign_in_page_has_a_way_in_for_the_keyboard(office, open_page):
    page = open_page(None, "/sign-in/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('skip')")
