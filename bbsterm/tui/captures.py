"""Screenshots and logs as files: named after the board and the minute, never over an older one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from bbsterm.screen.export import to_text
from bbsterm.screen.pictures import KINDS, lines_as, picture
from bbsterm.screen.terminal import Line, Terminal

__all__ = ["SHOTS", "file_shown", "new_file", "save_lines", "save_log", "save_shot"]

SHOTS: Final = KINDS

_UNFIT: Final = re.compile(r"[^\w.-]+")
_MAX_NAME: Final = 60


def file_shown(path: Path) -> str:
    """A file as a toast names it, which breaks lines at blanks: its name, and the folder it is in."""
    folder = path.parent
    if folder.is_relative_to(Path.home()):
        return f"{path.name} in {Path('~') / folder.relative_to(Path.home())}"
    return f"{path.name} in {folder}"


def save_shot(folder: Path, kind: str, name: str, terminal: Terminal, *, now: datetime) -> Path:
    """Save what is on the screen.

    Args:
        folder: Made if it is not there.
        kind: One of `SHOTS`.
        name: The board's.
        terminal: Whose screen.
        now: For the file's name.

    Raises:
        OSError: The file could not be written.
    """
    return _write(folder, name, now, kind, picture(kind, name, terminal, date=f"{now:%Y%m%d}"))


def save_lines(
    folder: Path, kind: str, name: str, spans: Sequence[Line], terminal: Terminal, *, now: datetime
) -> Path:
    """Save some lines of the past: what was marked, or all of them.

    Args:
        folder: Made if it is not there.
        kind: One of `SHOTS`.
        name: The board's.
        spans: The lines.
        terminal: Whose they are, for its size and its character set.
        now: For the file's name.

    Raises:
        OSError: The file could not be written.
    """
    data = lines_as(kind, spans, name, terminal.columns, terminal.encoding, date=f"{now:%Y%m%d}")
    return _write(folder, name, now, f"log.{kind}" if kind == "txt" else kind, data)


def save_log(folder: Path, name: str, terminal: Terminal, *, now: datetime) -> Path:
    """Save the history and the screen as text.

    Raises:
        OSError: The file could not be written.
    """
    lines: Iterable[Line] = [*terminal.history, *(terminal.line(row) for row in range(terminal.rows))]
    return _write(folder, name, now, "log.txt", to_text(lines).encode())


def new_file(folder: Path, name: str, now: datetime, suffix: str) -> tuple[Path, IO[bytes]]:
    """Make a new file, readable by its owner: a screen may show what is nobody else's business.

    Args:
        folder: Made if it is not there.
        name: The board's.
        now: For the file's name.
        suffix: Without the dot.

    Raises:
        OSError: It could not be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = f"{_fit_for_a_file(name)}-{now:%Y%m%d-%H%M%S}"
    for number in range(1, 1000):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.{suffix}"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        return path, os.fdopen(descriptor, "wb")
    raise FileExistsError(f"{folder} already holds a thousand files called {stem}")


def _write(folder: Path, name: str, now: datetime, suffix: str, data: bytes) -> Path:
    path, file = new_file(folder, name, now, suffix)
    with file:
        file.write(data)
    return path


def _fit_for_a_file(name: str) -> str:
    """Letters, digits, dots and dashes, and never a hidden file."""
    return _UNFIT.sub("-", name).strip(".-")[:_MAX_NAME] or "board"
