"""A push service on this machine, and a browser that opens what it gets; for tests alone.

The browser is written from the receiving side of RFC 8291 and RFC 8188, with none of our own code:
HKDF by hmac, the shared secret by the receiver's own key. The service checks the token as RFC 8292
asks of a service, and answers what it is told to.
"""

import base64
import hashlib
import hmac
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def padded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def expand(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    """HKDF of RFC 5869 for at most one block."""
    extracted = hmac.new(salt, material, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()[:length]


class ReceivingBrowser:
    """Its keys, and what it reads in a record."""

    def __init__(
        self, private: ec.EllipticCurvePrivateKey | None = None, auth: bytes | None = None
    ):
        self.private = private or ec.generate_private_key(ec.SECP256R1())
        self.auth = auth or os.urandom(16)
        self.point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def keys(self) -> dict[str, str]:
        return {"p256dh": unpadded(self.point), "auth": unpadded(self.auth)}

    def read(self, record: bytes) -> bytes:
        salt, size, length = record[:16], int.from_bytes(record[16:20], "big"), record[20]
        sender, sealed = record[21 : 21 + length], record[21 + length :]
        assert size >= len(sealed), "one record holds it all"
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.private.exchange(ec.ECDH(), theirs)
        material = expand(self.auth, shared, b"WebPush: info\x00" + self.point + sender, 32)
        key = expand(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = expand(salt, material, b"Content-Encoding: nonce\x00", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert plain.endswith(b"\x02"), "the last record ends so"
        return plain[:-1]


@dataclass
class Got:
    """One message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """What came, and what is answered (201 unless told otherwise)."""

    url: str
    got: list[Got] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def claims(self, got: Got) -> dict[str, object]:
        """What the token says, when its signature is that of the key beside it."""
        scheme, _, rest = got.headers["authorization"].partition(" ")
        assert scheme == "vapid"
        parts = dict(one.strip().split("=", 1) for one in rest.split(","))
        head, body, signature = parts["t"].split(".")
        assert json.loads(padded(head)) == {"typ": "JWT", "alg": "ES256"}
        raw = padded(signature)
        assert len(raw) == 64
        drawn = encode_dss_signature(
            int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        )
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), padded(parts["k"]))
        public.verify(drawn, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
        return json.loads(padded(body))


@contextmanager
def push_service() -> Iterator[PushService]:
    """Runs until left; on 127.0.0.1, which nothing but a test lets us reach."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.got.append(Got(self.path, headers, body))
            self.send_response(service.answers.pop(0) if service.answers else 201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
