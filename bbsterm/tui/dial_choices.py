"""What the dialer offers for what was typed into its box. Pure: rows out of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from bbsterm.tui.ago import ago
from bbsterm.tui.clean import printable_text
from bbsterm.tui.contracts import Recent
from bbsterm.tui.widgets.call_list import Row

__all__ = ["Choice", "Demo", "Typed", "choices", "describe", "row_of"]


@dataclass(frozen=True, slots=True)
class Demo:
    """The board that comes with bbsterm."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that is to be read as an address when it is dialled."""

    text: str


Choice: TypeAlias = Demo | Typed | Recent

_LIKE_AN_ADDRESS: Final = re.compile(r"localhost$|.*[.:/\[]", re.IGNORECASE)


def choices(text: str, recents: Iterable[Recent]) -> list[Choice]:
    """What Enter could mean, most likely first.

    With an empty box that is the demo board and everybody called before. Otherwise those in whose name or
    address every word occurs, and the text itself: first if it looks like an address and is nobody's yet.
    """
    words = text.lower().split()
    known: list[Choice] = [Demo(), *recents]
    if not words:
        return known
    found = [choice for choice in known if all(word in _searched(choice) for word in words)]
    typed = text.strip()
    if any(isinstance(choice, Recent) and str(choice.address) == typed for choice in found):
        return found
    if _LIKE_AN_ADDRESS.match(typed):
        return [Typed(typed), *found]
    return [*found, Typed(typed)]


def row_of(choice: Choice, now: datetime) -> Row:
    """The line of a choice."""
    match choice:
        case Demo():
            return Row("Demo BBS (built in)", "demo", "cp437")
        case Typed(text):
            return Row(f'Call "{printable_text(text, 20)}" now', printable_text(text, 24))
        case Recent(name, address, kind, last_call, calls):
            shown = printable_text(str(address), 60)
            return Row(printable_text(name, 60), shown, kind, ago(last_call, now), str(calls))


def describe(choice: Choice | None) -> str:
    """A sentence about the chosen line."""
    match choice:
        case None:
            return ""
        case Demo():
            return "A board that runs inside this program: nothing leaves your machine."
        case Typed(text):
            return f"Enter dials {printable_text(text, 60)}."
        case Recent(name, address):
            return printable_text(name if name != str(address) else f"Called before: {name}", 76)


def _searched(choice: Choice) -> str:
    return "demo bbs (built in)" if isinstance(choice, Demo) else _text_of(choice)


def _text_of(choice: Choice) -> str:
    return f"{choice.name} {choice.address}".lower() if isinstance(choice, Recent) else ""
