"""What may be pasted to a board, and when to ask first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["ASK_CHARACTERS", "ASK_LINES", "Paste", "prepare"]

ASK_LINES: Final = 3
ASK_CHARACTERS: Final = 500
"""More than so much is asked about first: a chat room forgives three lines, nobody forgives three hundred."""

_ESCAPE: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-_])?")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Paste:
    """Text fit for a board.

    Attributes:
        text: Printable characters, tabs and newlines only.
        lines: How many Enters and unfinished lines it makes.
        removed: How many control characters and sequences it held.
    """

    text: str
    lines: int
    removed: int

    def needs_asking(self, most_lines: int = ASK_LINES) -> bool:
        """Whether it is more than a person pastes without thinking."""
        return self.lines > most_lines or len(self.text) > ASK_CHARACTERS


def prepare(text: str) -> Paste:
    """Take out whatever could be a command: ESC sequences, C0 but tab and line ends, DEL, C1."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, sequences = _ESCAPE.subn("", text)
    text, controls = _CONTROL.subn("", text)
    return Paste(text, len(text.splitlines()), sequences + controls)
