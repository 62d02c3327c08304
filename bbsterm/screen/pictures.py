"""A screen, or lines of the past, as the contents of a file: ANSI, text, SVG, PNG, HTML.

Every way to take a picture comes here: the menu's screenshots, `bbsterm shot`, `bbsterm run`, scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from bbsterm import codecs
from bbsterm.screen.export import to_ans, to_text
from bbsterm.screen.export_html import to_html
from bbsterm.screen.glyphs import substitute
from bbsterm.screen.png import to_png
from bbsterm.screen.svg import to_svg
from bbsterm.screen.terminal import Line, Terminal

__all__ = ["KINDS", "is_narrow", "lines_as", "picture"]

KINDS: Final = ("ans", "txt", "svg", "png", "html")
"""The endings there are."""

_NARROW: Final = 40


def picture(kind: str, name: str, terminal: Terminal, *, date: str) -> bytes:
    """What is on the screen, as the contents of a file.

    Args:
        kind: One of `KINDS`.
        name: The board's.
        terminal: Whose screen.
        date: Today, as "20261121": an .ans file has it.
    """
    lines = [terminal.line(row) for row in range(terminal.rows)]
    if kind == "svg":
        return to_svg(lines, columns=terminal.columns, title=name, cursor=terminal.cursor).encode()
    if kind == "png":
        doubled = is_narrow(terminal.name, terminal.columns)
        return to_png(lines, columns=terminal.columns, title=name, cursor=terminal.cursor, doubled=doubled)
    return lines_as(kind, lines, name, terminal.columns, terminal.encoding, date=date)


def is_narrow(machine: str, columns: int) -> bool:
    """Whether it is a home computer, whose cells were as wide as high."""
    return columns <= _NARROW and machine not in ("ansi", "vt")


def lines_as(kind: str, lines: Sequence[Line], name: str, columns: int, encoding: str, *, date: str) -> bytes:
    """Lines as the contents of a file of a kind of `KINDS`; `encoding` is for .ans."""
    match kind:
        case "png":
            return to_png(lines, columns=columns, title=name)
        case "txt":
            return to_text(lines).encode()
        case "svg":
            return to_svg(lines, columns=columns, title=name).encode()
        case "html":
            return to_html(lines, title=name).encode()
    return to_ans(
        lines,
        columns=columns,
        encode=_encoder(encoding),
        title=name,
        date=date,
        font=_font(encoding),
    )


def _encoder(encoding: str) -> Callable[[str], bytes]:
    """A code page as it is, code page 437 with the pictures that its control codes have in art.

    What has no code page, UTF-8 and the home computers, becomes code page 437 too, which every viewer shows.
    """
    if not encoding.startswith(("cp", "latin", "iso8859", "koi8")):
        codec = codecs.lookup("cp437_art")
        return lambda text: codec.encode(substitute(text, "basic"), "replace")[0]
    codec = codecs.lookup("cp437_art" if encoding == "cp437" else encoding)
    return lambda text: codec.encode(text, "replace")[0]


def _font(encoding: str) -> str:
    """The font that SAUCE names for a character set."""
    if encoding.startswith("cp") and encoding[2:].isdigit() and encoding != "cp437":
        return f"IBM VGA {encoding[2:]}"
    return "IBM VGA 819" if encoding.startswith("latin") else "IBM VGA"
