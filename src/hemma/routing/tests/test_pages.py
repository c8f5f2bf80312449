"""What people see of routing."""

from hemma.journal.models import Event, OutboxMessage
from hemma.people.models import Look
from hemma.routing import actions
from hemma.routing.models import Offer


def test_amanda_sees_the_one_next_thing_and_why_it_is_hers(company, client):
    company.comes_to_work(company.amanda)
    company.kim_writes("Dubbel dragning")
    actions.decide()
    client.force_login(company.amanda)
    page = client.get("/routing/offer/").content.decode()
    assert "Dubbel dragning" in page
    assert "Ingen annan var ledig." in page
    client.force_login(company.bengt)
    assert "Dubbel dragning" not in client.get("/routing/offer/").content.decode()


def test_taking_a_case_leads_to_it(company, client):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    client.force_login(company.amanda)
    response = client.post(f"/routing/offer/{Offer.objects.get().pk}/accept/")
    assert response.status_code == 302
    assert response.url.endswith(f"/{case.number}/")


def test_an_offer_that_is_gone_says_so_kindly_and_loses_nothing(company, client):
    company.comes_to_work(company.amanda)
    company.kim_writes()
    actions.decide()
    offer = Offer.objects.get()
    clock_moves_on(offer)
    client.force_login(company.amanda)
    page = client.post(f"/routing/offer/{offer.pk}/accept/", follow=True).content.decode()
    assert "gått vidare till någon annan" in page


def clock_moves_on(offer):
    from hemma.lib import clock

    clock.advance(offer.expires_at - clock.now())


def test_an_offer_cannot_be_answered_by_a_link(company, client):
    company.comes_to_work(company.amanda)
    company.kim_writes()
    actions.decide()
    client.force_login(company.amanda)
    for verb in ("accept", "decline"):
        assert client.get(f"/routing/offer/{Offer.objects.get().pk}/{verb}/").status_code == 405
    assert Offer.objects.get().state == "open"


def test_charlie_gets_nothing_and_the_refusals_stand_in_the_log(company, client):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    offer = Offer.objects.get()
    client.force_login(company.amanda)
    assert client.get(f"/routing/why/{case.number}/").status_code == 200
    client.force_login(company.charlie)
    assert client.get(f"/routing/why/{case.number}/").status_code == 404
    assert client.post(f"/routing/offer/{offer.pk}/accept/").status_code == 404
    assert client.post(f"/routing/offer/{offer.pk}/decline/").status_code == 404
    refusals = Look.objects.filter(viewer=company.charlie, outcome="refused")
    assert refusals.count() == 3
    assert refusals.filter(kind="routing.offer", subject=company.amanda).count() == 2


def test_the_case_says_why_nobody_has_been_asked(company, client):
    company.comes_to_work(company.amanda, mode="focus")
    case = company.kim_writes()
    actions.decide()
    client.force_login(company.tina)
    page = client.get(f"/routing/why/{case.number}/").content.decode()
    assert "Varför är ingen tillfrågad än?" in page
    assert "1 är inte i kö just nu." in page


def test_amanda_says_why_she_passes_it_on_and_the_case_tells_it_without_her_name(company, client):
    company.comes_to_work(company.amanda)
    case = company.kim_writes()
    actions.decide()
    offer = Offer.objects.get()
    client.force_login(company.amanda)
    assert "Skicka vidare och säg varför" in client.get("/routing/offer/").content.decode()
    wrong = client.post(f"/routing/offer/{offer.pk}/decline/", {"because": "lazy"})
    assert wrong.status_code == 400
    client.post(f"/routing/offer/{offer.pk}/decline/", {"because": "knowledge"})
    actions.decide()
    client.force_login(company.bengt)
    page = client.get(f"/routing/why/{case.number}/").content.decode()
    assert "1 säger att det behövs annan kunskap." in page
    assert "Amanda" not in page


def test_amanda_takes_at_most_two_today_by_one_click_and_nobody_can_know(company, client):
    """No reason is asked, nothing is written down, and the case does not tell it of her."""
    company.comes_to_work(company.amanda)
    client.force_login(company.amanda)
    form = client.get("/routing/limit/").content.decode()
    assert "textarea" not in form
    before = Event.objects.count(), OutboxMessage.objects.count()
    assert client.post("/routing/limit/set/", {"at_most": "0"}).status_code == 302
    assert (Event.objects.count(), OutboxMessage.objects.count()) == before
    assert "I dag: högst 0 åt gången" in client.get("/routing/limit/").content.decode()
    case = company.kim_writes()
    assert actions.decide() == 0
    client.force_login(company.tina)
    assert "högst 0" not in client.get("/routing/limit/").content.decode()
    why = client.get(f"/routing/why/{case.number}/").content.decode()
    assert "Amanda" not in why
    client.force_login(company.amanda)
    client.post("/routing/limit/set/", {"at_most": ""})
    assert actions.decide() == 1


def test_anybody_reads_how_routing_decides_in_each_language(client, db):
    for language, words in (
        ("sv", "Så fördelas ärenden"),
        ("nb", "Slik fordeles saker"),
        ("en", "How routing decides"),
    ):
        page = client.get("/routing/how/", headers={"accept-language": language})
        text = page.content.decode()
        assert f"<h1>{words}</h1>" in text
        assert f'<html lang="{language}"' in text
