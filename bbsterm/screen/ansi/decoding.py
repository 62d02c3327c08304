"""From the board's bytes to characters: 8-bit tables that keep control characters, and incremental UTF-8."""

from __future__ import annotations

import codecs as python_codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Final

from bbsterm import codecs
from bbsterm.codecs.cp437 import CP437_ART
from bbsterm.screen.ansi.widths import width_of

__all__ = ["C0_GLYPHS", "CONTROLS", "Decode", "decoder", "is_odd", "is_single_byte", "table_of"]

Decode = Callable[[bytes], str]

C0_GLYPHS: Final = {code: CP437_ART.table[code] if code else " " for code in (*range(0x20), 0x7F)}
"""What the PC's character generator shows for a control character that is not obeyed."""

CONTROLS: Final = frozenset(b"\0\a\b\t\n\f\r\x0e\x1b")
"""Control characters that mean something to a PC's terminal; SO ends music."""

_INVISIBLE: Final = re.compile("[\x00-\x1f\x7f\xad\u200e\u200f\ufffd\ufffe]")
_C1: Final = re.compile("[\x80-\x9f]")


def decoder(encoding: str, *, c1: bool = False, glyphs: bool = False) -> Decode:
    """A function for one stream of bytes: it may keep half a character until the next call.

    Args:
        encoding: The name of a codec.
        c1: Whether control characters from 80 to 9F stay what they are.
        glyphs: Whether control characters that no PC terminal obeys are pictures, in 8-bit character sets.

    Raises:
        LookupError: Nobody knows that encoding.
    """
    name = encoding.lower().replace("_", "-")
    if name in ("utf-8", "utf8"):
        return python_codecs.getincrementaldecoder("utf-8")("replace").decode
    if not is_single_byte(encoding):
        return codecs.lookup(encoding).incrementaldecoder("replace").decode
    table = table_of(encoding, c1=c1)
    if glyphs:
        table = (
            "".join(char if code in CONTROLS else C0_GLYPHS[code] for code, char in enumerate(table[:0x20]))
            + table[0x20:]
        )
    return lambda data: python_codecs.charmap_decode(data, "replace", table)[0]


@cache
def table_of(encoding: str, *, c1: bool = False) -> str:
    """An 8-bit character set as 256 characters: 00 to 1F stay controls, the rest are pictures.

    What the character set leaves without a picture is a no-break space, which the grammar cannot take for an
    intermediate; 7F is a house, as on the PC, or where C1 controls are controls, one too.
    """
    name = "cp437_art" if encoding.lower() in ("cp437", "ibm437") else encoding
    table = _INVISIBLE.sub("\xa0", _sample(codecs.lookup(name)))
    if not c1:
        table = _C1.sub("\xa0", table)
    house = CP437_ART.table[0x7F] if table[0x7F] == "\xa0" else table[0x7F]
    delete = "\x7f" if c1 else house
    return "".join(map(chr, range(0x20))) + table[0x20:0x7F] + delete + table[0x80:]


@cache
def is_single_byte(encoding: str) -> bool:
    """Whether every byte is a character of its own."""
    make = codecs.lookup(encoding).incrementaldecoder
    return all(len(make("replace").decode(bytes([byte]))) == 1 for byte in range(256))


@cache
def is_odd(encoding: str) -> bool:
    """Whether some characters of the set take two cells, or none."""
    return not is_single_byte(encoding) or any(width_of(char) != 1 for char in table_of(encoding)[0x20:])


def _sample(info: python_codecs.CodecInfo) -> str:
    return info.decode(bytes(range(256)), "replace")[0]
