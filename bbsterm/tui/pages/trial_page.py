"""What a trial of a macro came to: which prompt was found when, what was typed, and the last screen."""

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
from bbsterm.tui.clean import printable_text
from bbsterm.tui.keymap import bindings
from bbsterm.tui.macro_trial import Trial
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["TrialPage"]


class TrialPage(Screen[None]):
    """An account, line by line."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.TRIALS)]
    place = Place.TRIALS

    def __init__(self, trial: Trial) -> None:
        """`trial` is what there is to tell."""
        super().__init__()
        self._trial = trial

    def compose(self) -> ComposeResult:
        """What happened above, the screen below."""
        trial = self._trial
        result = "It works" if trial.good else "It does not come to its end"
        yield Static(Content(f" {result} on {printable_text(trial.title, 60)}"), id="form-head")
        with VerticalScroll(id="failed"):
            lines = [f"{_clock(at):>8}  {printable_text(text, 120)}" for at, text in trial.lines]
            yield Static(Content("\n".join(lines) or "Nothing happened."), id="failed-why")
            rows = [printable_text(row.rstrip(), 132) if row.strip() else "" for row in trial.screen]
            while rows and not rows[-1]:
                rows.pop()
            yield Static(Content("\n".join(rows) or "(empty)"), id="failed-screen")
        yield BottomBar(keys_bar(keymap.commands(Place.TRIALS), title="", back=False), id="bar")

    def on_mount(self) -> None:
        """The frame of the picture."""
        self.query_one("#failed-screen").border_title = "The last screen"

    def action_close(self) -> None:
        """Back to the macro."""
        self.dismiss(None)

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage  # here: few ask

        self.app.push_screen(HelpPage(first=self.place))

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(max(seconds, 0.0), 60)
    return f"{int(minutes)}:{rest:04.1f}"
