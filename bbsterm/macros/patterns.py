"""What a step waits for: words or a regular expression, in the text that arrives or at a place on the screen.

Regular expressions are limited so that no text can make one slow: there is no clock here to stop it.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import Final

from bbsterm import limits

__all__ = ["OnScreen", "Pattern", "PatternError", "Region", "literal", "regular"]

WINDOW: Final = (4096, 2048, 400, 128)
"""Characters that an expression is tried on, at most, by how many unbounded repeats it has: with n characters
and k repeats the work is in the order of n to the power of k + 1. More repeats than this are refused."""

_LONG: Final = 16  # a repeat of up to so many is none
_COUNTED: Final = re.compile(r"\{(\d*)(,?)(\d*)\}")


class PatternError(ValueError):
    """An expression that is not accepted. `str()` says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words or an expression to look for.

    Attributes:
        shown: As it was written, for a person.
        matcher: Finds it.
        window: How many characters, from the end, it is tried on.
        regular: Whether it is a regular expression.
    """

    shown: str
    matcher: re.Pattern[str]
    window: int
    regular: bool = False

    def find(self, text: str) -> re.Match[str] | None:
        """The first place in the last `window` characters of `text`; spans count from its beginning."""
        return self.matcher.search(text, max(len(text) - self.window, 0))


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the screen.

    Rows and columns count from 0; `bottom` and `right` are the first beyond it, None is the edge.
    """

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None

    def cut(self, lines: tuple[str, ...]) -> list[str]:
        """What stands there, a string a row."""
        return [line[self.left : self.right] for line in lines[self.top : self.bottom]]


@dataclass(frozen=True, slots=True)
class OnScreen:
    """Words or an expression in a part of the screen, whenever they were drawn."""

    pattern: Pattern
    region: Region = Region()

    @property
    def shown(self) -> str:
        """As it was written."""
        return self.pattern.shown

    def holds(self, lines: tuple[str, ...]) -> str | None:
        """What was found there; None if nothing was."""
        for line in self.region.cut(lines):
            if found := self.pattern.find(line):
                return found[0]
        return None


def literal(text: str, *, case: bool = False) -> Pattern:
    """Words as they are; a blank stands for any number of them, and for the end of a line.

    Args:
        text: The words.
        case: Whether capital letters count.

    Raises:
        PatternError: There are none, or too many.
    """
    if not text.strip():
        raise PatternError("the text to wait for is empty")
    _check_length(text)
    spelled = r"\s+".join(map(re.escape, text.split()))
    return Pattern(text, re.compile(spelled, 0 if case else re.IGNORECASE), WINDOW[0])


def regular(expression: str, *, case: bool = False) -> Pattern:
    """A regular expression in Python's spelling, without look-around, back references and nested repeats.

    Args:
        expression: The expression; ``^`` and ``$`` are the ends of a line.
        case: Whether capital letters count.

    Raises:
        PatternError: It is none, or could be slow.
    """
    if not expression:
        raise PatternError("the expression is empty")
    _check_length(expression)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what may mean something else one day is not taken
            matcher = re.compile(expression, re.MULTILINE | (0 if case else re.IGNORECASE))
    except (re.error, OverflowError, RecursionError, Warning) as error:
        raise PatternError(f"not a regular expression: {error}") from None
    if matcher.search("") is not None:
        raise PatternError("this expression is found everywhere, also in no text at all")
    repeats = _count_repeats(expression)
    if repeats >= len(WINDOW):
        raise PatternError(
            f"an expression may have {len(WINDOW) - 1} unbounded repeats (* + {{n,}}), not {repeats}"
        )
    return Pattern(f"/{expression}/", matcher, WINDOW[repeats], regular=True)


def _check_length(text: str) -> None:
    if len(text) > limits.MAX_MACRO_PATTERN:
        raise PatternError(f"{len(text)} characters are too many; there may be {limits.MAX_MACRO_PATTERN}")


def _count_repeats(expression: str) -> int:
    """How many unbounded repeats there are, in an expression that is known to compile.

    Raises:
        PatternError: One is inside another, or there is something that can be slow without any.
    """
    repeats, at = 0, 0
    groups: list[int] = []  # at the beginning of each open group: how many repeats there were before
    group = -1  # the same of the group that has just been closed
    while at < len(expression):
        char = expression[at]
        if char == "\\":
            _check_escape(expression[at + 1 : at + 3])
            at, group = at + 2, -1
        elif char == "[":
            at, group = _end_of_class(expression, at), -1
        elif char == "(":
            _check_group(expression[at + 1 : at + 4])
            groups.append(repeats)
            at, group = at + 1, -1
        elif char == ")":
            group, at = groups.pop(), at + 1
        elif length := _unbounded(expression, at):
            if group >= 0 and repeats > group:
                raise PatternError("a repeat inside a repeat can take for ever")
            repeats, at, group = repeats + 1, at + length, -1
        else:
            at, group = at + 1, -1
    return repeats


def _unbounded(expression: str, at: int) -> int:
    """The length of the unbounded repeat that stands there; 0 if none does."""
    if expression[at] in "*+":
        return 1
    counted = _COUNTED.match(expression, at) if expression[at] == "{" else None
    if counted is None or not (counted[1] or counted[3]):
        return 0
    low, comma, high = counted.groups()
    most = int(high or 0) if comma else int(low)
    return counted.end() - at if most > _LONG or (comma and not high) else 0


def _check_escape(escaped: str) -> None:
    if escaped[:1].isdigit() and escaped[:1] != "0":
        raise PatternError(f"a back reference (\\{escaped[0]}) can take for ever")


def _check_group(head: str) -> None:
    if head.startswith(("?=", "?!", "?<=", "?<!", "?P=", "?(")):
        raise PatternError("look-around and back references are not supported")


def _end_of_class(expression: str, at: int) -> int:
    """The place behind a character class."""
    at += 2 if expression[at + 1] == "^" else 1
    first = True
    while first or expression[at] != "]":
        at += 2 if expression[at] == "\\" else 1
        first = False
    return at + 1
