"""A menu: one key a place. Which places, the design says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from bbsterm.errors import StorageError
from bbsterm.serve import art
from bbsterm.serve.areas import (
    account,
    callers,
    chat,
    files,
    gallery,
    mail,
    messages,
    speed,
    sysop,
    terminal,
    wall,
    who,
)
from bbsterm.serve.board import Board, log
from bbsterm.serve.caller import Caller
from bbsterm.serve.design.model import PLACES, Design, Item, Menu
from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.keys import Key, Special
from bbsterm.serve.layout import MORE, cut, heading, rule
from bbsterm.serve.markup import Style, escape
from bbsterm.serve.nodes import Node
from bbsterm.serve.picture import DOUBLE, Canvas, Picture

__all__ = ["VISITS", "visit"]

Visit: TypeAlias = Callable[[Board, Node, Caller], Awaitable[None]]

VISITS: Final[Mapping[str, Visit]] = {
    "who": who.visit,
    "chat": chat.visit,
    "wall": wall.visit,
    "messages": messages.visit,
    "mail": mail.visit,
    "files": files.visit,
    "gallery": gallery.visit,
    "terminal": terminal.visit,
    "speed": speed.visit,
    "account": account.visit,
    "callers": callers.visit,
    "sysop": sysop.visit,
}
"""Every place but "goodbye", which ends the call."""

_GOODBYE: Final = PLACES[-1]
_AGAIN: Final[frozenset[Key]] = frozenset({Special.REDRAW, Special.ENTER})
_SMALL: Final = 40
_WOVEN: Final = frozenset({".seq", ".ata"})
"""Machines whose main menu may be one file, text and picture side by side."""

_FEW: Final = 8
"""So many places have two rows each beside the picture."""

_DEEPEST: Final = 8
_FRAME: Final = 42


async def visit(board: Board, node: Node, caller: Caller) -> None:
    """Show the main menu and go where the caller wants, until that is away."""
    await _stay(board, node, caller, board.design.main, depth=0)


async def _stay(board: Board, node: Node, caller: Caller, name: str, *, depth: int) -> bool:
    """One menu, until it is left; return whether that was for good."""
    while True:
        menu = board.design.menus.get(name) or board.design.menus[board.design.main]
        places = {item.key.lower(): item for item in menu.items if item.who <= node.role}
        board.at(node, menu.title.lower())
        await _show(board, node, caller, menu, list(places.values()))
        key = await caller.press(board.design.texts.say("menu.prompt"), _keys(places, depth))
        if key is Special.ESCAPE:
            return False
        if not isinstance(key, str):
            continue
        item = places.get(key.lower())
        if item is None:  # Q, where the menu has none of its own
            return depth == 0
        if item.go == _GOODBYE or (await _go(board, node, caller, item, depth)):
            return True


def _keys(places: Mapping[str, Item], depth: int) -> frozenset[Key]:
    letters = {*places, *map(str.upper, places), "q", "Q"}
    return _AGAIN | letters | ({Special.ESCAPE} if depth else set())


async def _go(board: Board, node: Node, caller: Caller, item: Item, depth: int) -> bool:
    """To one place; return whether the caller wants to leave the board from there."""
    kind, _, name = item.go.partition(":")
    board.at(node, item.title.lower())
    try:
        if kind == "menu":
            return depth < _DEEPEST and await _stay(board, node, caller, name, depth=depth + 1)
        if kind == "show":
            await art.show(caller, board.design, name, below=1)
            await caller.press(MORE)
        elif kind == "room":
            await chat.visit(board, node, caller, room=name)
        else:
            await VISITS[kind](board, node, caller)
    except StorageError as error:
        log.error("%s: %s", item.go, error)
        await caller.say("", *board.design.texts.lines("board.storage"))
        await caller.press(MORE)
    return False


async def _show(board: Board, node: Node, caller: Caller, menu: Menu, items: list[Item]) -> None:
    woven = f"menu-{menu.name}{caller.dialect.suffix}"
    if caller.wide and isinstance(caller.dialect, Ansi) and caller.dialect.clears and _fits(menu, items):
        await caller.show(_wide(board.design, menu, items), below=2)
    elif caller.dialect.suffix in _WOVEN and caller.columns == _SMALL and woven in board.design.art:
        await caller.show_file(board.design.art[woven])
        if more := [item for item in items if item.who]:  # not everybody's, so not in the file
            await caller.say("  ".join(f"|08[|14{item.key}|08] |15{escape(item.title)}" for item in more))
    else:
        await caller.page(heading(caller, menu.title), "", *_listed(caller, items), "", rule(caller))
    on = len(board.nodes) + len(board.bus.others())
    values = {"name": node.name, "node": node.number, "on": on, "time": f"{board.now():%H:%M}"}
    await caller.say(board.design.texts.say("menu.status", **values))


def _listed(caller: Caller, items: list[Item]) -> list[str]:
    """The places as a list; in two columns where there are more than rows."""
    entries = [f"|08[|14{item.key}|08] |15{escape(item.title)}" for item in items]
    room = max(1, caller.rows - 7)
    if len(entries) <= room or caller.columns < _SMALL:
        return [f" {entry}" for entry in entries]
    half = -(-len(entries) // 2)
    width = (caller.columns - 2) // 2
    left = [
        f"|08[|14{item.key}|08] |15{escape(cut(item.title, width - 5).ljust(width - 4))}" for item in items
    ]
    return [
        f" {one}{entries[half + at] if half + at < len(entries) else ''}"
        for at, one in enumerate(left[:half])
    ]


def _fits(menu: Menu, items: list[Item]) -> bool:
    return bool(menu.art) and len(items) <= 2 * _FEW


def _wide(design: Design, menu: Menu, items: list[Item]) -> Picture:
    """The menu for 80 columns, beside its picture. Drawn anew only where it has changed."""
    key = (menu, tuple(items))
    drawn = _drawn.get(id(design.art))
    if drawn is None or drawn[0] is not design.art:
        _drawn.clear()
        drawn = _drawn[id(design.art)] = (design.art, {})
    if key not in drawn[1]:
        drawn[1][key] = _draw(design, menu, items)
    return drawn[1][key]


_drawn: Final[dict[int, tuple[Mapping[str, bytes], dict[tuple[Menu, tuple[Item, ...]], Picture]]]] = {}


def _draw(design: Design, menu: Menu, items: list[Item]) -> Picture:
    step = 2 if len(items) <= _FEW else 1
    inside = max(15, step * len(items) + (step == 1 or len(items) < _FEW))
    canvas = Canvas(80, inside + 4)
    canvas.stamp(1, 44, art.picture(design, menu.art))
    canvas.write(0, 0, f"|09░▒▓|17|15 {escape(menu.title)} |16|09▓▒░")
    canvas.frame(2, 1, inside + 2, _FRAME, Style(9, 0), DOUBLE)
    for at, item in enumerate(items):
        row = 3 + step * at + (len(items) < _FEW or step == 1)
        canvas.write(row, 3, f"|17|14 {item.key} |16  |15{escape(cut(item.title, 34 if step == 2 else 15))}")
        about = escape(cut(item.about, 33 if step == 2 else 19))
        canvas.write(row + step - 1, 8 if step == 2 else 24, f"|03{about}")
    return canvas.picture(title=menu.title)
