"""An answer finds its case by address or Message-ID, and nobody else can point at one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemma.lib.mail import addresses

KEY = b"the key of this house"


@given(st.integers(1, 10**12 - 1))
def test_kims_answer_finds_its_case(number):
    address = addresses.reply_address("support@example.org", number, KEY)
    local = address.partition("@")[0]
    assert len(local) <= 64
    assert address == address.lower()
    assert addresses.read_reply_address(address, KEY) == number
    assert addresses.read_reply_address(address.upper(), KEY) == number


def test_charlie_cannot_point_at_another_case():
    address = addresses.reply_address("support@example.org", 2417, KEY)
    assert addresses.read_reply_address(address, KEY) == 2417
    for forged in (
        address.replace("h2417", "h2418"),
        address.replace("support@", "other@").replace("support+", "other+"),
        address.replace("example.org", "example.com"),
        address[:-20] + "x" + address[-20:],
        "support+h2417.@example.org",
        "support@example.org",
        "",
        "support+h٢.aaaaaaaaaaaaaaaa@example.org",
    ):
        assert addresses.read_reply_address(forged, KEY) is None, forged
    assert addresses.read_reply_address(address, b"another key") is None


@given(st.text())
def test_no_text_is_mistaken_for_ours(text):
    assert addresses.read_reply_address(text, KEY) is None
    assert addresses.read_message_id(text, KEY) is None


def test_a_message_id_tells_its_case_and_is_never_used_twice():
    one, two = (addresses.message_id(2417, "example.org", KEY) for _ in range(2))
    assert one != two
    assert addresses.read_message_id(f"<{one}>", KEY) == 2417
    assert addresses.read_message_id(one.replace("h2417", "h2418"), KEY) is None


def test_a_mailbox_without_room_for_the_signature_is_refused():
    for mailbox in ("no address", "x" * 50 + "@example.org"):
        with pytest.raises(ValueError, match="reply address"):
            addresses.reply_address(mailbox, 2417, KEY)


def test_the_tag_in_a_subject_is_read():
    assert addresses.read_subject_tag(f"Sv: paket {addresses.subject_tag(2417)}") == 2417
    assert addresses.read_subject_tag("Sv: [h-17] paket") == 17
    assert addresses.read_subject_tag("H-2417") is None
