"""From the board's bytes to characters: 8-bit tables that keep control characters, and incremental UTF-8."""

from __future__ import annotations

import codecs as python_codecs
import re
from collections.abc import Callable
from functools import cache
from typing import Final

from bbsterm import codecs
from bbsterm.codecs.cp437 import CP437_ART

__all__ = ["C0_GLYPHS", "Decode", "decoder", "table_of"]

Decode = Callable[[bytes], str]

C0_GLYPHS: Final = {code: CP437_ART.table[code] if code else " " for code in range(0x20)}
"""What the PC's character generator shows for a control character that is not obeyed."""

_INVISIBLE: Final = re.compile("[\x7f-\x9f\xad\ufffe]")


def decoder(encoding: str) -> Decode:
    """A function for one stream of bytes: it may keep half a character until the next call.

    Raises:
        LookupError: Nobody knows that encoding.
    """
    name = encoding.lower().replace("_", "-")
    if name in ("utf-8", "utf8"):
        return python_codecs.getincrementaldecoder("utf-8")("replace").decode
    info = codecs.lookup(encoding)
    if len(_sample(info)) != 256:
        return info.incrementaldecoder("replace").decode
    table = table_of(encoding)
    return lambda data: python_codecs.charmap_decode(data, "replace", table)[0]


@cache
def table_of(encoding: str) -> str:
    """An 8-bit character set as 256 characters: 00 to 1F stay controls, the rest are pictures.

    Bytes that the character set leaves without a picture are blanks; 7F is a house, as on the PC.
    """
    if encoding.lower() in ("cp437", "ibm437"):
        table = CP437_ART.table.replace("\xa0", " ")
    else:
        table = _INVISIBLE.sub(" ", _sample(codecs.lookup(encoding)).replace("\ufffd", " "))
    return "".join(map(chr, range(0x20))) + table[0x20:0x7F] + CP437_ART.table[0x7F] + table[0x80:]


def _sample(info: python_codecs.CodecInfo) -> str:
    return info.decode(bytes(range(256)), "replace")[0]
