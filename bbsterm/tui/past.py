"""Everything a terminal has shown and shows, as lines with numbers that stay when the screen scrolls."""

from __future__ import annotations

from collections.abc import Iterator

from bbsterm.screen.terminal import Line, Terminal

__all__ = ["Past"]


class Past:
    """History and screen of a terminal as one sequence.

    A line's number is how many lines had left the screen before it. Numbers below `first` are forgotten.
    """

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    @property
    def first(self) -> int:
        """The oldest line that is kept."""
        return self.terminal.scrolled - len(self.terminal.history)

    @property
    def screen(self) -> int:
        """The number of the screen's first row."""
        return self.terminal.scrolled

    @property
    def end(self) -> int:
        """One more than the number of the screen's last row."""
        return self.terminal.scrolled + self.terminal.rows

    def line(self, number: int) -> Line | None:
        """A line; None if it is forgotten, or not there yet."""
        terminal = self.terminal
        row = number - terminal.scrolled
        if row >= 0:
            return terminal.line(row) if row < terminal.rows else None
        place = row + len(terminal.history)
        return terminal.history[place] if place >= 0 else None

    def lines(self, start: int | None = None, end: int | None = None) -> Iterator[Line]:
        """The lines from number `start` to before `end`, of those that there are."""
        first, last = self.first, self.end
        for number in range(max(first, first if start is None else start), min(last, end or last)):
            line = self.line(number)
            if line is not None:
                yield line
