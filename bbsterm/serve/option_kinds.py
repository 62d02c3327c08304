"""Kinds of values that only a server's settings have; the others are `bbsterm.config.kinds`."""

from __future__ import annotations

import ipaddress
import math
import shlex
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["Codec", "Network", "Networks", "Seconds", "Words"]

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_FALSE: Final = frozenset({"false", "no", "bytes"})
_MAX_NETWORKS: Final = 100
_MAX_WORDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Seconds:
    """Seconds, or just on and off: on is `usual`, off is 0."""

    usual: float
    high: float

    @property
    def allowed(self) -> str:
        """Its bounds."""
        return f"0 to {self.high:g} seconds, true or false"

    def check(self, value: object) -> float:
        """Seconds; 0 for off."""
        if isinstance(value, bool):
            return self.usual if value else 0.0
        if not isinstance(value, int | float) or not math.isfinite(value) or not 0 <= value <= self.high:
            raise ValueError(f"must be {self.allowed}")
        return float(value)

    def from_text(self, text: str) -> object:
        """A number, true or false, or the text."""
        try:
            return float(text)
        except ValueError:
            return {"true": True, "false": False}.get(text, text)

    def schema(self) -> dict[str, object]:
        """A JSON number or boolean."""
        return {"anyOf": [{"type": "boolean"}, {"type": "number", "minimum": 0, "maximum": self.high}]}


@dataclass(frozen=True, slots=True)
class Codec:
    """A character set that text can be written in; false is none: bytes."""

    @property
    def allowed(self) -> str:
        """Some of them."""
        return "a character set (utf-8, cp437, latin-1 ...) or false"

    def check(self, value: object) -> str:
        """The codec's own name, or "false"."""
        from bbsterm import codecs

        if value is False or (isinstance(value, str) and value.lower() in _FALSE):
            return "false"
        try:
            "".encode(str(value))  # refuses what is no encoding of text
            return codecs.lookup(str(value)).name
        except (LookupError, ValueError):
            raise ValueError(f"must be {self.allowed}") from None

    def from_text(self, text: str) -> object:
        """The text."""
        return text

    def schema(self) -> dict[str, object]:
        """A JSON string, or false."""
        return {"anyOf": [{"type": "string"}, {"const": False}]}


@dataclass(frozen=True, slots=True)
class Networks:
    """Networks and addresses: a list, or one line with commas between them."""

    @property
    def allowed(self) -> str:
        """Their form."""
        return "addresses or networks, such as 10.0.0.0/8"

    def check(self, value: object) -> tuple[Network, ...]:
        """The networks; a single address is one of a single address."""
        given = value.split(",") if isinstance(value, str) else value
        if not isinstance(given, list | tuple) or len(given) > _MAX_NETWORKS:
            raise ValueError(f"must be {self.allowed}")
        try:
            return tuple(ipaddress.ip_network(str(each).strip(), strict=False) for each in given)
        except ValueError:
            raise ValueError(f"must be {self.allowed}") from None

    def from_text(self, text: str) -> object:
        """The text."""
        return text

    def schema(self) -> dict[str, object]:
        """A JSON string, or a list of them."""
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


@dataclass(frozen=True, slots=True)
class Words:
    """Words: a list, or one line as a shell would split it."""

    what: str

    @property
    def allowed(self) -> str:
        """What they are."""
        return self.what

    def check(self, value: object) -> tuple[str, ...]:
        """The words."""
        try:
            given = shlex.split(value) if isinstance(value, str) else value
        except ValueError:
            raise ValueError("must have every quote closed") from None
        if not isinstance(given, list | tuple) or len(given) > _MAX_WORDS:
            raise ValueError(f"must be {self.what}")
        if not all(isinstance(each, str) and "\0" not in each for each in given):
            raise ValueError(f"must be {self.what}")
        return tuple(given)

    def from_text(self, text: str) -> object:
        """The text."""
        return text

    def schema(self) -> dict[str, object]:
        """A JSON string, or a list of them."""
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
