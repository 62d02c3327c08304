"""What the user's own terminal can draw: by the environment, or by asking it where that looks bad."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Mapping
from typing import Final

from bbsterm.screen.glyphs import PROBE, guess, judge

__all__ = ["find_glyphs", "locale_warning", "probe"]

PATIENCE: Final = 0.3
"""Seconds for the terminal to answer. One that says nothing is taken at the environment's word."""

_READ: Final = 256
_MOST: Final = 4096  # bytes: more is no answer


def find_glyphs(environ: Mapping[str, str] = os.environ) -> str:
    """The level of the terminal that we run on: "full", "basic" or "ascii".

    A locale that speaks UTF-8 is believed. Without one (in containers there often is none) the terminal is
    asked, because art in ASCII is a sad sight.
    """
    if os.name != "posix":
        return "full"
    level = guess(environ)
    if level == "full":
        return level
    try:
        return probe(sys.stdin.fileno(), sys.stdout.fileno()) or level
    except (OSError, ValueError):  # no terminal, or a closed one
        return level


def locale_warning(glyphs: str, environ: Mapping[str, str] = os.environ) -> str:
    """What to tell a user whose locale lets nothing but ASCII be drawn; empty where it lets more."""
    if glyphs != "ascii" or guess(environ) == "full":
        return ""
    return "Your locale has no UTF-8, so art is drawn in ASCII. Set LANG to C.UTF-8, or see Doctor."


def probe(stdin: int, stdout: int, *, patience: float = PATIENCE) -> str | None:
    """Ask the terminal behind two descriptors; None if it does not answer.

    Raises:
        OSError: It is no terminal.
    """
    import termios  # not on Windows
    import tty

    if not os.isatty(stdout):
        return None
    try:
        before = termios.tcgetattr(stdin)
    except termios.error as error:
        raise OSError(str(error)) from error
    answer = b""
    try:
        tty.setcbreak(stdin)
        os.write(stdout, PROBE)
        deadline = time.monotonic() + patience
        while judge(answer) is None and len(answer) < _MOST:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([stdin], [], [], left)[0]:
                break
            answer += os.read(stdin, _READ)
    finally:
        termios.tcsetattr(stdin, termios.TCSADRAIN, before)
    return judge(answer)
