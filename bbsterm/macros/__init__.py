"""Macros: what to wait for and what to type, without a wire, a clock or a secret.

`read_macro` reads a file's text, `compile_macro` makes it ready, a `Player` runs it; on a call,
`bbsterm.session.macros` does.
"""

from __future__ import annotations

from bbsterm.macros.plaintext import PlainText
from bbsterm.macros.player import Action, Failed, Finished, HungUp, Notified, Player, Progress, Typed
from bbsterm.macros.program import Program, compile_macro
from bbsterm.macros.reading import Problem, check_macro, read_macro
from bbsterm.macros.steps import Macro
from bbsterm.macros.templates import KEYS, SECRET, as_written, parse_template
from bbsterm.macros.watch import View, Watch

__all__ = [
    "KEYS",
    "SECRET",
    "Action",
    "Failed",
    "Finished",
    "HungUp",
    "Macro",
    "Notified",
    "PlainText",
    "Player",
    "Problem",
    "Program",
    "Progress",
    "Typed",
    "View",
    "Watch",
    "as_written",
    "check_macro",
    "compile_macro",
    "parse_template",
    "read_macro",
]
