"""A page of text to read: what went wrong with a script, what the doctor says, what toasts have said."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.keymap import bindings
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["TextPage"]


class TextPage(Screen[None]):
    """Shows a text as it is, never as markup.

    Args:
        title: What it is.
        text: The text, with its looks or without; it is scrolled where it is longer than the window.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.PAGE)]
    place = Place.PAGE

    def __init__(self, title: str, text: str | Content) -> None:
        super().__init__()
        self._heading = title
        self._text = Content(text) if isinstance(text, str) else text

    def compose(self) -> ComposeResult:
        """The text, and how to leave it."""
        with VerticalScroll(id="help"):
            yield Static(self._text)
        yield BottomBar(keys_bar(keymap.commands(Place.PAGE), title=self._heading, back=False), id="bar")

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()

    def action_palette(self) -> None:
        """Commands, themes, settings."""
        self.app.action_command_palette()

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage  # here: few ask

        self.app.push_screen(HelpPage(first=Place.PAGE))

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)
