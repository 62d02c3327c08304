"""What the dialer offers for what was typed into its box. Pure: rows out of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from bbsterm.tui.ago import ago
from bbsterm.tui.clean import printable_text
from bbsterm.tui.widgets.call_list import Row

if TYPE_CHECKING:
    from bbsterm.session.recent import RecentCall

__all__ = ["Choice", "Demo", "Typed", "choices", "describe", "row_of"]


@dataclass(frozen=True, slots=True)
class Demo:
    """The board that comes with bbsterm."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that is to be read as an address when it is dialled."""

    text: str


Choice: TypeAlias = "Demo | Typed | RecentCall"

_LIKE_AN_ADDRESS: Final = re.compile(r"localhost$|.*[.:/\[]", re.IGNORECASE)
_DEMO_ROW: Final = Row("Demo BBS (built in)", "demo", "cp437")


def choices(text: str, recents: Iterable[RecentCall]) -> list[Choice]:
    """What Enter could mean, most likely first.

    With an empty box that is the demo board and everybody called before. Otherwise those in whose name or
    address every word occurs, and the text itself: first if it looks like an address and is nobody's yet.
    """
    known: list[Choice] = [Demo(), *recents]
    words, typed = text.lower().split(), text.strip()
    if not words:
        return known
    found = [choice for choice in known if all(word in _searched(choice) for word in words)]
    if any(_address(choice) == typed for choice in found):
        return found
    if _LIKE_AN_ADDRESS.match(typed):
        return [Typed(typed), *found]
    return [*found, Typed(typed)]


def row_of(choice: Choice, now: float) -> Row:
    """The line of a choice. `now` is seconds since 1970."""
    match choice:
        case Demo():
            return _DEMO_ROW
        case Typed(text):
            return Row(f'Call "{printable_text(text, 15)}" now', printable_text(text, 24))
        case recent:
            return Row(
                printable_text(recent.name or recent.address, 60),
                printable_text(recent.address, 60),
                printable_text(recent.kind, 7),
                ago(now - recent.last_call),
                str(recent.calls),
            )


def describe(choice: Choice | None) -> str:
    """A sentence about the chosen line."""
    match choice:
        case None:
            return ""
        case Demo():
            return "A board that runs inside this program: nothing leaves your machine."
        case Typed(text):
            return f"Enter dials {printable_text(text, 60)}."
        case recent:
            return f"Enter dials {printable_text(recent.address, 60)}."


def _searched(choice: Choice) -> str:
    match choice:
        case Demo():
            return f"{_DEMO_ROW.name} {_DEMO_ROW.address}".lower()
        case Typed(text):
            return text.lower()
        case recent:
            return f"{recent.name} {recent.address}".lower()


def _address(choice: Choice) -> str | None:
    return None if isinstance(choice, Demo | Typed) else choice.address
