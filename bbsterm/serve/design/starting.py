"""`bbsterm serve --init DIR`: a board to begin with, a copy of the built-in one, and how to go on."""

from __future__ import annotations

import shutil
from pathlib import Path

from bbsterm.errors import StorageError, UsageError
from bbsterm.serve.design.loading import builtin

__all__ = ["write_starter"]


def write_starter(folder: Path) -> int:
    """Copy the built-in board's files to a folder that is new or empty; return how many.

    Raises:
        UsageError: There is something in the folder already. Nothing was changed.
        StorageError: It cannot be written.
    """
    folder = folder.expanduser()
    source = builtin().folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(
                f"{folder} is not empty, and nothing was changed", hint="Name a folder that is new or empty."
            )
        count = 0
        for path in sorted(source.rglob("*")):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                target = folder / path.relative_to(source)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
                count += 1
    except OSError as error:
        raise StorageError(folder, (error.strerror or str(error)).lower()) from error
    return count
