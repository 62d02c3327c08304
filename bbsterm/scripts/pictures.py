"""A terminal's screen saved as a file: the ending of its name says how."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bbsterm.errors import StorageError, UsageError
from bbsterm.screen.pictures import KINDS, picture

if TYPE_CHECKING:
    from bbsterm.screen.terminal import Terminal

__all__ = ["save_picture"]


def save_picture(terminal: Terminal, path: Path, *, title: str = "") -> Path:
    """Save the screen, over an older file.

    Args:
        terminal: Whose screen.
        path: Where; its ending is one of `bbsterm.screen.pictures.KINDS`.
        title: For formats that have one.

    Raises:
        UsageError: The path has another ending.
        StorageError: It cannot be written.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        endings = ", ".join(f".{one}" for one in KINDS)
        raise UsageError(f"no picture is a .{kind}", hint=f"There are: {endings}.")
    try:
        path.write_bytes(picture(kind, title, terminal, date=f"{datetime.now():%Y%m%d}"))
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    return path
