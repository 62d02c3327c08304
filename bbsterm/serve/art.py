"""The board's pictures: `.ans` files with SAUCE for ANSI, `.seq` for Commodores, `.ata` for Ataris.

`parse_ans` understands what such files are made of: CP437, SGR, CR LF, cursor right. It reads our own files
and a sysop's, never a caller's.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

from bbsterm.serve.caller import Caller
from bbsterm.serve.markup import PLAIN, Style
from bbsterm.serve.picture import BLANK, Cell, Picture

__all__ = ["DATA", "GALLERY", "Piece", "load", "parse_ans", "raw", "show"]

DATA: Final = resources.files("bbsterm.serve") / "data"

_COLUMNS: Final = 80
_TOKEN: Final = re.compile(r"\x1b\[([\d;]*)([A-Za-z])|\r?\n|[^\x1b\r\n]")
_ORDER: Final = (0, 4, 2, 6, 1, 5, 3, 7)  # ANSI counts red first, the PC blue
_END_OF_FILE: Final = b"\x1a"


class Piece(NamedTuple):
    """One picture of the gallery: the stem of its files, its title, and a line about it."""

    name: str
    title: str
    about: str


GALLERY: Final = (
    Piece("skyline", "Midnight Carrier", "The city sleeps, the modem not."),
    Piece("sunset", "Outrun 2400", "Two bars, and the road is yours."),
    Piece("starship", "Deep Space 9600", "Outbound, dish towards home."),
    Piece("modem", "Handshake", "What the noise was for."),
    Piece("peaks", "Fractal Peaks", "Ridge upon ridge, at dawn."),
    Piece("plasma", "Plasma", "Four sines, sixteen colours."),
    Piece("julia", "Julia", "c = -0.79 + 0.15i, from near."),
)
"""What hangs in the gallery, in order."""


@cache
def load(name: str) -> Picture:
    """A picture of ours for ANSI callers."""
    return parse_ans(raw(f"{name}.ans"))


@cache
def raw(file: str) -> bytes:
    """A file of ours as it is, without its SAUCE record."""
    return (DATA / file).read_bytes().partition(_END_OF_FILE)[0]


async def show(caller: Caller, name: str, *, below: int = 1) -> None:
    """Show a picture in the form that suits the caller, leaving room for `below` more rows under it."""
    dialect = caller.dialect
    if dialect.suffix == ".ans" or (dialect.columns >= 80 and dialect.suffix != ".txt"):
        picture = load(name)
        await caller.show(picture if caller.wide else picture.halved(), below=below)
    else:
        await caller.show_file(raw(f"{name}{dialect.suffix}"))


def parse_ans(data: bytes, columns: int = _COLUMNS) -> Picture:
    """Read an `.ans` file, up to its 0x1A."""
    rows: list[list[Cell]] = [[]]
    style = PLAIN
    for match in _TOKEN.finditer(data.partition(_END_OF_FILE)[0].decode("cp437")):
        parameters, final = match[1], match[2]
        if final == "m":
            style = _sgr(style, parameters)
        elif final == "C":
            rows[-1] += [BLANK] * min(int(parameters or 1), columns - len(rows[-1]))
        elif match[0].endswith("\n"):
            rows.append([])
        elif not final:
            if len(rows[-1]) == columns:
                rows.append([])
            rows[-1].append(Cell(match[0], style))
    while rows and not rows[-1]:
        rows.pop()
    return Picture(rows)


def _sgr(style: Style, parameters: str) -> Style:
    """The style after an SGR of colours, bold and reset."""
    for code in (int(part or 0) for part in parameters.split(";")):
        foreground, background = style
        if code == 0:
            style = PLAIN
        elif code == 1:
            style = Style(foreground | 8, background)
        elif 30 <= code <= 37:
            style = Style(foreground & 8 | _ORDER[code - 30], background)
        elif 40 <= code <= 47:
            style = Style(foreground, _ORDER[code - 40])
    return style
