"""The sheet of paper that reports are printed on: one file, nothing fetched, nothing that runs.

The stylesheet lies in the page as a data address. Where a policy refuses that, the page is plain and
says the same: pictures carry colours of their own as attributes, which the stylesheet overrides.
"""

import base64
from html import escape

_STYLE = """
:root { color-scheme: light dark; --ink: #22302f; --soft: #5b6663; --sheet: #fdfcf9; --rule: #ded9cd;
  --band: #bcd8ca; --line: #1d5847; --mark: #b0542b; --tint: #f4f1ea; }
@media (prefers-color-scheme: dark) { :root { --ink: #ecebe5; --soft: #b9b8ac; --sheet: #1f1d1a;
  --rule: #45413b; --band: #33584c; --line: #9fdcc2; --mark: #f0a878; --tint: #2a2723; } }
body { background: var(--sheet); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif;
  margin: 2rem auto 4rem; max-width: 56rem; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; line-height: 1.2; font-weight: 620; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 620; margin-top: 2.4rem; }
h3 { font-size: 1.05rem; margin-bottom: 0.3rem; }
p, li { max-width: 44rem; }
svg { display: block; height: auto; width: 100%; }
svg text { fill: var(--soft); font-family: inherit; }
.band { fill: var(--band); }
.line { stroke: var(--line); }
.mark { stroke: var(--mark); }
.axis { stroke: var(--rule); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; }
th, td { border-bottom: 1px solid var(--rule); padding: 0.3rem 0.9rem 0.3rem 0; text-align: end;
  overflow-wrap: normal; }
th:first-child { text-align: start; font-weight: 500; }
thead th, thead th:first-child { color: var(--soft); font-size: 0.9rem; font-weight: 500;
  vertical-align: bottom; }
td { min-width: 3rem; }
.scroll { overflow-x: auto; }
.scroll svg { min-width: 34rem; }
summary { cursor: pointer; padding: 0.4rem 0; }
:focus-visible { outline: 2px solid var(--line); outline-offset: 2px; }
"""


def sheet(title: str, heading: str, body: str) -> str:
    """The whole page: `title` and `heading` plain words, `body` HTML."""
    style = base64.b64encode(_STYLE.encode()).decode()
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="stylesheet" href="data:text/css;base64,{style}" />'
        f"<title>{escape(title)}</title></head>"
        f"<body><main><h1>{escape(heading)}</h1>{body}</main></body></html>\n"
    )


def wide(inner: str, label: str) -> str:
    """What may be wider than a phone: it scrolls by itself, by the keyboard too."""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label)}">{inner}</div>'
    )
