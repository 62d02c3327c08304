"""The parameters of a control sequence."""

from __future__ import annotations

from functools import lru_cache

from bbsterm import limits

__all__ = ["Parameters", "parse", "parse_wide", "values"]

_MARKS = frozenset("<=>?")


class Parameters(tuple[int, ...]):
    """Numbers, in order; -1 where one was left out. Those beyond the end count as left out too.

    A number that is negative in 32 bits is one less than that here, and 0 for most purposes.
    """

    __slots__ = ()

    def number(self, place: int, default: int = 0) -> int:
        """The parameter at `place`, or `default` where it was left out."""
        value = self[place] if place < len(self) else -1
        return default if value == -1 else max(value, 0)

    def signed(self, place: int, default: int = 0) -> int:
        """The same with negative numbers."""
        value = self[place] if place < len(self) else -1
        return value + 1 if value < -1 else self.number(place, default)

    def count(self, place: int = 0) -> int:
        """A count or a coordinate: at least 1, and 1 where it was left out or 0."""
        return max(1, self.number(place))


@lru_cache(maxsize=1024)
def parse(text: str) -> tuple[str, Parameters | None]:
    """The private mark (``<``, ``=``, ``>``, ``?`` or nothing) and the numbers.

    Numbers above `limits.MAX_PARAMETER` count as that, parameters after `limits.MAX_PARAMETERS` do not count.
    Sub-parameters (after colons) do not count here. No text at all is no parameters. A mark anywhere else
    makes nonsense of it all: None.
    """
    mark, numbers = parse_wide(text)
    if numbers is None:
        return mark, None
    return mark, Parameters(min(number, limits.MAX_PARAMETER) if number >= -1 else 0 for number in numbers)


@lru_cache(maxsize=1024)
def parse_wide(text: str) -> tuple[str, Parameters | None]:
    """The same with numbers as a C program keeps them in 32 bits; see `Parameters` for negative ones."""
    mark = text[:1] if text[:1] in _MARKS else ""
    if len(text) == len(mark):
        return mark, Parameters()
    parts = text[len(mark) :].split(";", limits.MAX_PARAMETERS)[: limits.MAX_PARAMETERS]
    try:
        return mark, Parameters(_number(part.partition(":")[0]) for part in parts)
    except ValueError:
        return mark, None


@lru_cache(maxsize=1024)
def values(text: str) -> list[tuple[int, ...]]:
    """The parameters of SGR, each with its sub-parameters; no text at all is one that was left out."""
    parts = text.split(";", limits.MAX_PARAMETERS)[: limits.MAX_PARAMETERS]
    return [tuple(max(_number(part), -1) for part in parameter.split(":", 8)[:8]) for parameter in parts]


def _number(part: str) -> int:
    if not part:
        return -1
    value = int(part) & 0xFFFFFFFF
    return value if value < 1 << 31 else value - (1 << 32) - 1
