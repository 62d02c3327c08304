"""What is wrong with a text that is being edited: a macro's, a script's, or that of triggers.toml."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Final

from bbsterm.errors import BbstermError, ConfigError
from bbsterm.macros import Problem, check_macro
from bbsterm.macros.triggers import read_reactions
from bbsterm.session.macro_files import MacroFiles

__all__ = ["NEW_MACRO", "NEW_SCRIPT", "NEW_TRIGGERS", "problems_of"]

NEW_MACRO: Final = """\
title = "Log in"

[[step]]
expect = "login:"
send = "{user}<enter>"

[[step]]
expect = "password:"
send = "{secret}<enter>"
"""

NEW_SCRIPT: Final = '''\
"""What this script does."""


async def main(call):
    await call.expect("login:", timeout=20)
    await call.send(call.variables.get("user", "guest") + "\\r")
'''

NEW_TRIGGERS: Final = """\
# Keys that send something or run a macro, and words of a board that set something off.
# A table with `entry` works with the entry of that name only. Saved, it works at once.
#
# [[key]]
# key = "f5"
# send = "{user}<enter>"
#
# [[trigger]]
# text = "new mail"
# highlight = "yellow"
# notify = "{line}"
# bell = true
"""


def problems_of(text: str, path: Path, files: MacroFiles, *, triggers: bool = False) -> list[Problem]:
    """Everything that is wrong, in the text's order.

    Args:
        text: As it stands in the editor.
        path: Its file, for its kind and its name.
        files: The macros that it may run.
        triggers: Whether it is triggers.toml.
    """
    if triggers:
        return [Problem(line, reason) for line, reason in read_reactions(text).problems]
    if path.suffix == ".py":
        return _script_problems(text, path)
    macro, problems = check_macro(text, path)
    if macro is None:
        return problems
    try:
        files.compile(macro)
    except ConfigError as error:
        where = "" if error.path in (path, None) else f"{error.path}: "
        return [Problem(error.line if not where else None, f"{where}{error.reason} {error.hint}".strip())]
    except BbstermError as error:
        return [Problem(None, str(error))]
    return []


def _script_problems(text: str, path: Path) -> list[Problem]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what only may be wrong is seen when it runs
            compile(text, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        return [Problem(error.lineno, error.msg)]
    except ValueError as error:
        return [Problem(None, str(error))]
    if "async def main(" not in text:
        return [Problem(None, "there is no `async def main(call)`")]
    return []
