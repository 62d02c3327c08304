"""What tests of emulations ask: the rows as text, the place of the cursor, the answers."""

from __future__ import annotations

from typing import Any

from bbsterm.screen import create_terminal

__all__ = ["answers", "place", "rows", "shown", "terminal"]


def terminal(kind: str, data: bytes = b"", columns: int = 10, rows: int = 5, **settings: Any) -> Any:
    """A small terminal that has been told something."""
    made: Any = create_terminal(kind, columns=columns, rows=rows, **settings)
    made.feed(data)
    return made


def rows(screen: Any) -> list[str]:
    """The rows as text; blank ones at the end are left out."""
    shown = screen.display()
    while shown and not shown[-1]:
        shown.pop()
    return shown


def place(screen: Any) -> tuple[int, int]:
    """Row and column of the cursor, from 1, as a board counts them."""
    return screen.cursor.row + 1, screen.cursor.column + 1


def shown(kind: str, data: bytes, **settings: Any) -> tuple[list[str], tuple[int, int]]:
    """The rows and the cursor after some bytes."""
    screen = terminal(kind, data, **settings)
    return rows(screen), place(screen)


def answers(kind: str, data: bytes, **settings: Any) -> bytes:
    """What a terminal answers to some bytes."""
    return terminal(kind, data, **settings).take_replies()
