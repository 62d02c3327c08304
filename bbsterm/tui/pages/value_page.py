"""One setting, to be given another value: a list of choices, or a line to type, checked while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from bbsterm.config import Setting

__all__ = ["ChoicePage", "ValuePage"]


class ChoicePage(ModalScreen[str | None]):
    """Dismissed with the choice, None for none.

    Args:
        title: What is chosen.
        choices: The words.
        now: The one that holds.
        preview: Told of every choice that is walked over; and of `now` again if none is taken.
    """

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(
        self,
        title: str,
        choices: Sequence[str],
        now: str,
        preview: Callable[[str], None] = lambda choice: None,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._now = now
        self._preview = preview

    def compose(self) -> ComposeResult:
        """A list in a frame, on the choice that holds."""
        with Container() as frame:
            frame.border_title = self._title
            frame.border_subtitle = "Enter chooses, Esc closes"
            options = OptionList(
                *(Option(f" {'*' if choice == self._now else ' '} {choice}") for choice in self._choices),
                markup=False,
            )
            options.highlighted = self._choices.index(self._now) if self._now in self._choices else 0
            yield options

    @on(OptionList.OptionHighlighted)
    def _walked(self, message: OptionList.OptionHighlighted) -> None:
        self._preview(self._choices[message.option_index])

    @on(OptionList.OptionSelected)
    def _chosen(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[message.option_index])

    def action_close(self) -> None:
        """All stays as it was."""
        self._preview(self._now)
        self.dismiss(None)


class ValuePage(ModalScreen[Any]):
    """Dismissed with the new value, None for none.

    Args:
        setting: Which.
        text: Its value now, as it is typed.
    """

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(self, setting: Setting, text: str) -> None:
        super().__init__()
        self._setting = setting
        self._text = text

    def compose(self) -> ComposeResult:
        """A line, and under it what may stand there or what is wrong with it."""
        with Container() as frame:
            frame.border_title = self._setting.name
            frame.border_subtitle = "Enter saves, Esc closes"
            yield Input(self._text, placeholder=self._setting.kind.allowed)
            yield Static(self._setting.kind.allowed, classes="about", markup=False)

    def _read(self) -> Any:
        kind = self._setting.kind
        value = kind.from_text(self.query_one(Input).value.strip())
        kind.check(value)
        return value

    @on(Input.Changed)
    def _typed(self) -> None:
        about = self.query_one(Static)
        try:
            self._read()
        except ValueError as error:
            about.update(f"It {error}.")
            about.set_class(True, "-bad")
        else:
            about.update(self._setting.kind.allowed)
            about.set_class(False, "-bad")

    @on(Input.Submitted)
    def _entered(self) -> None:
        try:
            value = self._read()
        except ValueError:
            return
        self.dismiss(value)

    def action_close(self) -> None:
        """All stays as it was."""
        self.dismiss(None)
