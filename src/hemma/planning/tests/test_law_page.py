"""Petra asks what the law says of a week; who plans for nobody is told nothing."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hemma.core.rules import builtin
from hemma.lib import clock
from hemma.people.actions import add_person, join_team
from hemma.people.models import Role, Site, Team
from hemma.people.system import SYSTEM
from hemma.planning.law import LANDS, MOST_ROWS, to_be_verified

pytestmark = pytest.mark.django_db

HEAD = "person,country,kind,start,end\n"
BENGT = HEAD + "Bengt,se,work,2026-12-02 18:00,21:15\nBengt,se,work,2026-12-03 07:30,12:00\n"
URL, TO_VERIFY = "/law/", "/law/to-verify/"


def person(name, *roles, language="sv"):
    site, _ = Site.objects.get_or_create(name="Umeå", defaults={"country": "SE"})
    email = f"{name.lower()}@example.org"
    made = add_person(actor=SYSTEM, email=email, name=name, roles=list(roles), site=site)
    made.language = language
    made.save()
    return made


def browser(who):
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def petra():
    return browser(person("Petra", Role.PLANNER))


def ask(client, week="", lands=("se", "no", "es"), **more):
    return client.post(URL, {"week": week, "home": "se", "lands": list(lands), **more})


def lands_of(answer, name):
    (judged,) = [one for one in answer.context["judged"] if one.name == name]
    return {str(land.name): land for land in judged.lands}


def test_petra_sees_bengts_short_night_under_each_law_with_paragraph_and_remedy(petra):
    answer = ask(petra, BENGT)
    assert answer.status_code == 200
    sweden, norway, spain = lands_of(answer, "Bengt").values()
    assert (sweden.own, norway.own) == (True, False)
    assert [said.paragraph for said in sweden.said] == ["ATL 13 §"]
    assert [said.paragraph for said in norway.said] == ["aml. § 10-8"]
    assert "ET art. 34.3" in [said.paragraph for said in spain.said]
    page = answer.content.decode()
    assert "Dygnsvilan blir 10 h 15 min; den ska vara minst 11 h." in page
    assert "Sluta tidigare eller börja senare, 45 min tillsammans." in page
    assert "stoppar" in page
    assert "21:15 – " in page


def test_what_nobody_has_read_in_the_law_is_marked(petra):
    page = ask(petra, BENGT, ["se"]).content.decode()
    assert "ska bekräftas" not in page
    assert "ska bekräftas" in ask(petra, BENGT, ["es"]).content.decode()


@pytest.mark.parametrize(
    ("language", "says"),
    [("sv", "Dygnsvilan blir"), ("nb", "Den daglige"), ("en", "Daily rest is 10 h 15 min")],
)
def test_the_reasons_come_in_the_readers_language(language, says):
    client = browser(person("Petra", Role.PLANNER, language=language))
    assert says in ask(client, BENGT, ["se"]).content.decode()


def test_a_dropped_file_is_read_and_stands_in_the_field_to_be_changed(petra):
    answer = ask(petra, file=SimpleUploadedFile("week.csv", b"\xef\xbb\xbf" + BENGT.encode()))
    assert list(lands_of(answer, "Bengt"))
    assert "2026-12-02 18:00" in answer.content.decode()


def test_the_example_is_one_click_away_and_shows_what_laws_mind(petra):
    with clock.moved_to(datetime(2026, 11, 25, 9, tzinfo=UTC)):
        assert "?example=1" in petra.get(URL).content.decode()
        answer = petra.get(URL + "?example=1")
    assert [one.name for one in answer.context["judged"]] == ["Amanda", "Bengt", "Marta"]
    for one in answer.context["judged"]:
        assert any(land.own and land.said for land in one.lands)
    assert "2026-11-30 08:00" in answer.content.decode()


def test_every_bad_row_is_named_with_what_to_write_and_nothing_is_lost(petra):
    answer = ask(petra, BENGT.replace("work,2026-12-03", "wrk,2026-12-03"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "veckan, rad 3: kind ”wrk” är okänt; skriv något av shift, work" in page
    assert "2026-12-03 07:30" in page
    assert answer.context["judged"] == []


@pytest.mark.parametrize(
    ("week", "more", "says"),
    [
        ("", {}, "Skriv en vecka här"),
        ("  \n", {}, "Skriv en vecka här"),
        (BENGT, {"lands": []}, "Välj minst ett land"),
        (HEAD + "a,se,work,2026-12-02 08:00,09:00\n" * (MOST_ROWS + 1), {}, "dela upp den"),
        (HEAD + "".join(f"p{n},se,work,2026-12-02 08:00,09:00\n" for n in range(61)), {}, "60 per"),
        ("", {"file": SimpleUploadedFile("w.csv", b"\xff\xfe\x00")}, "Spara den som CSV i UTF-8"),
        ("", {"file": SimpleUploadedFile("w.csv", b"x" * 300_001)}, "för stor"),
        ("x" * 300_001, {}, "300000"),
        ("[" * 5000, {}, "rätta där"),
    ],
)
def test_what_is_no_week_is_refused_with_a_remedy(petra, week, more, says):
    answer = ask(petra, week, more.pop("lands", ["se"]), **more)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_name_that_is_markup_is_only_a_name(petra):
    page = ask(petra, BENGT.replace("Bengt", "<script>x</script>")).content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize("role", [Role.PLANNER, Role.MANAGER, Role.TEAM_LEADER, Role.ADMINISTRATOR])
def test_who_plans_or_answers_for_hours_may_ask(role):
    client = browser(person("Sara", role))
    assert client.get(URL).status_code == 200
    assert client.get(TO_VERIFY).status_code == (200 if role == Role.ADMINISTRATOR else 404)


def test_a_substitute_for_a_leader_may_ask_and_others_may_not():
    tina = person("Tina")
    Team.objects.create(name="Björkvik", site=tina.site, substitute=tina)
    assert browser(tina).get(URL).status_code == 200
    for name, role in (
        ("Amanda", Role.AGENT),
        ("Charlie", Role.CLIENT),
        ("Imran", Role.IT_SUPPORT),
    ):
        other = person(name, role)
        join_team(actor=SYSTEM, person=other, team=Team.objects.get())
        assert browser(other).get(URL).status_code == 404
        assert ask(browser(other), BENGT).status_code == 404
    assert Client().get(URL).status_code == 302


def test_the_administrator_sees_every_doubtful_value_with_its_source():
    page = browser(person("Elin", Role.ADMINISTRATOR)).get(TO_VERIFY).content.decode()
    listed = {(value.pack, value.name) for pack in to_be_verified() for value, _, _ in pack.values}
    doubtful = {
        (pack.id, name)
        for pack in builtin().packs
        for name, value in pack.values.items()
        if not value.verified
    }
    assert listed == doubtful
    assert doubtful
    assert "Estatuto de los Trabajadores" in page
    assert "ur minnet, inte kontrollerat" in page
    assert "overtime_4w_h" not in {name for pack, name in doubtful if pack == "se"}


def test_every_pack_has_a_countrys_name():
    assert {pack.id for pack in builtin().packs} == set(LANDS)
