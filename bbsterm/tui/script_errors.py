"""What a failed script is told: the error, and the script's own lines on the way to it."""

from __future__ import annotations

import linecache
import traceback
from pathlib import Path
from typing import Final

from bbsterm.errors import BbstermError

__all__ = ["account_of"]

_AROUND: Final = 2  # lines before and after the one that failed


def account_of(path: Path, error: BaseException) -> str:
    """An account for a person: what happened, where in the script, and the lines around it.

    Args:
        path: The script.
        error: What `bbsterm.scripts.run_script` raised.
    """
    lines = [str(error)]
    if isinstance(error, BbstermError) and error.hint:
        lines.append(error.hint)
    linecache.checkcache(str(path))
    last = getattr(error, "line", None)
    frames = traceback.extract_tb(error.__cause__.__traceback__) if error.__cause__ is not None else []
    own = [frame.lineno for frame in frames if frame.filename == str(path) and frame.lineno]
    for number in own[:-1]:
        lines.append(f"\n  called in line {number}: {linecache.getline(str(path), number).strip()}")
    place = own[-1] if own else last
    if place:
        lines.append("")
        lines += _around(path, place)
    return "\n".join(lines)


def _around(path: Path, place: int) -> list[str]:
    shown = []
    for number in range(max(1, place - _AROUND), place + _AROUND + 1):
        source = linecache.getline(str(path), number)
        if source:
            shown.append(f"{'>' if number == place else ' '} {number:>4}  {source.rstrip()}")
    return shown
