"""Asking the user's own terminal what it can do: questions out, answers in, in a fraction of a second."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from dataclasses import dataclass
from typing import Final

__all__ = ["Answers", "ask_terminal", "read_answers"]

PATIENCE: Final = 0.4
"""Seconds for all answers together."""

_MOST: Final = 4096
_WIDE: Final = (("wide", "漢"), ("legacy", "\U0001fb00"), ("block", "█"))
"""What is printed to see how far the cursor moves: a CJK character, a sextant, a full block."""

_QUESTIONS: Final = (
    b"\x1b[?u"  # kitty's keyboard protocol: which flags are on
    b"\x1b[>0q"  # XTVERSION: who are you
    + b"".join(b"\r" + text.encode() + b"\x1b[6n" for _, text in _WIDE)
    + b"\r\x1b[K\x1b[c"  # DA1 comes last: every terminal answers it
)
_KITTY: Final = re.compile(rb"\x1b\[\?(\d+)u")
_VERSION: Final = re.compile(rb"\x1bP>\|([ -~]{1,80})\x1b\\")
_CURSOR: Final = re.compile(rb"\x1b\[\d+;(\d+)R")
_DONE: Final = re.compile(rb"\x1b\[\?[\d;]*c")


@dataclass(frozen=True, slots=True)
class Answers:
    """What the terminal said.

    Attributes:
        answered: It said anything at all.
        kitty: It speaks kitty's keyboard protocol.
        version: Its name and version; empty if it does not tell.
        widths: Columns that it gives to "wide", "legacy" and "block" characters.
    """

    answered: bool = False
    kitty: bool = False
    version: str = ""
    widths: tuple[tuple[str, int], ...] = ()


def read_answers(data: bytes) -> Answers:
    """Make sense of what came back."""
    version = _VERSION.search(data)
    columns = [int(match[1]) - 1 for match in _CURSOR.finditer(data)][: len(_WIDE)]
    widths = tuple((name, width) for (name, _), width in zip(_WIDE, columns, strict=False))
    return Answers(
        bool(data), bool(_KITTY.search(data)), version[1].decode("ascii") if version else "", widths
    )


def ask_terminal(*, patience: float = PATIENCE) -> Answers:
    """Ask; without a terminal, or without an answer in time, nothing is known."""
    try:
        stdin, stdout = sys.stdin.fileno(), sys.stdout.fileno()
        if not (os.isatty(stdin) and os.isatty(stdout)):
            return Answers()
        return read_answers(_ask(stdin, stdout, patience))
    except (OSError, ValueError, ImportError, AttributeError):  # closed, or not POSIX
        return Answers()


def _ask(stdin: int, stdout: int, patience: float) -> bytes:
    import termios  # not on Windows
    import tty

    before = termios.tcgetattr(stdin)
    answer = b""
    try:
        tty.setcbreak(stdin)
        os.write(stdout, _QUESTIONS)
        deadline = time.monotonic() + patience
        while not _DONE.search(answer) and len(answer) < _MOST:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([stdin], [], [], left)[0]:
                break
            answer += os.read(stdin, 256)
    finally:
        os.write(stdout, b"\r\x1b[K")
        termios.tcsetattr(stdin, termios.TCSADRAIN, before)
    return answer
