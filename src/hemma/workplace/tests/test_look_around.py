"""A look around one's own workplace: tips that one follows, or is rid of for good."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from hemma.journal.models import Event, OutboxMessage
from hemma.people.actions import add_person
from hemma.people.models import Role
from hemma.people.system import SYSTEM
from hemma.people.visibility import Relation, registry
from hemma.workplace.actions import choose_tip
from hemma.workplace.models import LookAround, TipChoice
from hemma.workplace.queries import result_of
from hemma.workplace.words import TIPS

pytestmark = pytest.mark.django_db
PRINTER = "Flytta skrivaren"
LOOK = "workplace:look"


def person(name, role=Role.AGENT):
    email = f"{name.split()[0].lower()}@example.org"
    return add_person(actor=SYSTEM, email=email, name=name, roles=[role])


@pytest.fixture
def amanda():
    return person("Amanda Nyström")


def answer(client, **said):
    """Answer `said`, yes to everything else; the page of the result."""
    told = dict.fromkeys(TIPS, "yes") | said
    return client.post(reverse(LOOK), told, follow=True).content.decode()


def page(client):
    return client.get(reverse(LOOK)).content.decode()


@pytest.mark.requirement("S0-28")
def test_amanda_looks_around_and_gets_the_tips_that_fit_her_place(client, amanda):
    client.force_login(amanda)
    assert PRINTER not in page(client), "nothing is advised before she has looked"
    shown = answer(client, printer="no", far="no")
    assert PRINTER in shown
    assert "fönster" in shown
    assert "Ställ kannan" not in shown, "where it is so already, nothing is advised"
    assert PRINTER not in answer(client), "and not any longer once it is so"


@pytest.mark.requirement("S0-28")
def test_a_tip_that_amanda_does_not_want_never_comes_back_unless_she_takes_it_back(client, amanda):
    client.force_login(amanda)
    answer(client, printer="no", water="no")
    done = client.post(reverse("workplace:choose", args=["printer"]), {"do": "refuse"}, follow=True)
    undo = reverse("workplace:again", args=["printer"])
    assert undo in done.content.decode(), "she can undo it at once"
    assert PRINTER not in page(client)
    assert PRINTER not in answer(client, printer="no", water="no"), "nor after the next look"
    client.post(undo)
    assert PRINTER in page(client)


@pytest.mark.requirement("S0-28")
def test_a_tip_that_amanda_wants_stands_there_until_it_is_so(client, amanda):
    client.force_login(amanda)
    answer(client, printer="no")
    client.post(reverse("workplace:choose", args=["printer"]), {"do": "want"})
    found = result_of(amanda)
    assert (found.open, found.wanted) == ((), ("printer",))
    assert "Det här vill du göra" in page(client)
    answer(client)
    assert result_of(amanda).wanted == ()


def test_it_is_amandas_alone_and_leaves_no_trace(client, amanda):
    client.force_login(amanda)
    before = Event.objects.count(), OutboxMessage.objects.count()
    answer(client, printer="no")
    client.post(reverse("workplace:choose", args=["printer"]), {"do": "refuse"})
    assert (Event.objects.count(), OutboxMessage.objects.count()) == before
    tina = person("Tina Ekdahl", Role.TEAM_LEADER)
    client.force_login(tina)
    assert PRINTER not in page(client), "everybody sees their own"
    kind = registry["workplace.look_around"]
    assert set(kind.viewers) == {Relation.SELF}
    assert not kind.groups


def test_amanda_has_it_forgotten(client, amanda):
    client.force_login(amanda)
    answer(client, printer="no")
    client.post(reverse("workplace:choose", args=["printer"]), {"do": "refuse"})
    client.post(reverse("workplace:forget"))
    assert not LookAround.objects.exists()
    assert not TipChoice.objects.exists()


def test_what_is_no_tip_is_refused(client, amanda):
    client.force_login(amanda)
    for name in ("choose", "again"):
        assert client.post(reverse(f"workplace:{name}", args=["treadmill"])).status_code == 404
    with pytest.raises(ValidationError):
        choose_tip(actor=amanda, tip="treadmill", wanted=True)
    assert client.post(reverse(LOOK), {"printer": "perhaps"}).status_code == 422
    assert client.post(reverse(LOOK), {}).status_code == 302, "no question has to be answered"


def test_every_question_has_its_tip_in_a_short_sentence():
    for question, tip in TIPS.values():
        assert str(question).endswith(".")
        assert len(str(tip)) < 100
