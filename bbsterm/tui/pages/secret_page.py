"""A password or a passphrase, asked for: dots in a box, and nothing of it anywhere else."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from bbsterm.limits import MAX_SECRET
from bbsterm.secret import Secret
from bbsterm.tui.clean import printable_text

__all__ = ["SecretPage"]


class SecretPage(ModalScreen[Secret | None]):
    """Dismissed with what was typed, None for nothing.

    Args:
        prompt: What is asked for.
        problem: Why it is asked again; empty the first time.
        twice: Whether it must be typed twice: a new one, which nobody could correct later.
    """

    BINDINGS = [Binding("escape", "close", "Close", show=False)]
    DEFAULT_CLASSES = "picker"

    def __init__(self, prompt: str, problem: str = "", *, twice: bool = False) -> None:
        super().__init__()
        self._prompt = prompt
        self._problem = problem
        self._twice = twice
        self._first: Secret | None = None

    def compose(self) -> ComposeResult:
        """The question in the frame, the box inside, and what is wrong below."""
        with Container() as frame:
            frame.border_title = Content(printable_text(self._prompt, 64))
            frame.border_subtitle = "Enter goes on, Esc closes"
            yield Input(password=True, max_length=MAX_SECRET)
            yield Static(Content(printable_text(self._problem, 200)), classes="about")

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        typed = Secret(message.value)
        message.input.clear()
        if not typed:
            self._say("Nothing was typed. Esc closes.")
        elif not self._twice:
            self.dismiss(typed)
        elif self._first is None:
            self._first = typed
            self._say("Once more, to be sure.")
        elif self._first.reveal() == typed.reveal():
            self.dismiss(typed)
        else:
            self._first = None
            self._say("Those were two different ones. Type it anew.")

    def _say(self, text: str) -> None:
        self.query_one(".about", Static).update(text)

    def action_close(self) -> None:
        """Nothing is typed."""
        self.dismiss(None)
