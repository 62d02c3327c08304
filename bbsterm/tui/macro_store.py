"""The user's macros, scripts and triggers as files: listed, read, saved whole, put away and not lost."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from bbsterm import limits
from bbsterm.errors import BbstermError, StorageError, UsageError

if TYPE_CHECKING:
    from bbsterm.config import Paths

__all__ = ["RESERVED", "Listed", "MacroStore"]

RESERVED: Final = frozenset({"auto", "iemsi", "off"})
"""Words that an entry's `login` may have instead of a macro's name."""

_MACRO: Final = ".toml"
_SCRIPT: Final = ".py"
_LONGEST: Final = 64


class Listed(NamedTuple):
    """A file of the macros folder.

    Attributes:
        path: The file.
        title: What the macro is called; the script's first line of help.
        problem: What is wrong with it; empty for nothing.
    """

    path: Path
    title: str
    problem: str = ""

    @property
    def is_script(self) -> bool:
        """Whether it is Python."""
        return self.path.suffix == _SCRIPT


class MacroStore:
    """Reads and writes the macros folder and triggers.toml. A save keeps the version before.

    Args:
        paths: Where they are.
    """

    def __init__(self, paths: Paths) -> None:
        self.folder = paths.macros
        self.triggers = paths.triggers
        self._backups = paths.backups

    def listed(self) -> list[Listed]:
        """Every macro and script, by name."""
        try:
            found = [path for path in self.folder.iterdir() if path.suffix in (_MACRO, _SCRIPT)]
        except OSError:
            return []
        return [_listed(path) for path in sorted(found) if not path.name.startswith(".")]

    def path(self, name: str, *, script: bool = False) -> Path:
        """Where a macro of this name is, or would be.

        Raises:
            UsageError: It cannot be called so.
        """
        bad = not name or name != Path(name).name or name.startswith(".") or "\\" in name
        if bad or len(name) > _LONGEST or not name.isprintable():
            raise UsageError(f"{name!r} is no name of a macro", hint="A name has no folders in it.")
        if name in RESERVED:
            raise UsageError(f"{name!r} means something else in an entry", hint="Choose another name.")
        return self.folder / f"{name}{_SCRIPT if script else _MACRO}"

    def read(self, path: Path) -> str:
        """A file's text; empty if there is none yet.

        Raises:
            StorageError: It cannot be read, or is no text.
        """
        try:
            with path.open("rb") as file:
                return file.read(limits.MAX_MACRO_FILE + 1).decode("utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError:
            raise StorageError(path, "it is not UTF-8 text") from None
        except OSError as error:
            raise StorageError(path, error.strerror or str(error)) from error

    def save(self, path: Path, text: str) -> None:
        """Write a file, whole or not at all.

        Raises:
            StorageError: It could not be written; it is as it was.
        """
        from bbsterm.book import files  # here and below: only a change needs it

        try:
            files.make_folder(path.parent)
            with files.locked(path):
                self._keep(path)
                files.replace(path, text.encode())
                files.prune(path, self._kept(path))
        except (OSError, BbstermError) as error:
            raise _not_written(path, error) from error

    def delete(self, path: Path) -> None:
        """Take a file away; its last version stays with the backups.

        Raises:
            StorageError: It is still there.
        """
        from bbsterm.book import files

        try:
            with files.locked(path):
                self._keep(path)
                path.unlink()
        except (OSError, BbstermError) as error:
            raise _not_written(path, error) from error

    def _keep(self, path: Path) -> None:
        from bbsterm.book import files

        if path.exists():
            files.keep_version(path, self._kept(path), time.time())

    def _kept(self, path: Path) -> Path:
        """A folder of their own: a macro may be called as another of our files is."""
        return self._backups / "macros" if path.parent == self.folder else self._backups


def _listed(path: Path) -> Listed:
    from bbsterm.macros import check_macro

    try:
        with path.open("rb") as file:
            text = file.read(limits.MAX_MACRO_FILE + 1).decode("utf-8")
    except UnicodeDecodeError:
        return Listed(path, "", "it is not UTF-8 text")
    except OSError as error:
        return Listed(path, "", error.strerror or str(error))
    if path.suffix == _SCRIPT:
        return Listed(path, _first_words(text))
    macro, problems = check_macro(text, path)
    if macro is None:
        line = f"line {problems[0].line}: " if problems[0].line else ""
        return Listed(path, "", f"{line}{problems[0].reason}")
    return Listed(path, macro.title)


def _first_words(source: str) -> str:
    """The first line of a script's docstring or comment."""
    for line in source.splitlines()[:5]:
        if words := line.strip().strip("\"'# "):
            return "" if line.startswith(("import ", "from ", "async ", "def ", "#!")) else words
    return ""


def _not_written(path: Path, error: Exception) -> StorageError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    return StorageError(path, f"it cannot be written: {reason}")
