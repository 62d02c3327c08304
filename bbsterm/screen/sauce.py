"""SAUCE: what a picture file says at its end about itself: who made it, how wide it is, iCE colours.

A file is a picture, then 1A, then comments if there are any, then a record of 128 bytes. What comes from a
file is only ever read here, never believed: text is cut and made printable, sizes have bounds.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from bbsterm import codecs, limits

__all__ = ["Sauce", "picture_of", "read_sauce"]

_SIZE: Final = 128
_COMMENT: Final = 64
_END_OF_FILE: Final = b"\x1a"

_CHARACTER: Final = 1
"""The data type "Character"; its file types 0 to 2 (ASCII, ANSi, ANSiMation) have columns, rows and flags."""

_BINARY_TEXT: Final = 5
"""The data type "BinaryText": its file type is half the number of columns."""

_ICE: Final = 1
"""The flag for bright backgrounds in place of blinking."""

_CODE_PAGES: Final = (
    "437", "720", "737", "775", "819", "850", "852", "855", "857", "858", "860", "861", "862", "863", "864",
    "865", "866", "869",
)  # fmt: skip

_FAMILIES: Final = (
    ("IBM ", "cp437"), ("Amiga ", "latin_1"), ("C64 PETSCII unshifted", "petscii_unshifted"),
    ("C64 PETSCII shifted", "petscii"), ("Atari ATASCII", "atascii"),
)  # fmt: skip


class Sauce(NamedTuple):
    """What a record says.

    Attributes:
        title: Up to 35 characters.
        author: Up to 20.
        group: Up to 20.
        date: As written: YYYYMMDD.
        columns: Width in cells; 0 if it is not said.
        rows: Height in cells; 0 if it is not said.
        ice: Whether blinking is a bright background instead.
        font: The name of the font, "IBM VGA", "Amiga Topaz 1" ...; empty if it is not said.
        comments: Lines of up to 64 characters.
    """

    title: str
    author: str
    group: str
    date: str
    columns: int
    rows: int
    ice: bool
    font: str
    comments: tuple[str, ...]

    @property
    def encoding(self) -> str:
        """The character set that the font has; code page 437 where nothing else is said."""
        page = self.font.rpartition(" ")[2]
        if self.font.startswith("IBM ") and page in _CODE_PAGES[1:]:
            return "latin_1" if page == "819" else f"cp{page}"
        return next((name for prefix, name in _FAMILIES if self.font.startswith(prefix)), "cp437")


def read_sauce(data: bytes) -> Sauce | None:
    """The record at the end of a file; None if there is none.

    Source: the SAUCE specification, revision 5 (ACiD, 2013).
    """
    record = data[-_SIZE:]
    if len(record) < _SIZE or record[:5] != b"SAUCE":
        return None
    data_type, file_type = record[94], record[95]
    columns = rows = 0
    ice = False
    if data_type == _CHARACTER and file_type <= 2:
        columns, rows = int.from_bytes(record[96:98], "little"), int.from_bytes(record[98:100], "little")
        ice = bool(record[105] & _ICE)
    elif data_type == _BINARY_TEXT:
        columns, ice = 2 * file_type, bool(record[105] & _ICE)
    return Sauce(
        title=_text(record[7:42]),
        author=_text(record[42:62]),
        group=_text(record[62:82]),
        date=_text(record[82:90]),
        columns=min(columns, limits.MAX_COLUMNS),
        rows=min(rows, limits.MAX_ROWS),
        ice=ice,
        font=_text(record[106:128].partition(b"\0")[0]) if data_type in (_CHARACTER, _BINARY_TEXT) else "",
        comments=_comments(data, record[104]),
    )


def picture_of(data: bytes) -> bytes:
    """The picture without what is written about it: up to the record, its comments and the 1A before them.

    Without a record a file ends at its first 1A, as under DOS.
    """
    if read_sauce(data) is None:
        return data.partition(_END_OF_FILE)[0]
    end = len(data) - _SIZE
    block = 5 + _COMMENT * data[-_SIZE:][104]
    if block > 5 and data[max(end - block, 0) : end].startswith(b"COMNT"):
        end -= block
    return data[:end].removesuffix(_END_OF_FILE)


def _comments(data: bytes, count: int) -> tuple[str, ...]:
    block = data[:-_SIZE][-(5 + _COMMENT * count) :]
    if not count or not block.startswith(b"COMNT"):
        return ()
    lines = block[5:]
    return tuple(_text(lines[place : place + _COMMENT]) for place in range(0, len(lines), _COMMENT))


def _text(field: bytes) -> str:
    """A field of characters, padded with blanks or NULs, as printable text."""
    text = codecs.lookup("cp437").decode(field.partition(b"\0")[0], "replace")[0]
    return "".join(char if char.isprintable() else " " for char in text).strip()
