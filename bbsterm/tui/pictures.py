"""What a board's machine can draw that a keyboard of today lacks: pictures and colours, by name. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from bbsterm.screen.ansi.decoding import is_single_byte, table_of
from bbsterm.screen.keyboards_charts import CHARTS, chart
from bbsterm.screen.keyboards_petscii import COLOURS, graphics
from bbsterm.screen.terminal import Terminal

__all__ = ["Picture", "found", "keyboard_of", "pictures"]


class Picture(NamedTuple):
    """One of them.

    Attributes:
        name: In words, lower case.
        shown: The character; for a colour nothing.
        data: The board's bytes for it.
    """

    name: str
    shown: str
    data: bytes


_PETSCII: Final = (
    *(Picture(f"colour {name}", "", code) for name, code in COLOURS.items()),
    Picture("reverse on", "", b"\x12"),
    Picture("reverse off", "", b"\x92"),
    Picture("text set (small letters)", "", b"\x0e"),
    Picture("graphics set (capitals)", "", b"\x8e"),
)


def pictures(terminal: Terminal) -> list[Picture]:
    """What can be sent by name to a board with this machine; nothing where the set has too many."""
    match terminal.name:
        case "petscii":
            return [*_PETSCII, *(Picture(*entry) for entry in graphics())]
        case "atascii":
            from bbsterm.codecs.atascii import ATASCII

            codes = (*range(0x1B), 0x60, 0x7B)
            return list(_named((ATASCII.table[code], bytes([code])) for code in codes))
    if not is_single_byte(terminal.encoding):
        return []
    table = table_of(terminal.encoding)
    return list(_named((table[code], bytes([code])) for code in range(0x80, 0x100)))


def _named(pairs: Iterable[tuple[str, bytes]]) -> Iterator[Picture]:
    for char, data in pairs:
        name = unicodedata.name(char, "").lower()
        if name and not char.isspace():
            yield Picture(name, char, data)


def found(everything: Iterable[Picture], text: str) -> list[Picture]:
    """Those in whose name every word occurs; or that are the character itself."""
    words = text.lower().split()
    return [
        picture
        for picture in everything
        if all(word in picture.name for word in words) or (text and text == picture.shown)
    ]


def keyboard_of(terminal: Terminal) -> list[str]:
    """The picture of a home computer's keyboard, line by line; none for a machine with a PC's keys."""
    return chart(terminal.name) if terminal.name in CHARTS or terminal.name == "atarist" else []
