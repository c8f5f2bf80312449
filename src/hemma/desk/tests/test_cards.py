"""Card numbers are masked before anything is kept."""

import pytest

from hemma.lib.cards import mask

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    "text", [CARD, "4111111111111111", "5500-0000-0000-0004", "3400 000000 00009"]
)
def test_a_card_number_is_never_kept(text):
    shown = mask(f"Mitt kort {text} går ut 12/27")
    assert text not in shown
    assert text[-4:].replace(" ", "") in shown


@pytest.mark.parametrize("text", ["4111 1111 1111 1112", "070-123 45 67", "556677-8899", "0" * 16])
def test_other_numbers_stay_as_they_are(text):
    assert mask(text) == text


def test_a_mail_with_a_card_number_is_kept_without_it(room):
    case = room.case_from_kim(f"Kort {CARD}", text=f"Kortet är {CARD}.")
    assert "1111 1111" not in case.subject + case.messages.get().text
