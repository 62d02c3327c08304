"""Lists to choose from, long texts to page through: the two things that most areas consist of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from bbsterm.serve.caller import Caller
from bbsterm.serve.keys import Key, Special
from bbsterm.serve.layout import heading, rule

__all__ = ["Choice", "choose", "read", "sure"]

_MORE: Final = "|08[|07Space: more, |15Q|07 stops|08]|07 "
_STOP: Final = frozenset({"q", "Q", Special.ESCAPE, Special.INTERRUPT})
_LONGEST: Final = 60
_AROUND: Final = 5
"""Rows of a list's page besides its entries: heading, blank, rule, two for the prompt."""


class Choice(NamedTuple):
    """What was chosen: an entry by its number from 0, or a word; neither is going back."""

    at: int | None = None
    word: str = ""
    rest: str = ""

    @property
    def back(self) -> bool:
        """Whether the caller wants to go back."""
        return self.at is None and not self.word


async def choose(
    caller: Caller, title: str, rows: Sequence[str], prompt: str, *, note: str = "", nothing: str = ""
) -> Choice:
    """Show a numbered list, a page at a time, and ask; Enter alone goes on to more, or back.

    Args:
        title: For the heading.
        rows: Lines of markup without their numbers.
        prompt: Markup; it says which letters do what.
        note: At the heading's right.
        nothing: What to say of an empty list.
    """
    first, room = 0, max(1, caller.rows - _AROUND)
    digits = len(str(len(rows)))
    while True:
        shown = rows[first : first + room]
        lines = [f"|08{number:{digits + 1}} |07{row}" for number, row in enumerate(shown, first + 1)]
        await caller.page(heading(caller, title, note), "", *(lines or [f" |07{nothing}"]), rule(caller))
        more = first + room < len(rows)
        typed = await caller.ask(f"|08(more: Enter)|07 {prompt}" if more else prompt, _LONGEST)
        word, _, rest = (typed or "").strip().partition(" ")
        if not word and more and typed is not None:
            first += room
        elif not word or word in ("q", "Q"):
            return Choice()
        elif not word.isdecimal():
            return Choice(None, word.casefold(), rest.strip())
        elif len(word) < 8 and 1 <= int(word) <= len(rows):
            return Choice(int(word) - 1)
        else:
            first = 0


async def read(
    caller: Caller, head: Sequence[str], lines: Sequence[str], *, pause: bool = True
) -> Key | None:
    """Show a text from the top of the screen, with a stop at each full one; return the key that ended it."""
    room = max(2, caller.rows - 2 - len(head))
    await caller.page(*head, *lines[:room])
    for at in range(room, len(lines), room := max(2, caller.rows - 2)):
        if pause and (key := await caller.press(_MORE)) in _STOP:
            return key
        await caller.say(*lines[at : at + room])
    return None


async def sure(caller: Caller, question: str) -> bool:
    """Ask for a Y or an N."""
    key = await caller.press(f"{question} |08(|15Y|07/|15N|08)|07 ", {*"yYnN", Special.ENTER, Special.ESCAPE})
    return key in ("y", "Y")
