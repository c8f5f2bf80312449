"""Offered, passed on with a word, gone with the lid closed, sick today, why nobody; a queue's rules."""

import pytest
from office import SUPPORT
from playwright.sync_api import expect
from steps import SEEN_MS, choose_mode, offer_of, take
from test_pages import judge

pytestmark = pytest.mark.journey


def speaks(office, name, language):
    """The language somebody has chosen for their pages."""
    office.sql("UPDATE people_person SET language = %s WHERE name LIKE %s", language, f"{name} %")


@pytest.mark.parametrize(
    ("language", "say_why", "because", "told"),
    [
        ("sv", "Skicka vidare och säg varför", "Det behövs annan kunskap än min", "annan kunskap"),
        ("nb", "Send videre og si hvorfor", "Det trengs annen kunnskap enn min", "annan kunskap"),
    ],
)
def test_amanda_passes_it_on_with_a_word_and_bengt_reads_it_without_her_name(
    office, kim, open_page, language, say_why, because, told
):
    speaks(office, "Amanda", language)
    subject = f"Felet i mätaren {language}"
    amanda, bengt = open_page("amanda"), open_page("bengt")
    choose_mode(amanda, "ready")
    kim.writes(SUPPORT, subject, "Den visar fel.")
    offer = offer_of(amanda, subject)
    offer.get_by_text(say_why).click()
    offer.get_by_role("button", name=because).click()
    choose_mode(bengt, "ready")
    take(bengt, subject)
    why = bengt.locator("[id^=why-]")
    why.locator("summary").click()
    expect(why).to_contain_text(told, timeout=SEEN_MS)
    expect(why).not_to_contain_text("Amanda")
    speaks(office, "Amanda", "sv")


def test_amanda_changes_her_mode_with_one_key_and_never_while_she_writes(office, open_page):
    amanda = open_page("amanda")
    choose_mode(amanda, "ready")
    for key, mode in (("f", "focus"), ("p", "recess"), ("r", "meal"), ("q", "ready")):
        amanda.keyboard.press(key)
        pressed = amanda.locator(f"#mode-{mode}")
        expect(pressed).to_have_attribute("aria-pressed", "true", timeout=SEEN_MS)
    amanda.goto("/cases/")
    amanda.locator("main input[type=search]").first.press_sequentially("fpr")
    expect(amanda.locator("#mode-ready")).to_have_attribute("aria-pressed", "true")


@pytest.mark.timeout(600)  # a line is thought to be down after two and a half silent minutes
def test_a_closed_lid_is_shown_kindly_and_only_what_would_break_its_promise_is_moved(
    office, kim, open_page
):
    amanda = open_page("amanda")
    choose_mode(amanda, "ready")
    for subject in ("Nära löfte", "Långt löfte"):
        kim.writes(SUPPORT, subject, "Hej!")
        amanda.goto("/")
        take(amanda, subject)
    amanda.goto("/")
    for subject, minutes in (("Nära löfte", 6), ("Långt löfte", 300)):
        office.sql(
            "UPDATE desk_case SET promised_at = %s + make_interval(mins => %s) WHERE subject = %s",
            office.now(),
            minutes,
            subject,
        )
    _until_her_browser_has_answered(office, amanda)
    promised = promise_of(office, "Nära löfte")
    bengt = open_page("bengt")
    choose_mode(bengt, "ready")
    amanda.close()  # the lid
    office.move_clock(minutes=4)
    choose_mode(bengt, "focus")  # a choice is an answer: his line is not down
    choose_mode(bengt, "ready")
    for _look in range(8 * SEEN_MS // 500):
        if not holds(office, "Amanda", "Nära löfte"):
            break
        bengt.wait_for_timeout(500)
    assert not holds(office, "Amanda", "Nära löfte")
    # Whoever is free has it at once; if Bengt was in between, Kim has heard of a later time.
    kept = holds(office, "Bengt", "Nära löfte") or promise_of(office, "Nära löfte") > promised
    assert kept
    assert holds(office, "Amanda", "Långt löfte")
    back = open_page("amanda")
    expect(back.locator("#mebar")).to_contain_text("Sånt händer", timeout=SEEN_MS)
    expect(back.locator("#mode-ready")).to_have_attribute("aria-pressed", "true")
    wrong = judge(back, "back on the line")
    back.close()  # once more, and back in Norwegian
    speaks(office, "Amanda", "nb")
    office.move_clock(minutes=4)
    expect(open_page("amanda").locator("#mebar")).to_contain_text("Slikt skjer", timeout=SEEN_MS)
    speaks(office, "Amanda", "sv")
    assert not wrong, "\n".join(wrong)


def promise_of(office, subject):
    """The time a customer was promised."""
    return office.sql("SELECT promised_at FROM desk_case WHERE subject = %s", subject)[0][0]


def holds(office, name, subject):
    """Whether somebody has the case in hand."""
    return bool(
        office.sql(
            "SELECT 1 FROM desk_holding h JOIN desk_case c ON c.id = h.case_id "
            "WHERE h.until IS NULL AND c.subject = %s AND h.person_id = %s",
            subject,
            office.person_id(name),
        )
    )


def _until_her_browser_has_answered(office, page):
    person = office.person_id("Amanda")
    for _look in range(120):
        if office.sql("SELECT 1 FROM workday_presence WHERE person_id = %s", person):
            return
        page.wait_for_timeout(500)
    raise AssertionError("the browser never answered the beat")


@pytest.mark.parametrize(
    ("language", "sick", "here", "away"),
    [
        ("sv", "Jag är sjuk i dag", "Jag är här ändå", "Du är borta"),
        ("nb", "Jeg er syk i dag", "Jeg er her likevel", "Du er borte"),
    ],
)
def test_amanda_is_sick_today_with_one_click_and_nobody_asks(
    office, open_page, language, sick, here, away
):
    speaks(office, "Amanda", language)
    amanda = open_page("amanda")
    choose_mode(amanda, "ready")
    amanda.locator("[popovertarget=account]").click()
    amanda.get_by_role("button", name=sick).click()
    expect(amanda.locator("#absent")).to_contain_text(away, timeout=SEEN_MS)
    tina = open_page("tina", "/team/")
    expect(tina.locator("main")).not_to_contain_text("sjuk")
    amanda.get_by_role("button", name=here).click()
    expect(amanda.locator("#absent")).not_to_contain_text(away, timeout=SEEN_MS)
    speaks(office, "Amanda", "sv")


@pytest.mark.parametrize(
    ("language", "nobody", "not_asked"),
    [
        ("sv", "ingen passar just nu", "Varför är ingen tillfrågad än?"),
        ("nb", "ingen passer akkurat nå", "Hvorfor er ingen spurt ennå?"),
    ],
)
def test_a_case_that_nobody_fits_says_why_on_its_page_and_to_tina(
    office, kim, open_page, language, nobody, not_asked
):
    """Pitfall 2 as people see it: neither forced on somebody nor in silent limbo."""
    speaks(office, "Tina", language)
    subject = f"Ingen här {language}"
    kim.writes(SUPPORT, subject, "Hej!")
    tina = open_page("tina", "/team/")
    unplaced = tina.locator("#unplaced")
    expect(unplaced).to_contain_text(subject, timeout=4 * SEEN_MS)
    expect(unplaced).to_contain_text(nobody)
    wrong = judge(tina, "the team now with what waits")
    unplaced.get_by_role("link", name=subject).click()
    why = tina.locator("[id^=why-]")
    expect(why.locator("summary")).to_have_text(not_asked, timeout=4 * SEEN_MS)
    wrong += judge(tina, "a case that nobody fits")
    speaks(office, "Tina", "sv")
    assert not wrong, "\n".join(wrong)


@pytest.mark.timeout(600)
def test_tina_tries_other_rules_on_last_week_and_switches_them_on(office, kim, open_page):
    kim.writes(SUPPORT, "I går", "Hej!")
    tina = open_page("tina", "/cases/?tab=team")
    expect(tina.locator("main")).to_contain_text("I går", timeout=SEEN_MS)
    office.sql("UPDATE desk_case SET opened_at = opened_at - interval '1 day'")
    queue = office.sql("SELECT queue_id FROM desk_mailbox WHERE address = %s", SUPPORT)[0][0]
    tina.goto(f"/routing/rules/{queue}/")
    wrong = judge(tina, "a queue's rules")
    tina.locator("input[name=skill_choice][value=closest]").check()
    tina.get_by_role("button", name="Prova på förra veckan").click()
    now = tina.locator("#replay-now")
    on = now.get_by_role("button", name="Slå på de nya reglerna")
    expect(on).to_be_visible(timeout=4 * SEEN_MS)
    expect(now.locator(".pairs")).to_be_visible()
    wrong += judge(tina, "last week by two rules")
    assert not wrong, "\n".join(wrong)
    on.click()
    expect(tina.locator("main")).to_contain_text("gäller nu", timeout=SEEN_MS)
    assert office.sql(
        "SELECT skill_choice FROM routing_queuerules WHERE queue_id = %s ORDER BY version DESC",
        queue,
    )[0] == ("closest",)
    office.sql("DELETE FROM routing_queuerules WHERE queue_id = %s", queue)
