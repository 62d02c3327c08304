"""What a caller types, as keys: one decoder, one table for each family of machines.

A key is the character it types (a `str` of length one) or a `Special`. Bare CR, CR LF, CR NUL
and LF are all one Enter; 08 and 7F are both Backspace; what means nothing is dropped.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias

__all__ = [
    "UTF8_KEYS",
    "CursorReport",
    "Key",
    "KeyDecoder",
    "KeyTable",
    "Special",
    "Typed",
    "key_table",
]


class Special(Enum):
    """Keys that type no character."""

    ENTER = auto()
    BACKSPACE = auto()
    DELETE = auto()
    TAB = auto()
    ESCAPE = auto()
    UP = auto()
    DOWN = auto()
    LEFT = auto()
    RIGHT = auto()
    HOME = auto()
    END = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    INTERRUPT = auto()
    END_OF_INPUT = auto()
    REDRAW = auto()
    RUB_OUT_WORD = auto()
    RUB_OUT_LINE = auto()


@dataclass(frozen=True, slots=True)
class CursorReport:
    """The terminal's answer to `CSI 6 n`: row and column from 1 (ECMA-48 8.3.14)."""

    row: int
    column: int


Key: TypeAlias = "str | Special"
Typed: TypeAlias = "Key | CursorReport"

_S = Special


@dataclass(frozen=True, slots=True)
class KeyTable:
    """How one family of machines types.

    Attributes:
        keys: What each of the 256 bytes is; None for nothing.
        escapes: Whether ESC begins a sequence.
        multibyte: Whether bytes from 0x80 are UTF-8 rather than what `keys` says.
    """

    keys: tuple[Key | None, ...]
    escapes: bool = True
    multibyte: bool = False


_CONTROLS: Final[Mapping[int, Special]] = {
    0x03: _S.INTERRUPT,
    0x04: _S.END_OF_INPUT,
    0x08: _S.BACKSPACE,
    0x09: _S.TAB,
    0x0A: _S.ENTER,
    0x0C: _S.REDRAW,
    0x0D: _S.ENTER,
    0x15: _S.RUB_OUT_LINE,
    0x17: _S.RUB_OUT_WORD,
    0x1B: _S.ESCAPE,
    0x7F: _S.BACKSPACE,
}

_SEQUENCES: Final[Mapping[str, Special]] = {
    "A": _S.UP,
    "B": _S.DOWN,
    "C": _S.RIGHT,
    "D": _S.LEFT,
    "H": _S.HOME,
    "F": _S.END,
    "K": _S.END,
    "V": _S.PAGE_UP,
    "U": _S.PAGE_DOWN,
    "1~": _S.HOME,
    "3~": _S.DELETE,
    "4~": _S.END,
    "5~": _S.PAGE_UP,
    "6~": _S.PAGE_DOWN,
    "7~": _S.HOME,
    "8~": _S.END,
}
"""What follows `ESC [` or `ESC O`, as ANSI-BBS terminals and xterm send it."""


def key_table(
    characters: str,
    controls: Mapping[int, Special] = _CONTROLS,
    *,
    escapes: bool = True,
    multibyte: bool = False,
) -> KeyTable:
    """Make a table from 256 `characters` (NUL for none) and the `controls` that stand above them."""
    if len(characters) != 256:
        raise ValueError(f"a table has 256 characters, not {len(characters)}")
    keys: list[Key | None] = [char if char.isprintable() else None for char in characters]
    for byte, special in controls.items():
        keys[byte] = special
    return KeyTable(tuple(keys), escapes, multibyte)


UTF8_KEYS: Final = key_table(bytes(range(128)).decode("ascii") + "\0" * 128, multibyte=True)

_SEQUENCE: Final = re.compile(
    rb"\x1b(?:\[[\x30-\x3f]{0,32}[\x20-\x2f]{0,4}[\x40-\x7e]|O[\x40-\x7e]|[^\[O])", re.S
)
_UNFINISHED: Final = re.compile(rb"\x1b(?:\[[\x30-\x3f]{0,32}[\x20-\x2f]{0,4}|O)?\Z")
_REPORT: Final = re.compile(r"(\d{1,5});(\d{1,5})R")
_NUL, _LF, _CR, _ESC = 0x00, 0x0A, 0x0D, 0x1B
_GARBLED: Final = "\ufffd"


class KeyDecoder:
    """Bytes in, keys out. Never raises; how the bytes are cut does not matter."""

    def __init__(self, table: KeyTable = UTF8_KEYS) -> None:
        self._table = table
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = b""  # an escape sequence that has not ended yet
        self._after_cr = False
        self.bare_lf = False
        """Whether an Enter ever came as LF without CR: the sign of a line-buffered caller such as `nc`."""

    @property
    def waiting(self) -> bool:
        """Whether an ESC has come and what belongs to it has not: call `flush` if nothing comes."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[Typed]:
        """The keys that `data` completes, in order."""
        data, self._held = self._held + data, b""
        typed: list[Typed] = []
        at = 0
        while at < len(data):
            if data[at] != _ESC or not self._table.escapes:
                self._byte(data[at], typed)
                at += 1
            elif match := _SEQUENCE.match(data, at):
                at = self._sequence(match, typed)
            elif _UNFINISHED.match(data, at):
                self._held = data[at:]
                break
            else:
                self._special(Special.ESCAPE, typed)
                at += 1
        return typed

    def flush(self) -> list[Typed]:
        """Nothing more came: the ESC was the key itself, and what followed it was typed."""
        held, self._held = self._held, b""
        typed: list[Typed] = []
        for byte in held:
            self._byte(byte, typed)
        return typed

    def _byte(self, byte: int, typed: list[Typed]) -> None:
        after_cr, self._after_cr = self._after_cr, byte == _CR
        if after_cr and byte in (_LF, _NUL):
            return  # the second half of one Enter (RFC 854)
        if byte >= 0x80 and self._table.multibyte:
            self._characters(self._utf8.decode(bytes((byte,))), typed)
            return
        self._characters(self._utf8.decode(b"", final=True), typed)
        self.bare_lf = self.bare_lf or byte == _LF
        if (key := self._table.keys[byte]) is not None:
            typed.append(key)

    def _sequence(self, match: re.Match[bytes], typed: list[Typed]) -> int:
        """One whole escape sequence; return where it ends."""
        body = match[0][2:].decode("latin-1")
        if not body:  # ESC and a character: two keys
            self._special(Special.ESCAPE, typed)
            return match.start() + 1
        self._after_cr = False
        if report := _REPORT.fullmatch(body):
            typed.append(CursorReport(int(report[1]), int(report[2])))
        elif special := _SEQUENCES.get(body):
            self._special(special, typed)
        return match.end()

    def _special(self, special: Special, typed: list[Typed]) -> None:
        self._after_cr = False
        typed.append(special)

    def _characters(self, text: str, typed: list[Typed]) -> None:
        typed.extend(char for char in text if char != _GARBLED and char.isprintable())
