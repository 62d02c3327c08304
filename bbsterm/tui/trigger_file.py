"""triggers.toml as the application uses it: read anew once it was saved, its problems said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bbsterm import limits

if TYPE_CHECKING:
    from bbsterm.macros.triggers import Reactions

__all__ = ["TriggerFile"]


class TriggerFile:
    """Ask it as often as you like: it looks at the file's date, and reads it only when that is another.

    Args:
        path: The file; it need not exist.
        complain: Told of every problem, in a line with file and line.
    """

    def __init__(self, path: Path, complain: Callable[[str], None] = lambda text: None) -> None:
        self._path = path
        self._complain = complain
        self._stamp: tuple[int, int] | None = None
        self._reactions: Reactions | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def reactions(self) -> Reactions | None:
        """What it says now, the same object until it is another; None if there is no file."""
        try:
            status = self._path.stat()
            stamp = (status.st_mtime_ns, status.st_size)
        except OSError:
            stamp = None
        if stamp != self._stamp:
            self._stamp = stamp
            self._reactions = None if stamp is None else self._read()
        return self._reactions

    def _read(self) -> Reactions:
        from bbsterm.macros.triggers import Reactions, read_reactions  # here: many users have no such file

        try:
            with self._path.open("rb") as file:
                data = file.read(limits.MAX_MACRO_FILE + 1)
            if len(data) > limits.MAX_MACRO_FILE:
                self._complain(f"{self._path}: larger than {limits.MAX_MACRO_FILE // 1024} KiB; not read")
                return Reactions()
            found = read_reactions(data.decode("utf-8"))
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self._complain(f"{self._path}:{line}: this is not UTF-8 text")
            return Reactions()
        except OSError as error:
            self._complain(f"{self._path}: {(error.strerror or str(error)).lower()}")
            return Reactions()
        if found.problems:
            (line, reason), more = found.problems[0], len(found.problems) - 1
            others = f" And {more} more: the editor shows all." if more else ""
            stop = "" if reason.endswith("?") else "."
            self._complain(f"{self._path}:{line}: {reason}{stop}{others}")
        return found
