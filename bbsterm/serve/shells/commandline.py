"""A command line that the server edits: special characters as the client set them (SLC), and a history.

Characters come in, what is to be echoed goes out. It does no I/O.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bbsterm.limits import MAX_COMMAND_HISTORY, MAX_EDITED_LINE
from bbsterm.serve.shells.clusters import cells, without_last
from bbsterm.slc import SLC, SLC_EC, SLC_EL, SLC_EW, SLC_LNEXT, SLC_RP

__all__ = ["CommandLine", "special_characters"]

_ENTER: Final = "\r\n"
_RUB_OUT: Final = frozenset("\b\x7f")
_EDITS: Final = {SLC_EC: "rub out", SLC_EL: "kill", SLC_EW: "word", SLC_RP: "again", SLC_LNEXT: "literal"}
_ARROWS: Final = {"\x1b[A": -1, "\x1bOA": -1, "\x1b[B": 1, "\x1bOB": 1}


def special_characters(table: Mapping[bytes, SLC]) -> dict[str, str]:
    """Which character does what, as the client and the server have agreed (RFC 1184)."""
    found = {}
    for function, does in _EDITS.items():
        setting = table.get(function)
        if setting is not None and not setting.nosupport and setting.val and setting.val[0]:
            found[setting.val.decode("latin-1")] = does
    return found


class CommandLine:
    """One line at a time, edited at its end.

    Args:
        longest: Characters that it takes.
    """

    def __init__(self, longest: int = MAX_EDITED_LINE) -> None:
        self._longest = longest
        self._line = ""
        self._literal = False
        self._history: list[str] = []
        self._at = 0

    @property
    def history(self) -> tuple[str, ...]:
        """The lines that were entered, oldest first, without repetitions in a row."""
        return tuple(self._history)

    def feed(self, key: str, special: Mapping[str, str], prompt: str = "") -> tuple[str, str | None]:
        """Take a character, or what a cursor key sends; return what to echo, and the line if it is complete.

        Args:
            key: One character, or an escape sequence.
            special: See `special_characters`.
            prompt: Shown again where the line is.
        """
        if len(key) > 1:
            return self._recall(_ARROWS[key]) if key in _ARROWS else "", None
        if self._literal:
            self._literal = False
            return self._add(key, shown=_visible(key)), None
        if key in _ENTER:
            return "", self._entered()
        match special.get(key, "rub out" if key in _RUB_OUT else ""):
            case "rub out":
                self._line, rubbed_out = without_last(self._line)
                return rubbed_out, None
            case "kill":
                return self._replaced(""), None
            case "word":
                return self._replaced(self._line.rstrip().rpartition(" ")[0]), None
            case "again":
                return f"\r\n{prompt}{self._line}", None
            case "literal":
                self._literal = True
                return "", None
        return (self._add(key, shown=key) if key >= " " else ""), None

    def _add(self, key: str, *, shown: str) -> str:
        if len(self._line) >= self._longest:
            return "\x07"
        self._line += shown
        return shown

    def _entered(self) -> str:
        line, self._line = self._line, ""
        if line.strip() and (not self._history or self._history[-1] != line):
            self._history = [*self._history, line][-MAX_COMMAND_HISTORY:]
        self._at = len(self._history)
        return line

    def _recall(self, step: int) -> str:
        """Up and down the history; below the newest line there is an empty one."""
        at = self._at + step
        if not 0 <= at <= len(self._history):
            return "\x07"
        self._at = at
        return self._replaced(self._history[at] if at < len(self._history) else "")

    def _replaced(self, line: str) -> str:
        """What makes the old line the new one: what both begin with stays."""
        old, self._line = self._line, line
        if old.startswith(line):
            return "\b \b" * (cells(old) - cells(line))
        return "\b \b" * cells(old) + line


def _visible(key: str) -> str:
    """A control character as ^X: it must not act on the terminal."""
    return key if key >= " " and key != "\x7f" else f"^{chr(ord(key) ^ 0x40)}"
