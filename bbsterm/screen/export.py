"""A screen as text, as an ANSI stream with 24-bit colour, or as an .ans file with its SAUCE record.

Pure functions over `Line`s, so that a live screen, the scrollback and a saved page are all exported alike.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from bbsterm.screen.terminal import Line, Paint

__all__ = ["to_ans", "to_ansi", "to_text"]

_RESET: Final = "\x1b[0m"

# SGR numbers for what a paint has beside its colours (ECMA-48, 8.3.117; 53 is overline).
_ATTRIBUTES: Final[tuple[tuple[str, int], ...]] = (
    ("bold", 1),
    ("dim", 2),
    ("italic", 3),
    ("underline", 4),
    ("blink", 5),
    ("strike", 9),
    ("overline", 53),
)

# The VGA palette in ANSI order: what an .ans file's 16 colours mean.
_VGA: Final = (
    (0x00, 0x00, 0x00), (0xAA, 0x00, 0x00), (0x00, 0xAA, 0x00), (0xAA, 0x55, 0x00),
    (0x00, 0x00, 0xAA), (0xAA, 0x00, 0xAA), (0x00, 0xAA, 0xAA), (0xAA, 0xAA, 0xAA),
    (0x55, 0x55, 0x55), (0xFF, 0x55, 0x55), (0x55, 0xFF, 0x55), (0xFF, 0xFF, 0x55),
    (0x55, 0x55, 0xFF), (0xFF, 0x55, 0xFF), (0x55, 0xFF, 0xFF), (0xFF, 0xFF, 0xFF),
)  # fmt: skip


def to_text(lines: Iterable[Line]) -> str:
    """The characters alone, one line each, trailing blanks and trailing empty lines removed."""
    rows = [line.text() for line in lines]
    while rows and not rows[-1]:
        rows.pop()
    return "".join(row + "\n" for row in rows)


def to_ansi(lines: Iterable[Line]) -> str:
    """The picture with 24-bit colour for a UTF-8 terminal; every line ends in its default colours."""
    return "".join(_ansi_row(line) + _RESET + "\n" for line in lines)


def _ansi_row(line: Line) -> str:
    return "".join(_sgr(paint) + text for text, paint, _columns in line.spans())


def _sgr(paint: Paint) -> str:
    numbers = ["0"]
    numbers += [str(number) for name, number in _ATTRIBUTES if getattr(paint, name)]
    numbers += ["38;2;" + _triple(paint.foreground), "48;2;" + _triple(paint.background)]
    return f"\x1b[{';'.join(numbers)}m"


def _triple(colour: str) -> str:
    return ";".join(str(part) for part in _rgb(colour))


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:7])
    return red, green, blue


def to_ans(
    lines: Iterable[Line],
    *,
    columns: int,
    encode: Callable[[str], bytes],
    title: str = "",
    author: str = "",
    group: str = "",
    date: str = "",
    font: str = "IBM VGA",
) -> bytes:
    """An .ans file: 16-colour ANSI in the board's own character set, then SAUCE.

    Args:
        lines: The rows from top to bottom.
        columns: The screen's width, for the record.
        encode: Makes the bytes of a run of characters, such as a codec's ``encode`` with replacement.
        title: At most 35 characters; `author` and `group` at most 20; `date` as CCYYMMDD or empty.
        author: Who drew it.
        group: For whom.
        date: When.
        font: The font that the bytes are for, as SAUCE calls it: "IBM VGA", "IBM VGA 866".

    Source: the SAUCE specification, revision 5 (ACiD, 2013).
    """
    rows = list(lines)
    body = b"\r\n".join(b"".join(_ans_row(row, encode)) for row in rows) + b"\x1b[0m\r\n"
    return body + b"\x1a" + _sauce(len(body), columns, len(rows), title, author, group, date, font)


def _ans_row(line: Line, encode: Callable[[str], bytes]) -> Iterator[bytes]:
    spans = [(text, paint) for text, paint, _columns in line.spans()]
    while spans and not spans[-1][0].strip() and _nearest(spans[-1][1].background) == 0:
        spans.pop()  # blank to the edge: a reader's screen is already black there
    for text, paint in spans:
        foreground, background = _nearest(paint.foreground), _nearest(paint.background)
        numbers = [0]
        if foreground > 7:
            numbers.append(1)
        if paint.blink or background > 7:
            numbers.append(5)  # under iCE colours a bright background
        numbers += [30 + foreground % 8, 40 + background % 8]
        yield f"\x1b[{';'.join(map(str, numbers))}m".encode("ascii") + encode(text)


def _nearest(colour: str) -> int:
    red, green, blue = _rgb(colour)
    distances = [(red - r) ** 2 + (green - g) ** 2 + (blue - b) ** 2 for r, g, b in _VGA]
    return distances.index(min(distances))


def _sauce(
    size: int, columns: int, rows: int, title: str, author: str, group: str, date: str, font: str
) -> bytes:
    def field(text: str, width: int) -> bytes:
        return text.encode("cp437", "replace")[:width].ljust(width)

    return struct.pack(
        "<5s2s35s20s20s8sLBBHHHHBB22s",
        b"SAUCE", b"00", field(title, 35), field(author, 20), field(group, 20), field(date, 8),
        size, 1, 1, columns, rows, 0, 0, 0, 0, font.encode("ascii")[:21].ljust(22, b"\0"),
    )  # fmt: skip
