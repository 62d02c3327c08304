"""`package.module.function`, as it is given to ``--shell``, to the function itself."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

from bbsterm.errors import UsageError

__all__ = ["function_lookup", "shell_named"]


def function_lookup(pymod_path: str) -> Callable[..., Any]:
    """Import and return what ``package.module.function`` names.

    Raises:
        UsageError: Which part of the name cannot be found, or that it is no function.
        Exception: Whatever the module itself raises when it is imported.
    """
    module_name, dot, function_name = pymod_path.rpartition(".")
    if not (dot and module_name and function_name):
        raise UsageError(f"not MODULE.FUNCTION: {pymod_path!r}", hint="Such as mygame.shell.")
    try:
        module = importlib.import_module(module_name)
    except ModuleNotFoundError as error:
        missing = error.name or module_name
        if module_name != missing and not module_name.startswith(missing + "."):
            raise UsageError(f"module {module_name!r} needs {missing!r}, which is not installed") from error
        raise UsageError(
            f"no module {missing!r}, asked for by {pymod_path!r}",
            hint="Modules are looked for in the current folder, in PYTHONPATH and among installed ones.",
        ) from error
    found = getattr(module, function_name, None)
    if found is None:
        raise UsageError(f"module {module_name!r} has no function {function_name!r}")
    if not callable(found):
        raise UsageError(f"{pymod_path!r} is not a function but {type(found).__name__}")
    function: Callable[..., Any] = found
    return function


def shell_named(name: str) -> Callable[..., Any]:
    """The shell that a command's ``--shell`` names; modules in the current folder are found, too.

    Raises:
        UsageError: As `function_lookup`; or the module failed when it was imported.
    """
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        return function_lookup(name)
    except UsageError:
        raise
    except Exception as error:
        raise UsageError(
            f"{name!r} cannot be imported: {type(error).__name__}: {error}",
            hint=f"`python -m {name.rpartition('.')[0]}` shows where.",
        ) from error
