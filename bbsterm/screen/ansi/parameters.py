"""The parameters of a control sequence."""

from __future__ import annotations

from functools import lru_cache

from bbsterm import limits

__all__ = ["Parameters", "parse"]


class Parameters(tuple[int, ...]):
    """Numbers, in order; -1 where one was left out. Those beyond the end count as left out too."""

    __slots__ = ()

    def number(self, place: int, default: int = 0) -> int:
        """The parameter at `place`, or `default` where it was left out."""
        value = self[place] if place < len(self) else -1
        return default if value < 0 else value

    def count(self, place: int = 0) -> int:
        """A count or a coordinate: at least 1, and 1 where it was left out or 0."""
        return max(1, self.number(place))


@lru_cache(maxsize=1024)
def parse(text: str) -> tuple[str, Parameters]:
    """The private mark (``<``, ``=``, ``>``, ``?`` or nothing) and the numbers.

    Numbers above `limits.MAX_PARAMETER` count as that, parameters after `limits.MAX_PARAMETERS` do not count.
    A parameter that is no number (sub-parameters with colons, a mark in a wrong place) counts as left out.
    """
    mark = text[:1] if text[:1] in "<=>?" else ""
    parts = text[len(mark) :].split(";", limits.MAX_PARAMETERS)[: limits.MAX_PARAMETERS]
    return mark, Parameters(_number(part) for part in parts)


def _number(part: str) -> int:
    if not part.isdecimal():
        return -1
    part = part.lstrip("0")[:6]  # more digits than the largest number has; int() of a long string is slow
    return min(int(part or "0"), limits.MAX_PARAMETER)
