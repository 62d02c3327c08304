"""Local echo: what the caller types is drawn by feeding the terminal, as if the board had sent it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bbsterm.screen.terminal import Terminal
from bbsterm.session.line_editor import Act, Back, Draw, Submit, Wipe

__all__ = ["draw", "echo_of_key"]

_ENTER: Final = b"\r\n"


def draw(terminal: Terminal, act: Act, show: Callable[[bytes], None] | None = None) -> None:
    """Show what an edit did. Acts that show nothing are nothing here.

    Args:
        terminal: Where the cursor is.
        act: What was done to the line.
        show: Feeds that terminal, and knows of it; `terminal.feed` if None.
    """
    feed = show or terminal.feed
    match act:
        case Draw(text):
            feed(terminal.encode(text))
        case Back(cells):
            feed(_back(terminal, cells))
        case Wipe(cells):
            feed(b" " * cells)
            feed(_back(terminal, cells))
        case Submit(_, enter=True):
            feed(_ENTER)


def echo_of_key(sent: bytes) -> bytes:
    """What a board's echo of these bytes would look like: text as it is, Enter as CR LF, of the rest BS."""
    if sent in (b"\r", b"\n", b"\r\n"):
        return _ENTER
    if sent in (b"\x08", b"\x7f"):
        return b"\x08 \x08"
    return b"" if sent.startswith(b"\x1b") or sent < b" " else sent


def _back(terminal: Terminal, cells: int) -> bytes:
    """Backspaces; but as they stop at the first column, a line that was wrapped takes a cursor movement."""
    row, column, _ = terminal.cursor
    if cells <= column:
        return b"\b" * cells
    row, column = divmod(max(row * terminal.columns + column - cells, 0), terminal.columns)
    return b"\x1b[%d;%dH" % (row + 1, column + 1)
