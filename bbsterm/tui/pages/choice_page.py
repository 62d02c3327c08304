"""A few things to choose one from: links, kinds of files."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

__all__ = ["ChoicePage"]


class ChoicePage(ModalScreen[int | None]):
    """Dismissed with the place of the one chosen, None for none.

    Args:
        title: What they are.
        choices: What each is called; shown as it is, never as markup.
        verb: What Enter does.
    """

    BINDINGS = [Binding("escape,q", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(self, title: str, choices: Sequence[str], *, verb: str = "chooses") -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._verb = verb

    def compose(self) -> ComposeResult:
        """A list in a frame."""
        with Container() as frame:
            frame.border_title = Content(self._title)
            frame.border_subtitle = f"Enter {self._verb}, Esc closes"
            yield OptionList(*(Option(Content(f" {choice}")) for choice in self._choices))

    def on_key(self, event: events.Key) -> None:
        """The first letter moves to the next that begins with it; a dot before it does not count."""
        letter = (event.character or "").lower()
        if not letter.isalnum():
            return
        options, count = self.query_one(OptionList), len(self._choices)
        start = (options.highlighted or 0) + 1
        for place in (place % count for place in range(start, start + count)):
            if self._choices[place].lower().lstrip(" .").startswith(letter):
                event.stop()
                options.highlighted = place
                return

    def on_mount(self) -> None:
        """On the first one."""
        self.query_one(OptionList).highlighted = 0

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(message.option_index)

    def action_close(self) -> None:
        """None of them."""
        self.dismiss(None)
