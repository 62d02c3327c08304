"""A script's file: loaded anew each time it runs, and what it raises is told with its own line."""

from __future__ import annotations

import inspect
import traceback
import types
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bbsterm.errors import BbstermError, StorageError
from bbsterm.scripts.errors import ScriptError

if TYPE_CHECKING:
    from bbsterm.scripts.call import ScriptCall

__all__ = ["Main", "load_script", "run_script"]

Main = Callable[["ScriptCall"], Awaitable[Any]]


def load_script(path: Path) -> Main:
    """The `main` of a script. The file is read each time, so that what was saved last is what runs.

    Raises:
        ScriptError: It is no Python, fails at once, or has no ``async def main(call)``.
        StorageError: It cannot be read.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    module = types.ModuleType(path.stem)
    module.__file__ = str(path)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)
    except SyntaxError as error:
        raise ScriptError(path, error.lineno, f"{error.msg}") from None
    except Exception as error:
        raise _failed(path, error) from error
    main: Main | None = getattr(module, "main", None)
    if not inspect.iscoroutinefunction(main):
        raise ScriptError(path, None, "there is no `async def main(call)`")
    return main


async def run_script(path: Path, call: ScriptCall) -> Any:
    """Run a script on a call; what its `main` returns.

    Raises:
        ScriptError: It failed; the message has its file and line. What failed is the cause.
        StorageError: It cannot be read.
    """
    main = load_script(path)
    try:
        return await main(call)
    except Exception as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: Exception) -> ScriptError:
    """What happened, at the last line of the script itself."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    reason = str(error) if isinstance(error, BbstermError) else f"{type(error).__name__}: {error}"
    return ScriptError(path, lines[-1] if lines else None, reason, hint=getattr(error, "hint", ""))
