"""A signed mail can be checked by whoever has the public key, and a changed one is told."""

import base64
from email.message import EmailMessage
from email.policy import SMTP

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hemma.lib.mail.dkim_signing import DkimKey, sign


@pytest.fixture(scope="module")
def key():
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = private.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    return DkimKey("bjorkvik.example", "hemma", pem.decode()), record


def test_kims_server_finds_the_signature_good_and_a_changed_mail_not(key):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@bjorkvik.example", "k@x.org", "Å"
    message.set_content("Hej Kim! Å.")
    signed = sign(message.as_bytes(policy=SMTP), key[0])

    def dns(name, timeout=5):
        assert name == b"hemma._domainkey.bjorkvik.example."
        return key[1]

    assert dkim.verify(signed, dnsfunc=dns)
    assert not dkim.verify(signed.replace(b"Hej", b"Nej"), dnsfunc=dns)


def test_a_key_that_is_none_is_told():
    with pytest.raises(ValueError, match="DKIM"):
        sign(b"From: a@b.c\r\n\r\nhej\r\n", DkimKey("b.c", "s", "no key"))
