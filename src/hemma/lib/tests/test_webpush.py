"""Words are sealed as browsers open them: the RFC's own example, and a receiver written apart."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from hemma.lib import webpush
from hemma.lib.tests.push_service import Got, PushService, ReceivingBrowser, padded

NOW_S = 1_795_000_000


def browser_of(receiver: ReceivingBrowser) -> webpush.Browser:
    return webpush.Browser(receiver.point, receiver.auth)


def test_the_example_of_rfc_8291_comes_out_byte_for_byte():
    """RFC 8291, section 5: keys, salt and the message as it stands there."""
    receiver = webpush.Browser(
        point=padded(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        secret=padded("BTBZMqHH6r4Tts7J_aSIgg"),
    )
    sealed = webpush.seal(
        b"When I grow up, I want to be a watermelon",
        receiver,
        salt=padded("DGv6ra1nlYgDCS1FRnbzlw"),
        key=padded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
    )
    assert webpush.encode(sealed) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qu"
        "lcy4a-fN"
    )


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=webpush.MOST_BYTES))
def test_whatever_is_sealed_the_browser_reads_and_no_other_does(words):
    receiver = ReceivingBrowser()
    sealed = webpush.seal(words, browser_of(receiver))
    assert receiver.read(sealed) == words
    assert len(sealed) <= 4096
    with pytest.raises(InvalidTag):
        ReceivingBrowser(auth=receiver.auth).read(sealed)


def test_the_same_words_never_look_the_same_twice():
    receiver = browser_of(ReceivingBrowser())
    assert webpush.seal(b"Hej", receiver) != webpush.seal(b"Hej", receiver)


def test_what_is_too_long_is_refused_before_it_leaves():
    with pytest.raises(ValueError, match="too long"):
        webpush.seal(b"x" * (webpush.MOST_BYTES + 1), browser_of(ReceivingBrowser()))


@pytest.mark.parametrize(
    ("point", "secret"),
    [(b"", b"x" * 16), (b"\x04" + b"\x00" * 64, b"x" * 16), (ReceivingBrowser().point, b"short")],
    ids=["no point", "not on the curve", "short secret"],
)
def test_keys_that_are_none_are_refused(point, secret):
    with pytest.raises(webpush.BadKey):
        webpush.Browser(point, secret)


def test_base64url_that_is_none_is_refused():
    with pytest.raises(webpush.BadKey):
        webpush.decode("å")


def test_the_token_names_the_service_and_ends_and_its_signature_holds():
    key = webpush.new_key()
    header = webpush.authorization(
        "https://push.example.org:8443/send/abc", key, subject="mailto:it@example.org", now_s=NOW_S
    )
    service = PushService("")
    claims = service.claims(Got("/", {"authorization": header}, b""))
    assert claims["aud"] == "https://push.example.org:8443"
    assert claims["sub"] == "mailto:it@example.org"
    assert NOW_S < claims["exp"] <= NOW_S + 24 * 3600
    point = padded(header.rpartition("k=")[2])
    assert ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    assert webpush.public_of(key) == header.rpartition("k=")[2]
