"""What the fast loop knows by sight: control functions met before, whole, and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from bbsterm import limits

__all__ = [
    "BACK",
    "CALL",
    "COLUMN",
    "CONTROLS",
    "ERASE",
    "FEED",
    "HARMLESS",
    "LEFT",
    "LINE",
    "MOVING",
    "PEN",
    "PLACE",
    "REGION",
    "RETURN",
    "RIGHT",
    "SEQUENCE",
    "VERTICAL",
    "Step",
    "Steps",
    "is_harmless",
    "step_of",
]

Step = tuple[int, Any, Any]
"""What to do (see below), and two numbers; or what to call, and what to tell it."""

PLACE: Final = 0
"""CUP: to a row and a column, from 0."""
LINE: Final = 1
"""CR LF."""
FEED: Final = 2
"""LF."""
PEN: Final = 3
"""Change the pen as it remembers, or else call something that does."""
RIGHT: Final = 4
"""CUF."""
ERASE: Final = 5
"""EL 0."""
COLUMN: Final = 6
"""CHA."""
VERTICAL: Final = 7
"""CUU and CUD: so many rows down."""
LEFT: Final = 8
"""CUB."""
RETURN: Final = 9
"""CR."""
BACK: Final = 10
"""BS."""
REGION: Final = 11
"""DECSTBM: the first row that scrolls, and the first that does not."""
HARMLESS: Final = 12
"""Call the method of a control sequence that changes no modes and does not ask for the last character."""
CONTROLS: Final = 13
"""Call something that obeys control characters which change no modes."""
CALL: Final = 14
"""Call something; after it all may be different."""

MOVING: Final = {"\r\n": LINE, "\r": RETURN, "\n": FEED, "\b": BACK}
"""Control characters that are obeyed in place."""

SEQUENCE: Final = re.compile("\x1b\\[([<-?]?[0-;]*)([ -/]*[@-~])")
"""A control sequence: parameters with private mark; intermediates and final."""

_COUNTED: Final = {
    "A": (VERTICAL, -1, 0),
    "B": (VERTICAL, 1, 0),
    "C": (RIGHT, 1, 0),
    "D": (LEFT, 1, 0),
    "G": (COLUMN, 1, 1),
}
"""Final to what it does, in which direction, and what the number begins with."""

_NUMBER: Final = re.compile("[0-9]{1,4}")

_HARMLESS: Final = frozenset("@ABCDEFGHIJKLPSTX`acdefgn")
"""Finals of control sequences that move the cursor, change cells, answer; but no modes, and not the pen.

Not CBT: it may leave a wrap that waits in the middle of a row."""

_HARMLESS_MODES: Final = re.compile(r"\?(?:12|25|100[0236]|2004)")
"""Private modes that say nothing about drawing."""


class Steps(dict[str, Step]):
    """Control functions and what to do; what is not known yet is looked up.

    There are not more than `limits.MAX_STEPS`: then it begins anew.
    """

    def __init__(self, find: Callable[[str], Step]) -> None:
        """Know nothing yet; `find` says what is to be done."""
        super().__init__()
        self._find = find

    def __missing__(self, function: str) -> Step:
        step = self._find(function)
        if len(function) <= limits.MAX_TRANSITION_KEY:
            if len(self) >= limits.MAX_STEPS:
                self.clear()
            self[function] = step
        return step


@lru_cache(limits.MAX_STEPS)
def step_of(function: str) -> Step | None:
    """What a control function does, if it can be done in place."""
    if function in MOVING:
        return MOVING[function], None, None
    match = SEQUENCE.fullmatch(function)
    if match is None:
        return None
    parameters, final = match[1], match[2]
    if final == "K" and parameters in ("", "0"):
        return ERASE, None, None
    numbers = parameters.split(";")
    if len(numbers) > 2 or not all(not number or _NUMBER.fullmatch(number) for number in numbers):
        return None
    first, second = (int(number or "1") for number in [*numbers, ""][:2])
    if final == "H":
        return PLACE, max(first, 1) - 1, max(second, 1) - 1
    if final == "r" and all(numbers) and 1 <= first < second:
        return REGION, first - 1, second
    if final in _COUNTED and len(numbers) == 1 and first:
        kind, factor, start = _COUNTED[final]
        return kind, first * factor - start, None
    return None


def is_harmless(parameters: str, function: str) -> bool:
    """Whether a control sequence changes neither modes (that say how to draw) nor the pen."""
    if function in ("h", "l"):
        return _HARMLESS_MODES.fullmatch(parameters) is not None
    return function in _HARMLESS
