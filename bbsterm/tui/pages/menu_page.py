"""The whole menu of a call, to read and to choose from: what ^] ? opens."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from bbsterm.tui import keymap
from bbsterm.tui.actions import Command, Place
from bbsterm.tui.key_names import key_name

__all__ = ["MenuPage"]


class MenuPage(ModalScreen[Command | None]):
    """Dismissed with the command chosen, None for none."""

    def __init__(self) -> None:
        super().__init__()
        self._commands = tuple(c for c in keymap.commands(Place.CALL) if c.action != "menu")

    def compose(self) -> ComposeResult:
        """A list in a frame."""
        with Container(id="menu") as frame:
            frame.border_title = f"{keymap.current().menu_shown} menu"
            frame.border_subtitle = "Enter chooses, Esc closes"
            yield OptionList(*(Option(_line(command)) for command in self._commands))

    def on_key(self, event: events.Key) -> None:
        """The letters work here as they do after ^]."""
        name = key_name(event.key, event.character)
        if name == "Esc":
            event.stop()
            self.dismiss(None)
            return
        for command in self._commands:
            if name in command.keys and name not in ("Up", "Down"):
                event.stop()
                self.dismiss(command)
                return

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._commands[message.option_index])


def _line(command: Command) -> Content:
    return Content.assemble(
        (f" {command.keys_shown:<6}", "bold $accent"),
        (f"{command.label:<14}", "bold"),
        (command.detail, ""),
    )
