"""Kim's own words are told from what her mail program quotes, in the languages of the house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemma.lib.mail import quotes

INTRODUCTIONS = {
    "sv gmail": "Den tors 11 dec. 2025 kl 10:12 skrev Kundtjänst <support@example.org>:\n\n> Hej",
    "sv apple": "11 dec. 2025 kl. 10:12 skrev Kundtjänst <support@example.org>:\n\nHej Kim",
    "sv outlook": "Från: Kundtjänst <support@example.org>\nSkickat: den 11 december 2025 10:12\nTill: Kim\nÄmne: Order\n\nHej",
    "sv old outlook": "-----Ursprungligt meddelande-----\nFrån: Kundtjänst\n\nHej",
    "sv wrapped": "Den tors 11 dec. 2025 kl 10:12 skrev Kundtjänst på Exempelbolaget <\nsupport@example.org>:\n\n> Hej",
    "nb gmail": "tor. 11. des. 2025 kl. 10:12 skrev Kundeservice <support@example.org>:\n\n> Hei",
    "nb outlook": "________________________________\nFra: Kundeservice\nSendt: torsdag 11. desember 2025 10:12\nTil: Kim\nEmne: Ordre\n\nHei",
    "da gmail": "Den tors. 11. dec. 2025 kl. 10.12 skrev Support <support@example.org>:\n\n> Hej",
    "fi gmail": "to 11. jouluk. 2025 klo 10.12 Tuki (support@example.org) kirjoitti:\n\n> Hei",
    "fi outlook": "Lähettäjä: Tuki\nLähetetty: torstai 11. joulukuuta 2025\nVastaanottaja: Kim\nAihe: Tilaus\n\nHei",
    "en gmail": "On Thu, 11 Dec 2025 at 10:12, Support <support@example.org> wrote:\n\n> Hi",
    "en outlook": "*From:* Support\n*Sent:* Thursday, December 11, 2025\n*To:* Kim\n*Subject:* Order\n\nHi",
    "de gmail": "Am Do., 11. Dez. 2025 um 10:12 Uhr schrieb Support <support@example.org>:\n\n> Hallo",
    "es gmail": "El jue, 11 dic 2025 a las 10:12, Support (<support@example.org>) escribió:\n\n> Hola",
    "no introduction": "> Hej Kim\n> vi har skickat",
}


@pytest.mark.parametrize("quote", INTRODUCTIONS.values(), ids=INTRODUCTIONS)
def test_the_quoted_tail_is_set_apart(quote):
    new, quoted = quotes.split(f"Tack, men det gäller order 17.\n\nHälsningar\nKim\n\n{quote}\n")
    assert new == "Tack, men det gäller order 17.\n\nHälsningar\nKim"
    assert quoted == quote


@pytest.mark.parametrize(
    "text",
    [
        "Den 1 sep. 2026 skrev ni:\n> Vilken order?\n\nOrder 17.",
        "> Vilken order?\n\nOrder 17.\n\n> Vilken adress?\n\nStorgatan 1.",
        "Min kollega skrev:\nvi väntar på svar",
        "Från: er butik köpte jag en stol.\nDen gick sönder.",
        "On Monday I wrote:\nnothing came",
        "> bara citat",
        "Jag skickade från min iPhone ett mejl igår.",
    ],
)
def test_when_in_doubt_nothing_is_cut(text):
    assert quotes.split(text) == (text, "")


def test_what_kim_forwards_is_what_she_wants_read():
    text = "Se nedan\n\nFrån: Bolaget\nSkickat: i dag\nTill: Kim\nÄmne: Faktura\n\nBetala"
    assert quotes.split(text, "VB: Faktura") == (text, "")
    assert quotes.split(text, "Sv: Faktura")[0] == "Se nedan"


def test_the_phones_greeting_is_not_kims():
    assert quotes.split("Tack!\n\nSkickat från min iPhone")[0] == "Tack!"
    assert quotes.split("Takk!\n\nSendt fra min iPad\n\n> Hei")[0] == "Takk!"


ALPHABET = [
    "\n",
    ">",
    " ",
    "Den 1 sep. 2026 skrev Kim:",
    "Från: a",
    "Skickat: b",
    "Till: c",
    "ord",
    "--",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=60).map("".join) | st.text())
def test_no_cut_loses_a_word(text):
    new, quoted = quotes.split(text)
    assert "".join((new + quoted).split()) == "".join(text.split())


def test_hostile_lines_do_not_stop_the_intake():
    for piece in ("Den a b skrev ", "On a\n", "\n", "> ", "From: x\n", "- ", "_"):
        quotes.split("x\n" + piece * 20_000)
