"""What scripts raise: something did not come, or the script itself is wrong."""

from __future__ import annotations

from pathlib import Path

from bbsterm.errors import BbstermError

__all__ = ["ExpectError", "ScriptError"]


class ExpectError(BbstermError, TimeoutError):
    """What a script waited for did not come.

    Attributes:
        wanted: What it waited for.
        lines: What the screen showed at that moment.
    """

    def __init__(self, reason: str, wanted: tuple[str, ...], lines: tuple[str, ...]) -> None:
        super().__init__(f"{reason} {' or '.join(map(repr, wanted))}")
        self.wanted = wanted
        self.lines = lines
        shown = [line for line in lines if line.strip()]
        if shown:
            self.hint = "The screen ends with: " + " / ".join(line.strip() for line in shown[-3:])


class ScriptError(BbstermError):
    """A script that cannot be loaded, or failed.

    Attributes:
        path: Its file.
        line: The line of the script where it happened, from 1; None where none is known.
    """

    def __init__(self, path: Path, line: int | None, reason: str, *, hint: str = "") -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.line = line
        if hint:
            self.hint = hint
