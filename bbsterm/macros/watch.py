"""Where a prompt is recognised: in the text that came since the last one, and on the screen.

The text finds prompts that come as a stream, whatever colours and packets cut them into. The screen finds
those that were drawn by moving the cursor about. What was there when the last prompt was found is old, unless
the cursor has gone to it since.
"""

from __future__ import annotations

from dataclasses import dataclass

from bbsterm import limits
from bbsterm.macros.patterns import OnScreen, Pattern

__all__ = ["View", "Watch"]


@dataclass(frozen=True, slots=True)
class View:
    """What the screen shows.

    Attributes:
        lines: The rows as text.
        first: How many rows have left the screen at the top before.
        row: The cursor's row, from 0.
        column: The cursor's column, from 0.
    """

    lines: tuple[str, ...] = ()
    first: int = 0
    row: int = 0
    column: int = 0


class Watch:
    """Remembers what has been seen, so that it is found once.

    Attributes:
        view: What the screen shows.
        found: The words that `find` found last.
    """

    def __init__(self) -> None:
        self.found = ""
        self.view = View()
        self._text = ""
        self._old: dict[int, str] = {}  # row, counted from the first there ever was -> what stood there
        self._old_cursor: tuple[int, int] | None = None

    def start(self, view: View) -> None:
        """What stands on the screen now is old, but not the cursor's own row: that is asked now."""
        self.view = view
        self._settle()
        self._old.pop(view.first + view.row, None)

    def feed(self, text: str) -> None:
        """More text has come."""
        self._text = (self._text + text)[-limits.MAX_MACRO_TEXT :]

    def look(self, view: View) -> None:
        """The screen is this now."""
        self.view = view

    def find(self, *patterns: Pattern | OnScreen) -> int | None:
        """Which of these has come: in the text, the first to come; on the screen, the first of these.

        What came up to there is old from now on. None if none has come.
        """
        matches = [
            (match.start(), index, match.end())
            for index, pattern in enumerate(patterns)
            if isinstance(pattern, Pattern) and (match := pattern.find(self._text))
        ]
        if matches:
            start, found, end = min(matches)
            self.found, self._text = self._text[start:end], self._text[end:]
            self._settle()
            return found
        for index, pattern in enumerate(patterns):
            if isinstance(pattern, OnScreen):
                if (words := pattern.holds(self.view.lines)) is not None:
                    self.found = words
                    self._settle()
                    return index
            elif (words := self._drawn(pattern)) is not None:
                self.found = words
                self.forget_text()
                return index
        return None

    def holds(self, pattern: Pattern | OnScreen) -> bool:
        """Whether it stands on the screen, old or new; nothing is old because of this."""
        if isinstance(pattern, OnScreen):
            return pattern.holds(self.view.lines) is not None
        return any(pattern.find(line) for line in self.view.lines)

    def forget_text(self) -> None:
        """What has come so far is no prompt."""
        self._text = ""
        self._settle()

    def _settle(self) -> None:
        view = self.view
        self._old = {view.first + row: line for row, line in enumerate(view.lines) if line}
        self._old_cursor = view.first + view.row, view.column

    def _drawn(self, pattern: Pattern) -> str | None:
        """What stands on the screen in one row and was not there before, or has got the cursor."""
        view = self.view
        for row, line in enumerate(view.lines):
            if not line or not (match := pattern.find(line)):
                continue
            before = self._old.get(view.first + row, "")
            if before[match.start() : match.end()] != match[0] or self._cursor_came_to(
                row, line, match.end()
            ):
                return match[0]
        return None

    def _cursor_came_to(self, row: int, line: str, end: int) -> bool:
        """Whether the cursor stands behind column `end` with blanks only between, and did not before."""
        view = self.view
        if row != view.row or (view.first + row, view.column) == self._old_cursor:
            return False
        was_in_row = self._old_cursor is not None and self._old_cursor[0] == view.first + row
        return not was_in_row and view.column >= end and not line[end : view.column].strip()
