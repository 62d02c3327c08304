"""Local echo: what the caller types is drawn by feeding the terminal, as if the board had sent it."""

from __future__ import annotations

from typing import Final

from bbsterm.screen.terminal import Terminal
from bbsterm.session.line_editor import Act, Back, Draw, Submit, Wipe

__all__ = ["draw", "echo_of_key"]

_ENTER: Final = b"\r\n"


def draw(terminal: Terminal, act: Act) -> None:
    """Show what an edit did. Acts that show nothing are nothing here."""
    match act:
        case Draw(text):
            terminal.feed(terminal.encode(text))
        case Back(cells):
            terminal.feed(_back(terminal, cells))
        case Wipe(cells):
            terminal.feed(b" " * cells)
            terminal.feed(_back(terminal, cells))
        case Submit(_, enter=True):
            terminal.feed(_ENTER)


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
