"""The screen as scripts see it: text, places, cells and colours. Rows and columns count from 0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Cursor, Line, Paint, Terminal

__all__ = ["Cell", "Match", "ScreenView"]


class Cell(NamedTuple):
    """One cell.

    Attributes:
        char: What is in it: a character with its combining marks; "" in the right half of a wide one.
        paint: How it looks: colours as ``"#rrggbb"``, bold, blink ...
    """

    char: str
    paint: Paint


@dataclass(frozen=True, slots=True)
class Match:
    """What `expect` found.

    Attributes:
        index: Which of the patterns, from 0.
        text: The words that were found.
        groups: The groups of a regular expression.
    """

    index: int
    text: str
    groups: tuple[str | None, ...] = ()


class ScreenView:
    """What a terminal shows now. It is a window, not a copy: look again and it may have changed."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    @property
    def columns(self) -> int:
        """Width in cells."""
        return self._terminal.columns

    @property
    def rows(self) -> int:
        """Height in cells."""
        return self._terminal.rows

    @property
    def cursor(self) -> Cursor:
        """Where the board has the cursor."""
        return self._terminal.cursor

    @property
    def lines(self) -> list[str]:
        """The rows as text, trailing blanks removed."""
        return self._terminal.display()

    @property
    def text(self) -> str:
        """The screen as text, a line for each row."""
        return "\n".join(self.lines)

    @property
    def history(self) -> list[str]:
        """The rows that have left the screen, oldest first."""
        return [line.text() for line in self._terminal.history]

    def find(self, what: str | re.Pattern[str]) -> tuple[int, int] | None:
        """Row and column of the first place where something stands; None if it stands nowhere.

        Args:
            what: Words, whose case does not count, or an expression.
        """
        matcher = re.compile(re.escape(what), re.IGNORECASE) if isinstance(what, str) else what
        for row in range(self.rows):
            line = self._terminal.line(row)
            if match := matcher.search(line.text()):
                return row, _column(line, match.start())
        return None

    def cell(self, row: int, column: int) -> Cell:
        """One cell.

        Raises:
            IndexError: It is not on the screen.
        """
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise IndexError(f"row {row}, column {column} is not on a screen of {self.columns}x{self.rows}")
        line = self._terminal.line(row)
        ends = accumulate(span.columns for span in line.spans())
        paint = next(span.paint for span, end in zip(line.spans(), ends, strict=True) if column < end)
        return Cell(line.cells()[column], paint)

    def __str__(self) -> str:
        return self.text


def _column(line: Line, index: int) -> int:
    """The column of a character of a line's text."""
    ends = accumulate(map(len, line.cells()))
    return next(column for column, end in enumerate(ends) if index < end)
