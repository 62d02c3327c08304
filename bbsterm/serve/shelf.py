"""A file area on the disk: what is in the folder, described by its FILES.BBS; safe names, real files."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bbsterm import limits
from bbsterm.serve import clean

__all__ = ["VIEWED", "Listed", "list_files", "read_file"]

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._+,()-]{0,62}")
_DESCRIPTIONS: Final = "FILES.BBS"
_LINE: Final = re.compile(r"(\S+)\s+(.*)")

VIEWED: Final = frozenset({".txt", ".ans", ".asc", ".nfo", ".diz", ".md", ".seq", ".ata", ".doc", ".me"})
"""What can be shown on a screen."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: its name, its size in bytes, when it was last changed, and what it is."""

    name: str
    size: int
    changed: datetime
    about: str = ""

    @property
    def suffix(self) -> str:
        """The end of its name, in small letters."""
        return Path(self.name).suffix.lower()


def list_files(folder: Path) -> list[Listed]:
    """The files of an area by name, at most `limits.MAX_LISTED_FILES`; links and odd names are left out.

    Raises:
        OSError: The folder cannot be read.
    """
    about = _descriptions(folder)
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not _NAME.fullmatch(entry.name) or entry.name.upper() == _DESCRIPTIONS:
                continue
            if entry.is_symlink() or not entry.is_file(follow_symlinks=False):
                continue
            status = entry.stat(follow_symlinks=False)
            when = datetime.fromtimestamp(status.st_mtime, UTC)
            found.append(Listed(entry.name, status.st_size, when, about.get(entry.name.casefold(), "")))
            if len(found) >= limits.MAX_LISTED_FILES:
                break
    return sorted(found, key=lambda each: each.name.casefold())


def read_file(folder: Path, name: str) -> bytes:
    """The first `limits.MAX_VIEWED_FILE` bytes of a file of the area.

    Raises:
        OSError: There is none of this name, or it cannot be read.
    """
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(2, "no such file")
    handle = os.open(folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise FileNotFoundError(2, "no such file")
        return file.read(limits.MAX_VIEWED_FILE)


def _descriptions(folder: Path) -> dict[str, str]:
    """FILES.BBS: a name, blanks, a line about it; what begins with a blank goes on with the last."""
    try:
        text = read_file(folder, _DESCRIPTIONS).decode("utf-8", "replace")
    except OSError:
        return {}
    about: dict[str, str] = {}
    name = ""
    for line in text.splitlines()[: 4 * limits.MAX_LISTED_FILES]:
        if line[:1].isspace() and name:
            about[name] = clean.line(f"{about[name]} {line}", 200)
        elif match := _LINE.match(line):
            name = match[1].casefold()
            about[name] = clean.line(match[2], 200)
    return about
