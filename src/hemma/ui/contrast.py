"""Contrast of every pair of roles, and distance between mode colours, in both themes.

Reads tokens.css, resolves var() and light-dark(), converts OKLCH to sRGB (Ottosson 2020) and
measures by WCAG 2.2 (relative luminance). Mode fills are also compared as seen with protanopia,
deuteranopia and tritanopia (Machado et al. 2009, severity 1.0), as the distance in OKLab; modes
also differ in shape, word and outline. `python -m hemma.ui.contrast` prints what fails.
"""

import math
import re
import sys
from itertools import combinations
from pathlib import Path

type Triple = tuple[float, float, float]
type Pair = tuple[str, str, float]

TOKENS_CSS = Path(__file__).parent / "static" / "ui" / "tokens.css"
THEMES = ("light", "dark")
TEXT, SHAPE = 4.5, 3.0
DISTINCT = 0.05  # OKLab; about 0.02 is just noticeable
MODES = ("queue", "focus", "meet", "coach", "soft", "pause")
_SURFACES = ("table", "sheet", "sunken", "raised", "hover")
_MESSAGES = ("danger", "warn", "good", "info")

BLINDNESS: dict[str, tuple[Triple, Triple, Triple]] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def pairs() -> list[Pair]:
    """Every ink on every ground it is used on, with the ratio it needs."""
    found: list[Pair] = [
        (ink, on, TEXT) for ink in ("text", "text-soft", "link") for on in _SURFACES
    ]
    found += [(ink, "action-tint", TEXT) for ink in ("text", "text-soft", "link", "warn")]
    found += [(ink, "glow", TEXT) for ink in ("text", "text-soft", "link")]
    found += [(ink, "glow", SHAPE) for ink in ("focus", "line-control")]
    for name in _MESSAGES:
        found += [(ink, f"{name}-tint", TEXT) for ink in (name, "text", "text-soft", "link")]
        found += [(name, on, TEXT) for on in ("table", "sheet", "sunken", "hover")]
    found += [("on-action", "action", TEXT), ("on-action", "action-hover", TEXT)]
    found += [("on-danger", "danger", TEXT), ("now", "on-action", TEXT)]
    found += [("line-control", on, SHAPE) for on in _SURFACES[:3]]
    found += [("focus", on, SHAPE) for on in (*_SURFACES, "action-tint")]
    found += [("now", on, SHAPE) for on in ("table", "sheet")]
    for mode in MODES:
        found += [(f"{mode}-ink", f"{mode}-fill", TEXT)]
        found += [(f"{mode}-edge", on, SHAPE) for on in ("table", "sheet")]
    found += [("rast-ink", "sheet", TEXT), ("rast-edge", "sheet", SHAPE)]
    found += [("away-ink", "away-fill", TEXT), ("away-edge", "sheet", SHAPE)]
    found += [
        (f"chart-{name}", "sheet", SHAPE) for name in ("need", "plan", "home", "office", "gap")
    ]
    return found


def read_tokens(css: str) -> dict[str, str]:
    """Names and values of the palette and the roles, before any theme's own block."""
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).split("[data-theme")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", plain))


def resolve(tokens: dict[str, str], name: str, theme: str) -> Triple:
    """The OKLCH (lightness, chroma, hue in degrees) of a token. Raises KeyError, ValueError."""
    value = tokens[name].strip()
    if match := re.fullmatch(r"light-dark\((.+)\)", value):
        day, night = re.split(r",\s*(?![^()]*\))", match.group(1))
        value = (day if theme == "light" else night).strip()
    if match := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return resolve(tokens, match.group(1), theme)
    match = re.fullmatch(r"oklch\(([^/)]+)\)", value)
    if match is None:
        raise ValueError(f"--{name} is no colour: {value}")
    light, chroma, hue = (float(part) for part in match.group(1).split())
    return light, chroma, hue


def linear_rgb(lch: Triple) -> Triple:
    """OKLCH to linear sRGB, clipped to the gamut."""
    light, chroma, hue = lch
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long, medium, short = (
        (light + x * a + y * b) ** 3
        for x, y in (
            (0.3963377774, 0.2158037573),
            (-0.1055613458, -0.0638541728),
            (-0.0894841775, -1.2914855480),
        )
    )
    return (
        _clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _clip(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _clip(value: float) -> float:
    return min(1.0, max(0.0, value))


def oklab(rgb: Triple) -> Triple:
    """Linear sRGB to OKLab."""
    red, green, blue = rgb
    long, medium, short = (
        math.cbrt(x * red + y * green + z * blue)
        for x, y, z in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def contrast(one: Triple, other: Triple) -> float:
    """The WCAG contrast ratio of two colours in linear sRGB, 1 to 21."""
    high, low = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other)), reverse=True
    )
    return (high + 0.05) / (low + 0.05)


def seen_with(kind: str, rgb: Triple) -> Triple:
    """A colour in linear sRGB as it is seen with a kind of colour blindness."""
    gamma = [12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in rgb]
    red, green, blue = (
        _clip(sum(k * c for k, c in zip(row, gamma, strict=True))) for row in BLINDNESS[kind]
    )
    return _linear(red), _linear(green), _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def problems(css: str) -> list[str]:
    """Every pair and every two modes that are too close; empty when all is well."""
    tokens = read_tokens(css)
    return [
        said
        for theme in THEMES
        for said in (*_too_faint(tokens, theme), *_too_alike(tokens, theme))
    ]


def _too_faint(tokens: dict[str, str], theme: str) -> list[str]:
    found = []
    for ink, on, least in pairs():
        ratio = contrast(
            linear_rgb(resolve(tokens, ink, theme)), linear_rgb(resolve(tokens, on, theme))
        )
        if ratio < least:
            found.append(f"{theme}: {ink} on {on} is {ratio:.2f}, needs {least}")
    return found


def _too_alike(tokens: dict[str, str], theme: str) -> list[str]:
    fills = {mode: linear_rgb(resolve(tokens, f"{mode}-fill", theme)) for mode in MODES}
    found = []
    for kind in ("plain", *BLINDNESS):
        seen = {
            m: oklab(rgb if kind == "plain" else seen_with(kind, rgb)) for m, rgb in fills.items()
        }
        for one, other in combinations(MODES, 2):
            distance = math.dist(seen[one], seen[other])
            if distance < DISTINCT:
                found.append(f"{theme}, {kind}: {one} and {other} are {distance:.3f} apart")
    return found


if __name__ == "__main__":
    failures = problems(TOKENS_CSS.read_text(encoding="utf-8"))
    sys.stdout.write("".join(f"{line}\n" for line in failures))
    sys.exit(bool(failures))
