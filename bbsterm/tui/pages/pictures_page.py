"""Pictures and colours of the board's machine by name: what ^] g opens. Type a few letters of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from bbsterm.tui.pictures import Picture, found

__all__ = ["PicturesPage"]

_WALKS: Final = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}


class PicturesPage(ModalScreen[Picture | None]):
    """Dismissed with the one chosen, None for none."""

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(self, everything: Sequence[Picture]) -> None:
        super().__init__()
        self._everything = everything
        self._shown: Sequence[Picture] = everything

    def compose(self) -> ComposeResult:
        """A line to type into, and those that it finds."""
        with Container() as frame:
            frame.border_title = "Graphics"
            frame.border_subtitle = "Enter types it, Esc closes"
            yield Input(placeholder="part of its name")
            yield OptionList()

    def on_mount(self) -> None:
        """All of them."""
        self.query_one(OptionList).can_focus = False
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        options = self.query_one(OptionList)
        self._shown = found(self._everything, self.query_one(Input).value)
        options.clear_options()
        options.add_options(Option(_line(picture)) for picture in self._shown)
        options.highlighted = 0 if self._shown else None

    def on_key(self, event: events.Key) -> None:
        """Walking goes on in the list while the typing goes to the line."""
        walk = _WALKS.get(event.key)
        if walk is not None:
            event.stop()
            getattr(self.query_one(OptionList), f"action_{walk}")()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._shown[place])

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[message.option_index])

    def action_close(self) -> None:
        """Type nothing."""
        self.dismiss(None)


def _line(picture: Picture) -> Content:
    codes = picture.data.hex(" ").upper()
    return Content.assemble(
        (f" {picture.shown or ' ':<3}", "bold $accent"), (f"{picture.name:<56}", ""), (codes, "dim")
    )
