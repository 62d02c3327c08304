"""Big5 as Taiwanese boards (PttBBS and its kin) send it: halves of characters are allowed.

Their screens are made of single bytes. A Big5 lead byte that no trail byte follows is half a character used
as a small picture, shown here as code page 437 shows it. And a colour may change in the middle of a character
("two-coloured characters"): lead byte, ``ESC [ ... m``, trail byte. That is decoded as the whole character
and then the colour change, so that the rest of the line stays in step.

Everything decodes; no `errors` argument is ever asked.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["ALIASES", "NAME", "codec"]

NAME: Final = "big5bbs"
ALIASES: Final = ("big5_bbs", "big5_ptt", "big5_pcman", "big5_pcmanx")

_WHOLE: Final = "bbsterm.big5bbs"
_MORE: Final = "bbsterm.big5bbs-more-to-come"
_HELD: Final = "\ufffe"  # stands before what must wait for the next chunk; no Big5 character

# A trail byte below 7F is a letter as well. Across a colour change it belongs to the lead byte only in the
# symbol rows A1-A3 (blocks, triangles, lines), which is what two-coloured pictures are made of.
_TWO_COLOURED: Final = re.compile(
    rb"([\xa1-\xfe])((?:\x1b\[[0-9;]{0,16}m){1,4})(?:([\xa1-\xfe])|((?<=m)[\x40-\x7e]))"
)
_UNFINISHED: Final = re.compile(rb"[\xa1-\xfe](?:\x1b\[[0-9;]{0,16}m){0,4}(?:\x1b(?:\[[0-9;]{0,16})?)?\Z")


def codec() -> codecs.CodecInfo:
    """The codec for Python's registry."""
    return codecs.CodecInfo(
        _encode, _decode, _StreamReader, _StreamWriter, _IncrementalEncoder, _IncrementalDecoder, NAME
    )


def _decode(data: ReadableBuffer, errors: str = "strict") -> tuple[str, int]:
    data = bytes(data)
    return data.decode("big5", _WHOLE), len(data)


def _encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    try:
        return text.encode("big5", _WHOLE), len(text)
    except UnicodeEncodeError:
        return b"".join(_encode_one(char, errors) for char in text), len(text)


def _encode_one(char: str, errors: str) -> bytes:
    try:
        return char.encode("big5", _WHOLE)
    except UnicodeEncodeError:
        return char.encode("big5", errors)


def _half(error: UnicodeError) -> tuple[str | bytes, int]:
    """The error handler that the decoder and the encoder call where plain Big5 ends."""
    match error:
        case UnicodeDecodeError():
            return _half_decoded(error.object, error.start)
        case UnicodeEncodeError():
            try:
                return error.object[error.start : error.end].encode("cp437"), error.end
            except UnicodeEncodeError:
                raise error from None
    raise error


def _half_or_held(error: UnicodeError) -> tuple[str | bytes, int]:
    """The same in the middle of a stream: a character that may go on in the next chunk waits for it."""
    if isinstance(error, UnicodeDecodeError) and _UNFINISHED.match(error.object, error.start):
        return _HELD + error.object[error.start :].decode("latin-1"), len(error.object)
    return _half(error)


def _half_decoded(data: bytes, at: int) -> tuple[str, int]:
    two_coloured = _TWO_COLOURED.match(data, at)
    if two_coloured:
        lead, colours, high, low = two_coloured.groups()
        if high or lead <= b"\xa3":
            try:
                return (lead + (high or low)).decode("big5") + colours.decode("ascii"), two_coloured.end()
            except UnicodeDecodeError:
                return lead.decode("cp437"), at + 1  # no such character: two small pictures
    byte = data[at : at + 1]
    return byte.decode("cp437" if b"\xa1" <= byte <= b"\xfe" else "latin-1"), at + 1


# Python's decoders take their error handlers from a table by name.
codecs.register_error(_WHOLE, _half)
codecs.register_error(_MORE, _half_or_held)


class _IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input: str, final: bool = False) -> bytes:
        return _encode(input, self.errors)[0]


class _IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    def _buffer_decode(self, input: ReadableBuffer, errors: str, final: bool) -> tuple[str, int]:
        data = bytes(input)
        text, _, held = data.decode("big5", _WHOLE if final else _MORE).partition(_HELD)
        return text, len(data) - len(held)


class _StreamWriter(codecs.StreamWriter):
    def encode(self, input: str, errors: str = "strict") -> tuple[bytes, int]:
        return _encode(input, errors)


class _StreamReader(codecs.StreamReader):
    def decode(self, input: ReadableBuffer, errors: str = "strict") -> tuple[str, int]:
        data = bytes(input)
        text, _, held = data.decode("big5", _MORE).partition(_HELD)
        return text, len(data) - len(held)
