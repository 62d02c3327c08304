"""A question that is answered on purpose: what is going to happen stands there in full."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

__all__ = ["ConfirmPage"]


class ConfirmPage(ModalScreen[bool]):
    """Dismissed with whether the answer was yes.

    Args:
        question: What is asked.
        subject: What it is about, shown whole and as it is, never as markup.
        yes: What Enter does.
    """

    BINDINGS = [
        Binding("enter,y", "answer(True)", show=False),
        Binding("escape,n,q", "answer(False)", show=False),
    ]
    DEFAULT_CLASSES = "picker"

    def __init__(self, question: str, subject: str, *, yes: str = "opens it") -> None:
        super().__init__()
        self._question = question
        self._subject = subject
        self._yes = yes

    def compose(self) -> ComposeResult:
        """The question in the frame, the subject inside."""
        with Container() as frame:
            frame.border_title = Content(self._question)
            frame.border_subtitle = f"Enter {self._yes}, Esc does not"
            yield Static(Content(self._subject), classes="subject")

    def action_answer(self, yes: bool) -> None:
        """Yes or no."""
        self.dismiss(yes)
