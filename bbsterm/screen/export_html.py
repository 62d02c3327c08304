"""A screen as one self-contained HTML page: no scripts, nothing from elsewhere, text that can be selected."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from bbsterm.screen.terminal import Line, Paint

__all__ = ["to_html"]

_HEAD: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ margin: 1em; background: #000; }}
pre {{ display: inline-block; margin: 0; }}
pre {{ font: 16px/1.2 'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace; }}
@keyframes b {{ 50% {{ color: transparent; }} }}
@media (prefers-reduced-motion: no-preference) {{ .b {{ animation: b 1s steps(1) infinite; }} }}
{rules}
</style>
</head>
<body>
<pre>
"""
_TAIL: Final = "</pre>\n</body>\n</html>\n"


def to_html(lines: Iterable[Line], *, title: str = "") -> str:
    """Draw `lines` as an HTML document, with a style for each look that occurs.

    Args:
        lines: The rows from top to bottom.
        title: What the page shows.
    """
    looks: dict[Paint, str] = {}
    rows = []
    for line in lines:
        parts = []
        for text, paint, _columns in line.spans():
            name = looks.setdefault(paint, f"p{len(looks)}")
            classes = f"{name} b" if paint.blink else name
            parts.append(f'<span class="{classes}">{escape(_printable(text))}</span>')
        rows.append("".join(parts) + "\n")
    rules = "\n".join(f".{name} {{ {_css(paint)} }}" for paint, name in looks.items())
    return _HEAD.format(title=escape(_printable(title)), rules=rules) + "".join(rows) + _TAIL


def _css(paint: Paint) -> str:
    rules = [f"color: {paint.foreground};", f"background: {paint.background};"]
    if paint.bold:
        rules.append("font-weight: bold;")
    if paint.italic:
        rules.append("font-style: italic;")
    if paint.dim:
        rules.append("opacity: 0.6;")
    drawn = [("underline", paint.underline), ("line-through", paint.strike), ("overline", paint.overline)]
    if names := " ".join(name for name, on in drawn if on):
        rules.append(f"text-decoration: {names};")
    return " ".join(rules)


def _printable(text: str) -> str:
    """Control characters, and halves of characters, are not HTML: show them as the replacement character."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or (char.isspace() and char >= "\xa0") else "\ufffd" for char in text
    )
