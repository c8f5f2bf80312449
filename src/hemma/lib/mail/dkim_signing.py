"""Sign an outgoing mail with DKIM (RFC 6376), rsa-sha256 or ed25519 as the key is."""

from dataclasses import dataclass, field

SIGNED = (
    b"from", b"to", b"cc", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to",
    b"references", b"mime-version", b"content-type", b"content-transfer-encoding",
    b"auto-submitted",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A private key (PEM, RSA) and where its public half stands: SELECTOR._domainkey.DOMAIN."""

    domain: str
    selector: str
    private_key: str = field(repr=False)


def sign(data: bytes, key: DkimKey) -> bytes:
    """The mail with its DKIM-Signature on top. Raises ValueError when the key is none."""
    import dkim

    try:
        header: bytes = dkim.sign(
            data,
            key.selector.encode("idna"),
            key.domain.encode("idna"),
            key.private_key.encode(),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name for name in SIGNED if _has(data, name)],
        )
    except Exception as failure:  # the library raises its own and the key parser's many kinds
        raise ValueError(f"DKIM: {failure}") from failure
    return header + data


def _has(data: bytes, name: bytes) -> bool:
    head = data.partition(b"\r\n\r\n")[0].lower()
    return (b"\r\n" + head).find(b"\r\n" + name + b":") >= 0
