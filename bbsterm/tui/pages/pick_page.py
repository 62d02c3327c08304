"""One of a few: a list in a frame, with a key for each where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from bbsterm.tui.clean import printable_text

__all__ = ["Pick", "PickPage"]


class Pick(NamedTuple):
    """One to choose: what the page is dismissed with, its title, and a few words more."""

    value: str
    title: str
    detail: str = ""


class PickPage(ModalScreen[str | None]):
    """Dismissed with the value chosen, None for none.

    Args:
        title: The frame's.
        picks: What there is.
        now: The value that the cursor begins on.
    """

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(self, title: str, picks: Sequence[Pick], now: str = "") -> None:
        super().__init__()
        self._heading = title
        self._picks = picks
        self._now = now

    def compose(self) -> ComposeResult:
        """A list in a frame, on the one that is on."""
        width = min(30, max(len(pick.title) for pick in self._picks))
        with Container() as frame:
            frame.border_title = self._heading
            frame.border_subtitle = "Enter chooses, Esc closes"
            options = OptionList(*(Option(_line(pick, width)) for pick in self._picks))
            values = [pick.value for pick in self._picks]
            options.highlighted = values.index(self._now) if self._now in values else 0
            yield options

    def on_key(self, event: events.Key) -> None:
        """The first letter of a title moves to it."""
        letter = (event.character or "").lower()
        options = self.query_one(OptionList)
        start = (options.highlighted or 0) + 1
        order = [*range(start, len(self._picks)), *range(start)]
        if letter.isalnum():
            for index in order:
                if index < len(self._picks) and self._picks[index].title.lower().startswith(letter):
                    event.stop()
                    options.highlighted = index
                    return

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._picks[message.option_index].value)

    def action_close(self) -> None:
        """Nothing is chosen."""
        self.dismiss(None)


def _line(pick: Pick, width: int) -> Content:
    title = printable_text(pick.title, width)
    return Content.assemble(
        (f" {title:<{width}}  ", "bold"), (printable_text(pick.detail, 60), "$text-muted")
    )
