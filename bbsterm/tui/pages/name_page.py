"""A line to type, checked while it is typed: a macro's name, a recording's path."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from bbsterm.tui.clean import printable_text

__all__ = ["NamePage"]


class NamePage(ModalScreen[str | None]):
    """Dismissed with what was typed, None for nothing.

    Args:
        title: What it is.
        text: What it begins with.
        check: Why it cannot be taken; empty if it can.
        about: What may stand there.
    """

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        check: Callable[[str], str] = lambda text: "",
        about: str = "",
    ) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self._check = check
        self._help = about

    def compose(self) -> ComposeResult:
        """A line, and under it what may stand there or what is wrong with it."""
        with Container() as frame:
            frame.border_title = Content(self._heading)
            frame.border_subtitle = "Enter goes on, Esc closes"
            yield Input(self._text)
            yield Static(Content(self._help), classes="about")

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        problem = self._check(message.value.strip()) if message.value.strip() else ""
        about = self.query_one(".about", Static)
        about.update(Content(printable_text(problem or self._help, 200)))
        about.set_class(bool(problem), "-bad")

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        text = message.value.strip()
        if text and not self._check(text):
            self.dismiss(text)

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss(None)
