"""The main menu: one key a place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from bbsterm.serve import art
from bbsterm.serve.areas import chat, gallery, speed, terminal, wall, who
from bbsterm.serve.board import Board
from bbsterm.serve.caller import Caller
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.keys import Key, Special
from bbsterm.serve.layout import heading, rule
from bbsterm.serve.markup import Style, escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.picture import DOUBLE, Canvas, Picture

__all__ = ["MENU", "Place", "visit"]

Visit: TypeAlias = Callable[[Board, Node, Caller], Awaitable[None]]


class Place(NamedTuple):
    """A line of the menu: its key, its name, what awaits there, and how to go there."""

    key: str
    title: str
    about: str
    visit: Visit | None


MENU: Final = (
    Place("W", "Who is online", "every node, and who is on it", who.visit),
    Place("C", "Chat room", "talk to whoever is in it", chat.visit),
    Place("O", "One-liner wall", "read it, leave a line of yours", wall.visit),
    Place("T", "Your terminal", "what we agreed on; colours", terminal.visit),
    Place("A", "Art gallery", "pieces made for your screen", gallery.visit),
    Place("S", "Speed", "scrolling text, measured", speed.visit),
    Place("G", "Goodbye", "hang up, politely", None),
)
"""All places, in the order in which they are listed. The one without a `visit` ends the call."""

_PLACES: Final = {place.key.lower(): place for place in MENU} | {"q": MENU[-1]}
_AGAIN: Final = frozenset({Special.REDRAW, Special.ENTER})
_KEYS: Final[frozenset[Key]] = frozenset({*_PLACES, *map(str.upper, _PLACES), *_AGAIN})
_SMALL: Final = 40
_WOVEN: Final = frozenset({".seq", ".ata"})
"""Machines whose menu is one file, made by `tools.studio`: text and picture side by side."""

_PROMPT: Final = "|15Your choice|08: |11"


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show the menu and go where the caller wants, until that is away."""
    while True:
        node.place = "main menu"
        await _show(board, node, caller)
        key = await caller.press(_PROMPT, _KEYS)
        if not isinstance(key, str):
            continue
        place = _PLACES[key.lower()]
        if place.visit is None:
            return
        node.place = place.title.lower()
        await place.visit(board, node, caller)


async def _show(board: Board, node: Node, caller: Caller) -> None:
    if caller.wide and isinstance(caller.dialect, Ansi) and caller.dialect.clears:
        await caller.show(_wide(), below=2)
    elif caller.dialect.suffix in _WOVEN and caller.columns == _SMALL:
        await art.show(caller, "menu", below=2)
    else:
        await caller.page(
            heading(caller, "Main menu"),
            "",
            *(f" |08[|14{place.key}|08] |15{place.title}" for place in MENU),
            "",
            rule(caller),
        )
    on = len(board.nodes)
    await caller.say(f"|07 {escape(node.name)}, node {node.number}; {on} on, {board.now():%H:%M} UTC")


@cache
def _wide() -> Picture:
    """The menu for 80 columns, beside its picture."""
    height = 2 * len(MENU) + 5
    canvas = Canvas(80, height + 2)
    canvas.stamp(1, 44, art.load("menu"))
    canvas.write(0, 0, "|09░▒▓|17|15 Main menu |16|09▓▒░")
    canvas.frame(2, 1, height - 2, 42, Style(9, 0), DOUBLE)
    for at, place in enumerate(MENU):
        row = 3 + 2 * at + 1
        canvas.write(row, 4, f"|17|14 {place.key} |16  |15{place.title}")
        canvas.write(row + 1, 9, f"|03{place.about}")
    return canvas.picture(title="Main menu")
