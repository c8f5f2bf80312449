"""Bytes to text for mail: every declared charset, honest or not, and text the database accepts."""

import codecs
import re

# Names seen in real mail that Python does not know, or knows as something narrower.
ALIASES = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "x-gbk": "gbk",
    "gb2312": "gb18030",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "x-mac-roman": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    # As the web does it: these two are written by programs that mean Windows' extension.
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
}
# Python codecs that are not charsets: they would rewrite what the customer typed.
NOT_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs"}
SURROGATES = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text without NUL and lone surrogates, which PostgreSQL refuses."""
    return SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text.replace("\x00", ""))


def guess(data: bytes) -> str:
    """UTF-8 if it is valid, else Windows-1252, else Latin-1, which never fails."""
    for charset in ("utf-8-sig", "cp1252"):
        try:
            return storable(data.decode(charset))
        except UnicodeDecodeError:
            continue
    return storable(data.decode("latin-1"))


def known(charset: str) -> str | None:
    """Python's name for a declared charset, or None."""
    name = charset.strip().strip("\"'").split("*")[0].lower()
    name = ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if found.replace("-", "_") in NOT_CHARSETS else found


def decode(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether the declared charset told the truth."""
    if data.isascii() and charset is None:
        return storable(data.decode("ascii")), True
    name = known(charset) if charset else None
    if name and name != "ascii":
        try:
            return storable(data.decode(name)), True
        except (UnicodeError, LookupError, ValueError):
            pass
    honest = data.isascii() and (charset is None or name is not None)
    return guess(data), honest
