"""What LINEMODE has settled about single keys: which one does what while a line is edited here (RFC 1184)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bbsterm.protocol.options.linemode import Linemode
from bbsterm.protocol.slc import EditMode, SlcFunction

__all__ = ["SpecialKeys", "byte_of"]


@dataclass(frozen=True, slots=True)
class SpecialKeys:
    """The board's and our agreement on special characters.

    Attributes:
        functions: What a byte is for, where it is for anything.
        trapsig: Signals are sent as telnet commands; else their bytes are text like any other.
        forward: Bytes that send the line as it is (FORWARDMASK, and SLC's FORW1 and FORW2).
        flushing: Functions that throw away what was typed before.
    """

    functions: Mapping[int, SlcFunction]
    trapsig: bool
    forward: frozenset[int] = frozenset()
    flushing: frozenset[SlcFunction] = frozenset()

    @classmethod
    def of(cls, linemode: Linemode) -> SpecialKeys | None:
        """As things stand; None before a mode is agreed on, and where lines are not edited here."""
        if linemode.mode is None or EditMode.EDIT not in linemode.mode:
            return None
        table = linemode.table
        functions = table.characters()
        forwarding = (SlcFunction.FORW1, SlcFunction.FORW2)
        return cls(
            functions,
            trapsig=EditMode.TRAPSIG in linemode.mode,
            forward=linemode.forward | {byte for byte, does in functions.items() if does in forwarding},
            flushing=frozenset(does for does in functions.values() if table[does].flush_in),
        )


_NAMED: Final[Mapping[str, int]] = {
    "backspace": 0x7F,
    "ctrl+backslash": 0x1C,
    "ctrl+right_square_bracket": 0x1D,
    "ctrl+circumflex_accent": 0x1E,
    "ctrl+underscore": 0x1F,
    "escape": 0x1B,
}


def byte_of(key: str, character: str | None) -> int | None:
    """The byte that a key types on a plain terminal, 0 to 127; None for a key that types more, or nothing."""
    if key in _NAMED:
        return _NAMED[key]
    if key.startswith("ctrl+") and len(key) == 6 and "a" <= key[5] <= "z":
        return ord(key[5]) & 0x1F
    return ord(character) if character and len(character) == 1 and character.isascii() else None
