"""From the board's bytes to characters: 8-bit tables that keep control characters, and incremental UTF-8."""

from __future__ import annotations

import codecs as python_codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Final

from bbsterm import codecs
from bbsterm.codecs.cp437 import CP437_ART

__all__ = ["C0_GLYPHS", "Decode", "decoder", "is_single_byte", "table_of"]

Decode = Callable[[bytes], str]

C0_GLYPHS: Final = {code: CP437_ART.table[code] if code else " " for code in range(0x20)}
"""What the PC's character generator shows for a control character that is not obeyed."""

_INVISIBLE: Final = re.compile("[\x00-\x1f\x7f\xad\ufffd\ufffe]")
_C1: Final = re.compile("[\x80-\x9f]")


def decoder(encoding: str, *, c1: bool = False) -> Decode:
    """A function for one stream of bytes: it may keep half a character until the next call.

    Args:
        encoding: The name of a codec.
        c1: Whether control characters from 80 to 9F stay what they are.

    Raises:
        LookupError: Nobody knows that encoding.
    """
    name = encoding.lower().replace("_", "-")
    if name in ("utf-8", "utf8"):
        return python_codecs.getincrementaldecoder("utf-8")("replace").decode
    if not is_single_byte(encoding):
        return codecs.lookup(encoding).incrementaldecoder("replace").decode
    table = table_of(encoding, c1=c1)
    return lambda data: python_codecs.charmap_decode(data, "replace", table)[0]


@cache
def table_of(encoding: str, *, c1: bool = False) -> str:
    """An 8-bit character set as 256 characters: 00 to 1F stay controls, the rest are pictures.

    What the character set leaves without a picture is a no-break space, which the grammar cannot take for an
    intermediate; 7F is a house, as on the PC.
    """
    name = "cp437_art" if encoding.lower() in ("cp437", "ibm437") else encoding
    table = _INVISIBLE.sub("\xa0", _sample(codecs.lookup(name)))
    if not c1:
        table = _C1.sub("\xa0", table)
    delete = CP437_ART.table[0x7F] if table[0x7F] == "\xa0" else table[0x7F]
    return "".join(map(chr, range(0x20))) + table[0x20:0x7F] + delete + table[0x80:]


def is_single_byte(encoding: str) -> bool:
    """Whether every byte is a character of its own."""
    return len(_sample(codecs.lookup(encoding))) == 256


def _sample(info: python_codecs.CodecInfo) -> str:
    return info.decode(bytes(range(256)), "replace")[0]
