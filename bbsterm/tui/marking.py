"""What was marked for copying: cells from one place to another, as running text or as a rectangle. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from bbsterm.screen.excerpt import Excerpt, cut
from bbsterm.screen.terminal import Line

__all__ = ["Mark", "Spot", "marked", "word_around"]


class Spot(NamedTuple):
    """A cell: the number of its line (`bbsterm.tui.past`) and its column."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mark:
    """The cells between two places, both included.

    Attributes:
        anchor: Where marking began.
        head: Where it has come to.
        rectangular: Only the columns between the two, in every line.
        whole_lines: All columns of every line.
    """

    anchor: Spot
    head: Spot
    rectangular: bool = False
    whole_lines: bool = False

    @property
    def first(self) -> int:
        """The first marked line."""
        return min(self.anchor.line, self.head.line)

    @property
    def last(self) -> int:
        """The last marked line."""
        return max(self.anchor.line, self.head.line)

    def to(self, head: Spot) -> Mark:
        """The same, come to another place."""
        return replace(self, head=head)

    def span(self, line: int, columns: int) -> tuple[int, int] | None:
        """The marked columns of a line of so many: the first, and one beyond the last; None for none."""
        if not self.first <= line <= self.last:
            return None
        if self.whole_lines:
            return 0, columns
        if self.rectangular:
            left, right = sorted((self.anchor.column, self.head.column))
        else:
            start, end = sorted((self.anchor, self.head))
            left = start.column if line == start.line else 0
            right = end.column if line == end.line else columns - 1
        left, right = max(0, left), min(right + 1, columns)
        return (left, right) if left < right else None


def marked(mark: Mark, line: Callable[[int], Line | None]) -> list[Excerpt]:
    """The marked part of every line that is still there; an empty one where a line is too short."""
    parts = []
    for number in range(mark.first, mark.last + 1):
        found = line(number)
        if found is not None:
            parts.append(cut(found, *(mark.span(number, len(found.cells())) or (0, 0))))
    return parts


def word_around(cells: list[str], column: int) -> tuple[int, int]:
    """The first and the last column of the word, or of the blanks, that a column belongs to."""

    def is_blank(place: int) -> bool:
        return cells[place].isspace() or cells[place] == "\xa0"

    start = end = min(column, len(cells) - 1)
    kind = is_blank(start)
    while start and is_blank(start - 1) is kind:
        start -= 1
    while end + 1 < len(cells) and is_blank(end + 1) is kind:
        end += 1
    return start, end
