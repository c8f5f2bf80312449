"""Work at the desk as it is done in a browser, in Swedish and in Norwegian."""

import pytest
from customer import Customer
from office import SUPPORT
from playwright.sync_api import Page, expect
from steps import SEEN_MS, WRITING, focus_is_visible, send_button, tab_to

pytestmark = pytest.mark.journey
RELEASE = "#case-now form[action$='/release/'] button"
MERGED = {"sv": "fortsätter här", "nb": "fortsetter her"}


@pytest.fixture(params=["sv", "nb"])
def speaks(request, office):
    """Everybody's pages in this language, and as they were afterwards."""
    before = office.sql("SELECT id, language FROM people_person")
    office.sql("UPDATE people_person SET language = %s", request.param)
    yield request.param
    for person, language in before:
        office.sql("UPDATE people_person SET language = %s WHERE id = %s", language, person)


def comes(office, page: Page, customer: Customer, subject: str, text: str = "Hej!") -> str:
    """A letter becomes a case; its number."""
    customer.writes(SUPPORT, subject, text)
    page.goto("/cases/?tab=team")
    expect(page.locator("a.caserow", has_text=subject)).to_be_visible(timeout=SEEN_MS)
    return str(office.sql("SELECT max(number) FROM desk_case WHERE subject = %s", subject)[0][0])


def opens(page: Page, number: str) -> None:
    page.goto(f"/cases/{number}/")
    expect(page.locator("#case-h")).to_be_visible(timeout=SEEN_MS)


def undo(page: Page) -> None:
    """Take back what was just done, by the toast that offers it."""
    page.locator("#toasts form[action*='/undo/'] button").first.click()
    expect(page.locator("#toasts form[action*='/undo/']")).to_have_count(0, timeout=SEEN_MS)


def ask_palette(page: Page, words: str) -> None:
    """Open the palette and type into it."""
    page.wait_for_load_state("load")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-field")).to_be_focused(timeout=SEEN_MS)
    page.keyboard.type(words)


def state(office, number: str) -> str:
    return office.sql("SELECT state FROM desk_case WHERE number = %s", int(number))[0][0]


def test_two_letters_about_one_thing_become_one_case_and_two_again(office, kim, open_page, speaks):
    amanda = open_page("amanda")
    first = comes(office, amanda, kim, "Fel på fakturan")
    second = comes(office, amanda, kim, "Glömde skriva", "Det gäller oktober.")
    opens(amanda, second)
    amanda.locator("#more-form > summary").click()
    amanda.locator("#more-form input[name=other]").fill(f"H-{first}")
    amanda.locator("#more-form button[value=merge]").click()
    expect(amanda.locator("main")).to_contain_text("Det gäller oktober.", timeout=SEEN_MS)
    expect(amanda.locator("#case-now")).to_contain_text(MERGED[speaks])
    assert amanda.url.rstrip("/").endswith(first)
    undo(amanda)
    assert state(office, second) == "open"
    opens(amanda, first)
    expect(amanda.locator("main")).not_to_contain_text("Det gäller oktober.")


def test_amanda_hands_a_case_to_bengt_with_a_word_on_the_way(office, kim, open_page, speaks):
    amanda, bengt = open_page("amanda"), open_page("bengt")
    number = comes(office, amanda, kim, "Fråga om solceller")
    opens(amanda, number)
    amanda.locator("form[action$='/take/'] button").click()
    expect(amanda.locator(RELEASE)).to_be_visible(timeout=SEEN_MS)
    amanda.locator(WRITING).fill("Hej Kim, jag har börjat skriva")
    amanda.wait_for_timeout(600)  # drafts are kept a moment after the last key
    amanda.locator("#hand-over > summary").click()
    amanda.locator("#hand-over select[name=person]").select_option(
        value=str(office.person_id("Bengt"))
    )
    amanda.locator("#hand-over textarea[name=note]").fill("Du kan solceller bättre.")
    amanda.locator("#hand-over button.btn").click()
    expect(amanda.locator(".notelist")).to_contain_text("Du kan solceller bättre.", timeout=SEEN_MS)
    opens(bengt, number)
    expect(bengt.locator(".notelist")).to_contain_text("Du kan solceller bättre.")
    expect(bengt.locator(RELEASE)).to_be_visible()
    # What Amanda had begun is hers still, and not in Bengt's field.
    expect(bengt.locator(WRITING)).to_have_value("")
    opens(amanda, number)
    expect(amanda.locator(WRITING)).to_have_value("Hej Kim, jag har börjat skriva")


def test_a_case_solved_by_mistake_is_open_again_with_one_press(office, kim, open_page, speaks):
    amanda = open_page("amanda")
    number = comes(office, amanda, kim, "Var är mitt kvitto?")
    opens(amanda, number)
    amanda.keyboard.press("s")
    expect(amanda.locator("#toasts form[action*='/undo/']")).to_be_visible(timeout=SEEN_MS)
    assert state(office, number) == "solved"
    undo(amanda)
    assert state(office, number) == "open"


def test_one_answer_reaches_everybody_in_an_incident(office, kim, open_page, speaks):
    robin = Customer(office.mail, "Robin Berg")
    amanda = open_page("amanda")
    numbers = [
        comes(office, amanda, kim, "Appen går inte att öppna"),
        comes(office, amanda, robin, "Kan inte logga in i appen"),
    ]
    amanda.goto("/cases/incidents/")
    form = amanda.locator("form[action$='/incidents/']")
    form.locator("input[type=text], input:not([type])").first.fill(f"Appen nere {speaks}")
    form.locator("button").click()
    expect(amanda.locator("h1", has_text=f"Appen nere {speaks}")).to_be_visible(timeout=SEEN_MS)
    incident = amanda.url
    for number in numbers:
        opens(amanda, number)
        amanda.locator("#more-form > summary").click()
        amanda.locator("#case-incident").select_option(label=f"Appen nere {speaks}")
        amanda.locator("form[action$='/incident/'] button").click()
        expect(amanda.locator("#case-now a[href*='/incidents/']")).to_be_visible(timeout=SEEN_MS)
    amanda.goto(incident)
    amanda.locator(WRITING).fill(f"Appen fungerar igen ({speaks}).")
    send_button(amanda).click()
    for customer in (kim, robin):
        customer.fetches(f"Appen fungerar igen ({speaks}).")
    assert {state(office, number) for number in numbers} == {"solved"}


def test_the_palette_does_and_finds_everything_without_a_mouse(office, kim, open_page, speaks):
    amanda = open_page("amanda")
    number = comes(office, amanda, kim, "Vilken säkring behövs?")
    opens(amanda, number)
    taking = amanda.locator("#case-now form[action$='/take/'] button").inner_text().strip()
    ask_palette(amanda, "x")
    amanda.keyboard.press("Escape")
    expect(amanda.locator("#palette-field")).to_be_hidden()
    ask_palette(amanda, taking.lower())
    amanda.keyboard.press("Enter")
    expect(amanda.locator(RELEASE)).to_be_visible(timeout=SEEN_MS)
    ask_palette(amanda, "säkring behöv")
    amanda.keyboard.press("ArrowUp")  # the last choice: search in all cases
    amanda.keyboard.press("Enter")
    expect(amanda.locator("#case-search")).to_have_value("säkring behöv", timeout=SEEN_MS)
    expect(amanda.locator("a.caserow", has_text="Vilken säkring behövs?").first).to_be_visible()
    ask_palette(amanda, "finns inte alls någonstans")
    expect(amanda.locator("#palette [role=option]")).to_have_count(1)


def test_a_case_is_worked_on_from_beginning_to_end_on_the_keyboard_on_a_small_screen(
    office, kim, open_page, speaks
):
    amanda = open_page("amanda", "/", viewport={"width": 320, "height": 640})
    number = comes(office, amanda, kim, "Byta bank")
    opens(amanda, number)
    for target in ("form[action$='/take/'] button", WRITING):
        tab_to(amanda, amanda.locator(target))
        assert focus_is_visible(amanda)
        if target != WRITING:
            amanda.keyboard.press("Enter")
            expect(amanda.locator(RELEASE)).to_be_visible(timeout=SEEN_MS)
    amanda.keyboard.type("Banken är bytt.")
    tab_to(amanda, send_button(amanda))
    amanda.keyboard.press("Enter")
    kim.fetches("Banken är bytt.")
