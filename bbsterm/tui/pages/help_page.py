"""Every key on one page, made from the command table."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from bbsterm.tui import keymap
from bbsterm.tui.actions import PREFIX_SHOWN, Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.keymap import bindings
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["HelpPage", "help_text"]

_OURS: Final = "Ctrl+] (on German keyboards Ctrl+5)"
_INTRODUCTION: Final = (
    "In a call every key goes to the board: Tab, Esc, Ctrl+C, Ctrl+Q and the function keys too. "
    f"Only {_OURS} is ours: it opens a menu. Alt+H, Alt+E, Alt+X and Alt+Z "
    "do what SyncTERM's do.\n\n"
    "Drag the mouse over the board to copy (with Alt: a rectangle); Shift and drag is your terminal's own "
    "selection. The wheel looks back; Ctrl and a click on a link asks whether to open it. A board "
    "larger than the window is seen through it: the window follows the cursor, and ^ in the corner says "
    "that rows are hidden above.\n"
)
_KEY_WIDTH: Final = 10
_TITLE_WIDTH: Final = 13
_INDENT: Final = 2 + _KEY_WIDTH + _TITLE_WIDTH
_NARROWEST: Final = 16
"""Columns for what a key does, below which its lines begin at the left edge."""
_MARGINS: Final = 5
"""Columns of the window that are not text: air at both sides, and the scroll bar."""


def help_text(keyboard: Sequence[str] = (), first: Place | None = None, *, width: int = 75) -> Content:
    """The whole page, in lines of `width` columns.

    Args:
        keyboard: The picture of one, line by line.
        first: The place whose commands come first: where help was asked for.
    """
    menu = keymap.current().menu_shown
    ours = _INTRODUCTION if menu == PREFIX_SHOWN else _INTRODUCTION.replace(_OURS, menu)
    pieces: list[Content | tuple[str, str]] = [(ours, "$text-muted")]
    if keyboard:
        pieces.append(("\nThe keyboard\n", "bold $primary"))
        pieces.append(("\n".join(keyboard) + "\n", ""))
    for place in sorted(Place, key=lambda place: place is not first):
        commands = keymap.commands(place)
        pieces.append((f"\n{keymap.told(place.value)}\n", "bold $primary"))
        for command in commands:
            keys = command.keys_shown
            pieces.append((f"  {keys:<{_KEY_WIDTH}}", "bold $accent"))
            pieces.append((f"{command.label:<{_TITLE_WIDTH}}", "bold"))
            pieces.append((_hanging(keymap.told(command.detail), width) + "\n", ""))
    return Content.assemble(*pieces)


def _hanging(detail: str, width: int) -> str:
    """What a key does, each line below the first one."""
    if width - _INDENT < _NARROWEST:
        return detail
    return f"\n{'':<{_INDENT}}".join(wrap(detail, width - _INDENT))


class HelpPage(Screen[None]):
    """Scrolls; goes away as it came."""

    BINDINGS = [*bindings(Place.HELP)]

    place = Place.HELP

    def __init__(self, keyboard: Sequence[str] = (), *, first: Place | None = None) -> None:
        """`keyboard` is the picture of one, line by line; `first` the place where help was asked for."""
        super().__init__()
        self._first = first
        self._keyboard = keyboard
        self._width = 0

    def compose(self) -> ComposeResult:
        """The text, and how to leave it."""
        with VerticalScroll(id="help"):
            yield Static(self._laid_out(self.app.size.width), id="help-text")
        yield BottomBar(keys_bar(keymap.commands(Place.HELP), title="bbsterm help", back=False), id="bar")

    def on_resize(self, event: events.Resize) -> None:
        """The lines are as long as the window is wide."""
        if event.size.width != self._width:
            self.query_one("#help-text", Static).update(self._laid_out(event.size.width))

    def _laid_out(self, width: int) -> Content:
        self._width = width
        return help_text(self._keyboard, self._first, width=width - _MARGINS)

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()

    def action_palette(self) -> None:
        """Textual's palette: themes and commands."""
        self.app.action_command_palette()
