"""What a step waits for: words or a regular expression, in the text that arrives or at a place on the screen.

Regular expressions are limited so that no text can make one slow: there is no clock here to stop it.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from typing import Final

from bbsterm import limits
from bbsterm.macros.effort import TooHardError, ways_of

__all__ = ["OnScreen", "Pattern", "PatternError", "Region", "literal", "regular"]

WINDOW: Final = (4096, 1536, 160, 48)
"""Characters from the end that an expression may be tried on: as many as it can take without being slow."""

_EFFORT: Final = 3_000_000
"""Ways that an expression may try on one text: some hundredths of a second."""


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
    try:
        ways = ways_of(expression)
    except TooHardError as error:
        raise PatternError(str(error)) from None
    window = next((size for size in WINDOW if ways.effort(size) <= _EFFORT), 0)
    if not window:
        raise PatternError(
            "this expression could take for ever: it has too many repeats, or choices in repeats"
        )
    return Pattern(f"/{expression}/", matcher, window, regular=True)


def _check_length(text: str) -> None:
    if len(text) > limits.MAX_MACRO_PATTERN:
        raise PatternError(f"{len(text)} characters are too many; there may be {limits.MAX_MACRO_PATTERN}")
