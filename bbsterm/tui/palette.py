"""What the palette (Ctrl+K, Ctrl+P) lists: the commands of the page that is shown, from the one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from textual.app import SystemCommand
from textual.markup import escape
from textual.screen import Screen

from bbsterm.tui import keymap
from bbsterm.tui.actions import Command, Place

__all__ = ["page_commands"]

_NOT_HERE: Final = frozenset({"palette", "menu", "peek_up", "peek_down"})
"""What makes no sense to search for."""


def page_commands(screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The commands of a page; of sub-menus, what is in them."""
    place = getattr(screen, "place", None)
    if isinstance(place, Place):
        yield from _commands(screen, place, "")


def _commands(screen: Screen[Any], place: Place, before: str) -> Iterator[SystemCommand]:
    for command in keymap.commands(place):
        if command.action in _NOT_HERE:
            continue
        if command.more is not None:
            yield from _commands(screen, command.more, f"{command.title} ")
            continue
        title = f"{before}{command.title}".replace("…", "")
        yield SystemCommand(title, _help(command), _runner(screen, command))


def _help(command: Command) -> str:
    """What it does and its keys; the palette reads markup, of which a key such as [ must be none."""
    return escape(f"{command.detail} ({' '.join(command.keys)})" if command.keys else command.detail)


def _runner(screen: Screen[Any], command: Command) -> Callable[[], Any]:
    return partial(screen.run_action, command.action)
