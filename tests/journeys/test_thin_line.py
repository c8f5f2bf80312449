"""A real letter becomes an offered, answered case, and the customer's reply comes back to it."""

import pytest
from office import SUPPORT
from playwright.sync_api import expect
from steps import (
    SEEN_MS,
    WRITING,
    answer,
    choose_mode,
    focus_is_visible,
    offer_of,
    on_case,
    send_button,
    tab_to,
    take,
)

pytestmark = pytest.mark.journey


def test_kims_letter_is_offered_to_amanda_answered_and_the_reply_lands_in_the_same_case(
    office, kim, open_page
):
    amanda = open_page("amanda")
    choose_mode(amanda, "ready")
    tina = open_page("tina", "/team/")
    row = tina.locator(f"#member-{office.person_id('Amanda')}")
    expect(row).to_contain_text("Kö", timeout=SEEN_MS)

    kim.writes(SUPPORT, "Fakturan dragen två gånger", "Hej! Det drogs två gånger.\n\nKim")
    offer_of(amanda, "Fakturan dragen två gånger")
    amanda.keyboard.press("n")
    on_case(amanda, "Fakturan dragen två gånger")
    expect(amanda.locator("main")).to_contain_text("Det drogs två gånger.")
    case = amanda.url
    answer(amanda, "Den andra dragningen är vårt fel.")

    letter = kim.fetches("Den andra dragningen är vårt fel.")
    assert "H-" in letter["Subject"]
    kim.replies(letter, "Tack, vad skönt att höra!")
    expect(amanda.locator("main")).to_contain_text("Tack, vad skönt att höra!", timeout=SEEN_MS)
    assert amanda.url == case
    assert office.sql(
        "SELECT count(*) FROM desk_case c JOIN desk_customer k ON k.id = "
        "c.customer_id WHERE k.email = %s",
        kim.address,
    ) == [(1,)]


def test_tina_sees_amandas_mode_and_the_queue_change_without_reloading(office, kim, open_page):
    tina = open_page("tina", "/team/")
    tina.evaluate("window.neverReloaded = true")
    amanda = open_page("amanda")
    row = tina.locator(f"#member-{office.person_id('Amanda')}")
    for mode, word in (("ready", "Kö"), ("focus", "Fokus"), ("recess", "Paus"), ("meal", "Rast")):
        choose_mode(amanda, mode)
        expect(row).to_contain_text(word, timeout=SEEN_MS)
    queue = tina.locator("#queue-health")
    before = queue.inner_text()
    kim.writes(SUPPORT, "Väntar på någon", "Hej!")
    expect(queue).not_to_have_text(before, use_inner_text=True, timeout=SEEN_MS)
    expect(queue).to_contain_text("1")
    assert tina.evaluate("window.neverReloaded")


def test_amanda_answers_a_case_with_the_keyboard_alone(office, kim, open_page):
    amanda = open_page("amanda")
    tab_to(amanda, amanda.locator("#mode-ready"))
    assert focus_is_visible(amanda)
    amanda.keyboard.press("Enter")
    expect(amanda.locator("#mode-ready")).to_have_attribute("aria-pressed", "true")
    kim.writes(SUPPORT, "Flyttar den 1 december", "Måste jag säga upp avtalet?")
    offer = offer_of(amanda, "Flyttar den 1 december")
    tab_to(amanda, offer.locator("form[action*='/accept/'] button"))
    assert focus_is_visible(amanda)
    amanda.keyboard.press("Enter")
    on_case(amanda, "Flyttar den 1 december")
    tab_to(amanda, amanda.locator(WRITING))
    assert focus_is_visible(amanda)
    amanda.keyboard.type("Avtalet följer med dig.")
    tab_to(amanda, send_button(amanda))
    assert focus_is_visible(amanda)
    amanda.keyboard.press("Enter")
    expect(amanda.locator(".letter").filter(has_text="Avtalet följer med dig.")).to_be_visible(
        timeout=SEEN_MS
    )
    kim.fetches("Avtalet följer med dig.")


def test_what_amanda_passes_on_is_offered_to_bengt(office, kim, open_page):
    amanda, bengt = open_page("amanda"), open_page("bengt")
    choose_mode(amanda, "ready")
    kim.writes(SUPPORT, "Byta till kvartspris?", "Lönar det sig?")
    offer = offer_of(amanda, "Byta till kvartspris?")
    choose_mode(bengt, "ready")
    offer.locator("form[action*='/decline/'] button").first.click()
    take(bengt, "Byta till kvartspris?")


def test_when_nobody_is_there_the_case_waits_and_the_page_says_why(office, kim, open_page):
    kim.writes(SUPPORT, "Mätaren är konstig", "Hur läser jag av den?")
    tina = open_page("tina", "/cases/?tab=team")
    expect(tina.locator("main")).to_contain_text("Mätaren är konstig", timeout=SEEN_MS)
    number = office.sql("SELECT number FROM desk_case WHERE subject = 'Mätaren är konstig'")[0][0]
    tina.goto(f"/cases/{number}/")
    why = tina.locator(f"#why-{number}")
    expect(why).to_be_visible(timeout=SEEN_MS)
    why.locator("summary").click()
    expect(why.locator("li").first).to_be_visible()


def test_an_unanswered_offer_goes_on_to_bengt(office, kim, open_page):
    amanda, bengt = open_page("amanda"), open_page("bengt")
    choose_mode(amanda, "ready")
    kim.writes(SUPPORT, "Fel adress på fakturan", "Den går till mamma.")
    offer_of(amanda, "Fel adress på fakturan")
    choose_mode(bengt, "ready")
    office.move_clock(minutes=2)  # longer than an offer waits for its answer
    offer_of(bengt, "Fel adress på fakturan")
