"""Pipe codes: colours in running text, as Renegade, Mystic and Synchronet sysops write them.

``|00`` to ``|15`` choose the foreground, ``|16`` to ``|23`` the background, ``||`` is one ``|``; before
anything else a pipe is text. Colours are counted as the PC does: 1 is blue, 4 is red, 8 to 15 are bright.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["PLAIN", "Run", "Style", "escape", "parse", "strip"]


class Style(NamedTuple):
    """Colours of a run of text: a foreground of 0 to 15 on a background of 0 to 7."""

    foreground: int = 7
    background: int = 0


class Run(NamedTuple):
    """Neighbouring characters of one style."""

    text: str
    style: Style


PLAIN: Final = Style()

_CODE: Final = re.compile(r"\|(\d\d|\|)")
_FIRST_BACKGROUND: Final = 16
_PAST_BACKGROUND: Final = 24


@lru_cache(maxsize=1024)
def parse(markup: str, style: Style = PLAIN) -> tuple[Run, ...]:
    """Split `markup` into runs, beginning in `style`.

    Empty runs are left out, but for one at the end where a code is the last thing said: what is typed after
    it has its colour.
    """
    runs: list[Run] = []
    at = 0
    for match in _CODE.finditer(markup):
        _add(runs, markup[at : match.start()], style)
        at = match.end()
        code = match.group(1)
        if code == "|":
            _add(runs, "|", style)
        elif (number := int(code)) < _FIRST_BACKGROUND:
            style = style._replace(foreground=number)
        elif number < _PAST_BACKGROUND:
            style = style._replace(background=number - _FIRST_BACKGROUND)
        else:
            _add(runs, match.group(), style)
    _add(runs, markup[at:], style)
    if at == len(markup) and (not runs or runs[-1].style != style):
        runs.append(Run("", style))
    return tuple(runs)


def escape(text: str) -> str:
    """Make `text` (a caller's, for instance) mean itself inside markup."""
    return text.replace("|", "||")


def strip(markup: str) -> str:
    """The characters of `markup` without their colours."""
    return "".join(run.text for run in parse(markup))


def _add(runs: list[Run], text: str, style: Style) -> None:
    if not text:
        return
    if runs and runs[-1].style == style:
        text = runs.pop().text + text
    runs.append(Run(text, style))
