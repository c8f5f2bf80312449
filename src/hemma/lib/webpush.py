"""Web push: a few words, sealed for one browser (RFC 8291), and who we are (VAPID, RFC 8292).

The push service carries what it cannot read. Addresses and keys come from the browser; nothing here
touches the network (see `outward`) or a clock.
"""

import base64
import json
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CURVE = ec.SECP256R1()
POINT_BYTES, SECRET_BYTES, SALT_BYTES = 65, 16, 16
RECORD_BYTES = 4096
# RFC 8291 4: at most 4096 bytes with header (86), tag (16) and the one byte that ends the record.
MOST_BYTES = 3993
TOKEN_S = 12 * 60 * 60  # RFC 8292 2: at most 24 hours


class BadKey(ValueError):
    """What a browser gave as its key is none."""


@dataclass(frozen=True, slots=True)
class Browser:
    """Whom to seal for: the browser's public point (65 bytes) and its secret (16 bytes)."""

    point: bytes
    secret: bytes

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise BadKey("the secret has to be 16 bytes")
        _public(self.point)


def encode(raw: bytes) -> str:
    """base64url without padding, as everything of web push is written."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes of base64url. Raises BadKey for anything else."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as wrong:
        raise BadKey("that is no base64url") from wrong


def new_key() -> str:
    """A private key of our own (P-256), as 32 bytes in base64url."""
    number = ec.generate_private_key(CURVE).private_numbers().private_value
    return encode(number.to_bytes(32, "big"))


def public_of(key: str) -> str:
    """The public point of a private key: what browsers are given to subscribe with."""
    return encode(_point(_private(decode(key)).public_key()))


def seal(
    words: bytes, browser: Browser, *, salt: bytes | None = None, key: bytes | None = None
) -> bytes:
    """`words` as one aes128gcm record (RFC 8188) that only `browser` can open.

    `salt` (16 bytes) and `key` (32 bytes) are drawn anew for each message, as they must be; they
    can be given so that the example of the RFC can be computed again. Raises ValueError for more
    than 3993 bytes.
    """
    if len(words) > MOST_BYTES:
        raise ValueError("too long for a push message")
    salt = salt if salt is not None else os.urandom(SALT_BYTES)
    ours = _private(key) if key is not None else ec.generate_private_key(CURVE)
    point = _point(ours.public_key())
    shared = ours.exchange(ec.ECDH(), _public(browser.point))
    content_key, nonce = _keys(shared, browser, point, salt)
    header = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([POINT_BYTES]) + point
    return header + AESGCM(content_key).encrypt(nonce, words + b"\x02", None)


def _keys(shared: bytes, browser: Browser, sender: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """Content key and nonce (RFC 8291 3.4)."""
    info = b"WebPush: info\x00" + browser.point + sender
    secret = _derive(shared, browser.secret, info, 32)
    content_key = _derive(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    return content_key, _derive(secret, salt, b"Content-Encoding: nonce\x00", 12)


def _derive(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def authorization(endpoint: str, key: str, *, subject: str, now_s: int) -> str:
    """The header that says who sends: a signed token for the push service of `endpoint` alone.

    `subject` is how its operators reach us (`mailto:` or `https:`), `now_s` seconds since 1970.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": now_s + TOKEN_S,
        "sub": subject,
    }
    text = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    drawn = _private(decode(key)).sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(drawn)
    signature = encode(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={text}.{signature}, k={public_of(key)}"


def _json(value: dict[str, object]) -> str:
    return encode(json.dumps(value, separators=(",", ":")).encode())


def _private(raw: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)


def _public(point: bytes) -> ec.EllipticCurvePublicKey:
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    except ValueError as wrong:
        raise BadKey("that is no point of P-256") from wrong


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
