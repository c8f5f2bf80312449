"""Files that are not handed on: too big, or of a kind that runs when it is opened.

Told by name, by the first bytes, and for archives by the names inside. The mail as it came keeps
every file; this only says what is put on a page for downloading.
"""

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from hemma.lib.mail.incoming import Attachment

MOST_BYTES = 25 * 2**20
MOST_BYTES_A_MAIL = 40 * 2**20
MOST_FILES = 100
# What Windows, macOS or Office run when somebody double-clicks; after Outlook's blocked list.
RUNNING = frozenset(
    [
        "ade",
        "adp",
        "app",
        "application",
        "appref-ms",
        "appx",
        "appxbundle",
        "bas",
        "bat",
        "bin",
        "cer",
        "chm",
        "cmd",
        "cnt",
        "com",
        "cpl",
        "crt",
        "csh",
        "desktop",
        "diagcab",
        "dll",
        "dmg",
        "docm",
        "dotm",
        "exe",
        "fxp",
        "gadget",
        "grp",
        "hlp",
        "hpj",
        "hta",
        "htc",
        "img",
        "inf",
        "ins",
        "iso",
        "isp",
        "its",
        "jar",
        "jnlp",
        "js",
        "jse",
        "ksh",
        "lnk",
        "mad",
        "maf",
        "mag",
        "mam",
        "maq",
        "mar",
        "mas",
        "mat",
        "mau",
        "mav",
        "maw",
        "mcf",
        "mda",
        "mdb",
        "mde",
        "mdt",
        "mdw",
        "mdz",
        "msc",
        "msh",
        "msh1",
        "msh2",
        "mshxml",
        "msi",
        "msix",
        "msp",
        "mst",
        "one",
        "onepkg",
        "osd",
        "pcd",
        "pif",
        "pkg",
        "pl",
        "plg",
        "potm",
        "ppam",
        "ppsm",
        "pptm",
        "prf",
        "prg",
        "printerexport",
        "ps1",
        "ps1xml",
        "ps2",
        "ps2xml",
        "psc1",
        "psc2",
        "psd1",
        "psdm1",
        "py",
        "pyc",
        "pyo",
        "pyw",
        "pyz",
        "reg",
        "scf",
        "scr",
        "sct",
        "settingcontent-ms",
        "sh",
        "shb",
        "shs",
        "sldm",
        "theme",
        "url",
        "vb",
        "vbe",
        "vbp",
        "vbs",
        "vhd",
        "vhdx",
        "vsmacros",
        "vsw",
        "webpnp",
        "website",
        "ws",
        "wsc",
        "wsf",
        "wsh",
        "xbap",
        "xlam",
        "xll",
        "xlsm",
        "xltm",
        "xnk",
    ]
)
RUNNING_STARTS = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
MOST_NAMES = 2000


class Why(StrEnum):
    """Why a file is withheld."""

    TOO_BIG = "too_big"
    DANGEROUS = "dangerous"
    MALWARE = "malware"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one file is withheld, and what exactly."""

    why: Why
    detail: str = ""


def judge(file: Attachment, *, so_far: int = 0, count: int = 0) -> Refusal | None:
    """None when the file may be handed on. `so_far`: bytes, `count`: files of the same mail."""
    if file.size > MOST_BYTES or so_far + file.size > MOST_BYTES_A_MAIL or count >= MOST_FILES:
        return Refusal(Why.TOO_BIG)
    if found := _running(file.name) or _running_inside(file):
        return Refusal(Why.DANGEROUS, found[:200])
    return None


def _running(name: str) -> str:
    """The ending that makes a name dangerous, or ''. Trailing dots and spaces fool Windows."""
    ending = name.rstrip(". \u200b\u200e\u200f\u202a-\u202e").rpartition(".")[2].strip().lower()
    return f".{ending}" if "." in name and ending in RUNNING else ""


def _running_inside(file: Attachment) -> str:
    if file.content.startswith(RUNNING_STARTS):
        return "program"
    if not file.content.startswith(b"PK"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            names = [one.filename for one in archive.infolist()]
    except Exception:  # a broken archive opens nowhere else either, and hostile ones raise anything
        return ""
    if any(name.endswith("vbaProject.bin") for name in names):
        return "macro"
    return next((name for name in names[:MOST_NAMES] if _running(name)), "")
