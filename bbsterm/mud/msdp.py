"""MSDP, MUD Server Data Protocol (option 69): variables, tables and arrays, marked by the bytes 1 to 6."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from bbsterm.limits import MAX_MUD_DEPTH
from bbsterm.mud.text import decode, spell

__all__ = ["MsdpParser", "MsdpValue", "msdp_decode", "msdp_encode"]

MsdpValue: TypeAlias = "str | list[MsdpValue] | dict[str, MsdpValue]"

_VAR, _VAL, _TABLE_OPEN, _TABLE_CLOSE, _ARRAY_OPEN, _ARRAY_CLOSE = (bytes([mark]) for mark in range(1, 7))
_MARK: Final = re.compile(rb"([\x01-\x06])")
_FORBIDDEN: Final = re.compile(r"[\x00-\x06]")


def msdp_encode(variables: Mapping[str, object]) -> bytes:
    """Encode variables: mappings become tables, sequences arrays, everything else text (`mud.text.spell`).

    Raises:
        ValueError: A name or a value contains NUL or one of the marks 1 to 6, or nesting is deeper than
            `limits.MAX_MUD_DEPTH`.
        TypeError: `variables` are no mapping.
    """
    if not isinstance(variables, Mapping):
        raise TypeError(f"MSDP variables are names with values, not {type(variables).__name__}")
    return b"".join(_encode_pairs(variables, 0))


def _encode_pairs(variables: Mapping[str, object], depth: int) -> Iterator[bytes]:
    for name, value in variables.items():
        yield _VAR + _encode_text(name) + _VAL
        yield from _encode_value(value, depth)


def _encode_value(value: object, depth: int) -> Iterator[bytes]:
    if depth >= MAX_MUD_DEPTH:
        raise ValueError(f"MSDP nested deeper than {MAX_MUD_DEPTH}")
    if isinstance(value, Mapping):
        yield _TABLE_OPEN
        yield from _encode_pairs(value, depth + 1)
        yield _TABLE_CLOSE
    elif isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        yield _ARRAY_OPEN
        for item in value:
            yield _VAL
            yield from _encode_value(item, depth + 1)
        yield _ARRAY_CLOSE
    else:
        yield _encode_text(value)


def _encode_text(value: object) -> bytes:
    text = spell(value)
    if _FORBIDDEN.search(text):
        raise ValueError(f"MSDP text cannot contain the bytes 0 to 6: {text[:64]!r}")
    return text.encode()


def msdp_decode(payload: bytes, encoding: str = "utf-8") -> dict[str, MsdpValue]:
    """Decode variables; tables are dicts, arrays lists. A variable with several values is a list too.

    What the peer left unfinished is read as far as it goes; levels beyond `limits.MAX_MUD_DEPTH` are dropped.
    """
    return MsdpParser(payload, encoding).parse()


class MsdpParser:
    """One payload's parser: `parse()` gives the variables. Any bytes are accepted."""

    def __init__(self, payload: bytes, encoding: str = "utf-8") -> None:
        self._tokens: Iterator[bytes] = iter(token for token in _MARK.split(payload) if token)
        self._encoding = encoding
        self._mark = b""

    def parse(self) -> dict[str, MsdpValue]:
        """Read everything; stray closing marks on the outside are skipped."""
        variables: dict[str, MsdpValue] = {}
        self._mark = self._next()
        while self._mark:
            variables.update(self._table(0))
            self._mark = self._next()
        return variables

    def _next(self) -> bytes:
        return next(self._tokens, b"")

    def _text(self) -> str:
        """The text that may follow a mark; leaves `_mark` on what comes after it."""
        token = self._next()
        if token[:1] and not _MARK.match(token):
            self._mark = self._next()
            return decode(token, self._encoding)
        self._mark = token
        return ""

    def _table(self, depth: int) -> dict[str, MsdpValue]:
        """VAR name VAL value ..., up to a mark that is none of these."""
        table: dict[str, MsdpValue] = {}
        while self._mark and self._mark not in (_TABLE_CLOSE, _ARRAY_CLOSE):
            if self._mark != _VAR:
                self._mark = self._next()  # text or a mark that belongs to nothing
                continue
            name = self._text()
            values = self._values(depth)
            table[name] = values[0] if len(values) == 1 else "" if not values else list(values)
        return table

    def _values(self, depth: int) -> list[MsdpValue]:
        values: list[MsdpValue] = []
        while self._mark == _VAL:
            values.append(self._value(depth))
        return values

    def _value(self, depth: int) -> MsdpValue:
        text = self._text()
        if text or self._mark not in (_TABLE_OPEN, _ARRAY_OPEN):
            return text
        if depth >= MAX_MUD_DEPTH:
            self._skip()
            return ""
        opened, self._mark = self._mark, self._next()
        value: MsdpValue
        if opened == _TABLE_OPEN:
            value = self._table(depth + 1)
        else:
            value = self._array(depth + 1)
        if self._mark in (_TABLE_CLOSE, _ARRAY_CLOSE):
            self._mark = self._next()
        return value

    def _array(self, depth: int) -> list[MsdpValue]:
        values: list[MsdpValue] = []
        while self._mark and self._mark not in (_TABLE_CLOSE, _ARRAY_CLOSE):
            if self._mark == _VAL:
                values.append(self._value(depth))
            else:
                self._mark = self._next()
        return values

    def _skip(self) -> None:
        """Pass over a value that is nested too deep, without nesting ourselves."""
        level = 0
        while self._mark:
            level += self._mark in (_TABLE_OPEN, _ARRAY_OPEN)
            level -= self._mark in (_TABLE_CLOSE, _ARRAY_CLOSE)
            self._mark = self._next()
            if level <= 0:
                return
