"""Instructions reach those who answer: on their day before they begin, and when they look for them."""

import pytest
from django.urls import reverse

from hemma.desk import actions, queries


@pytest.fixture
def instruction(room):
    return actions.publish_instruction(
        actor=room.tina,
        queue=room.queue,
        title="Dubbel dragning",
        text="Jämför beloppen.\nBetala tillbaka.",
        must_read=True,
    )


@pytest.mark.requirement("S1-17")
def test_amanda_meets_what_has_changed_on_her_day_until_she_has_read_it(room, instruction, client):
    client.force_login(room.amanda)
    day = reverse("desk:to_read")
    assert "Jämför beloppen." in client.get(day).content.decode()
    client.post(reverse("desk:confirm_read", args=[instruction.pk]))
    assert "Jämför beloppen." not in client.get(day).content.decode()
    client.force_login(room.charlie)
    assert "Jämför beloppen." not in client.get(day).content.decode()


@pytest.mark.requirement("S1-17")
def test_an_instruction_is_found_by_its_words_also_without_dots(room, instruction, client):
    for text in ("dubbel", "dragning belopp", "jamfor"):
        [found] = queries.instructions_found(room.amanda, text)
        assert found.version == instruction
    assert queries.instructions_found(room.amanda, "dubbel flytt") == []
    assert queries.instructions_found(room.charlie, "dubbel") == []
    client.force_login(room.amanda)
    page = client.get(reverse("desk:guidance"), {"q": "belopp"}).content.decode()
    assert "Jämför beloppen." in page


@pytest.mark.requirement("S3-29")
def test_who_answers_one_client_opens_nothing_of_another(room, instruction, answer, client):
    """S3-29: Charlie answers another client; Kim's mail carries this one's name and address."""
    case = room.case_from_kim()
    sent = answer(room.amanda, case).message
    assert (sent.from_name, sent.from_address) == ("Björkvik Energi", room.mailbox.address)
    client.force_login(room.amanda)
    page = reverse("desk:case", args=[case.number])
    assert client.get(page).status_code == 200
    client.force_login(room.charlie)
    assert client.get(page).status_code == 404
    assert queries.instructions_of(room.charlie) == []
