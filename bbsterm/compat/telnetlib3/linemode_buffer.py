"""LINEMODE's line editing, a character at a time, as telnetlib3 calls it, by the engine's `LineEditor`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bbsterm.protocol.line_editor import COMMANDS, Invoked, LineEditor, Sent, Shown
from bbsterm.protocol.slc import EditMode, Level, Setting, SlcFunction, SlcTable
from bbsterm.protocol.vocabulary import Command
from bbsterm.slc import SLC, Forwardmask

__all__ = ["LinemodeBuffer"]


class LinemodeBuffer:
    """Collects a line, edited by the special characters of a table.

    Args:
        slctab: The table, as `writer.slctab`.
        forwardmask: Characters that send the line as it is.
        trapsig: Signals become commands.
    """

    def __init__(
        self,
        slctab: Mapping[bytes, SLC],
        forwardmask: Forwardmask | None = None,
        trapsig: bool = False,
    ) -> None:
        table = SlcTable({SlcFunction(key[0]): _setting(each) for key, each in slctab.items()})
        mode = EditMode.EDIT | EditMode.LIT_ECHO | (EditMode.TRAPSIG if trapsig else EditMode(0))
        forward = frozenset(code for code in range(256) if forwardmask is not None and code in forwardmask)
        self._editor = LineEditor(table, mode, forward=forward)

    @property
    def line(self) -> str:
        """What has been typed since the last line was sent."""
        return self._editor.line.decode("utf-8", "replace")

    def feed(self, char: str) -> tuple[str, bytes | None]:
        """Take a character; return what to show, and what to send now, if anything."""
        echo, data = b"", b""
        for edit in self._editor.type(char.encode()):
            match edit:
                case Shown(shown):
                    echo += shown
                case Sent(line, finished):
                    data += line + (char.encode() if finished else b"")
                    echo = char.encode() if finished else echo
                case Invoked(function) if function in COMMANDS:
                    data += bytes((Command.IAC, COMMANDS[function]))
        return echo.decode("utf-8", "replace"), data or None


def _setting(each: Any) -> Setting:
    return Setting(Level(each.level[0]), each.val[0], flush_in=each.flushin, flush_out=each.flushout)
