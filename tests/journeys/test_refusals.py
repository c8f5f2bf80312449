"""Charlie belongs to another team: nothing of this one exists for him, and asking is written down."""

import pytest
from office import SUPPORT
from playwright.sync_api import expect
from steps import SEEN_MS, choose_mode, take

pytestmark = pytest.mark.journey


@pytest.fixture
def amandas_case(office, kim, open_page) -> int:
    """A case in Amanda's hands; its number."""
    amanda = open_page("amanda")
    choose_mode(amanda, "ready")
    kim.writes(SUPPORT, "Delbetalning", "Går det att dela upp fakturan?")
    take(amanda, "Delbetalning")
    expect(amanda.locator("main")).to_contain_text("Går det att dela upp fakturan?")
    return office.sql("SELECT max(number) FROM desk_case WHERE subject = 'Delbetalning'")[0][0]


def test_charlie_gets_404_on_the_other_teams_case_and_it_is_in_the_log(
    office, open_page, amandas_case
):
    before = office.sql("SELECT coalesce(max(id), 0) FROM people_look")[0][0]
    charlie = open_page("charlie")
    assert charlie.goto(f"/cases/{amandas_case}/").status == 404
    assert "Delbetalning" not in charlie.content()
    refused = office.sql(
        "SELECT viewer_id, outcome FROM people_look WHERE id > %s AND outcome = 'refused'", before
    )
    assert refused
    assert {viewer for viewer, _outcome in refused} == {office.person_id("Charlie")}


def test_charlie_gets_404_on_every_page_of_the_other_team(office, open_page, amandas_case):
    team = office.sql(
        "SELECT team_id FROM people_membership WHERE person_id = %s", office.person_id("Amanda")
    )[0][0]
    amanda, charlie = open_page("amanda"), open_page("charlie")
    for path in (
        f"/cases/{amandas_case}/",
        f"/team/{team}/",
        f"/team/{team}/list/",
        f"/routing/why/{amandas_case}/",
    ):
        assert amanda.goto(path).status == 200, path  # it exists, for whom it is
        assert charlie.goto(path).status == 404, path
        assert charlie.locator("html").get_attribute("lang") == "sv"


def test_charlie_sees_nothing_of_the_other_team_in_lists(open_page, amandas_case):
    charlie = open_page("charlie")
    for path in ("/", "/cases/", "/team/"):
        charlie.goto(path)
        text = charlie.locator("main").inner_text()
        assert "Amanda" not in text
        assert "Delbetalning" not in text


def test_amanda_reads_on_who_sees_what_that_charlie_was_refused(office, open_page, amandas_case):
    """A look that concerns a person is theirs to read, refused ones too."""
    charlie = open_page("charlie")
    assert charlie.goto(f"/cases/{amandas_case}/").status == 404
    amanda = open_page("amanda", "/me/who-sees-what/")
    rows = amanda.locator("section:has(#looks) tbody tr")
    expect(rows.filter(has_text="Charlie").first).to_contain_text("fick nej", timeout=SEEN_MS)
