"""A macro has failed: which step, what it waited for, and what the screen showed at that moment."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from bbsterm.macros import Failed
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.clean import printable_text
from bbsterm.tui.keymap import bindings
from bbsterm.tui.runner import Job
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["FailedPage"]


class FailedPage(Screen[str | None]):
    """Dismissed with "edit" or "again", None for neither.

    Args:
        job: What failed.
        failed: How.
        picture: Where the screen was saved; None if it was not.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.FAILED)]
    place = Place.FAILED

    def __init__(self, job: Job, failed: Failed, picture: Path | None) -> None:
        super().__init__()
        self._job = job
        self._failed = failed
        self._picture = picture

    def compose(self) -> ComposeResult:
        """What happened above, the screen below."""
        failed = self._failed
        title = printable_text(self._job.title, 40)
        yield Static(Content(f" {title} failed at step {failed.step} of {failed.steps}"), id="form-head")
        with VerticalScroll(id="failed"):
            yield Static(Content(self._account()), id="failed-why")
            yield Static(Content(_screen(failed.lines)), id="failed-screen")
        commands = [c for c in keymap.commands(Place.FAILED) if self.check_action(c.action, ())]
        yield BottomBar(keys_bar(commands, title="", back=False), id="bar")

    def on_mount(self) -> None:
        """The frame of the picture."""
        self.query_one("#failed-screen").border_title = "The screen at that moment"

    def _account(self) -> str:
        failed = self._failed
        reason = printable_text(failed.reason, 300)
        lines = [f"{reason[:1].upper()}{reason[1:]}."]
        source, line = failed.source
        if source and line:
            lines.append(f"{source}, line {line}")
        if self._picture is not None:
            lines.append(f"Picture: {self._picture}")
        return "\n".join(lines)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The built-in login has no file to edit; without a picture there is none to open."""
        if action == "edit":
            return self._job.path is not None
        return action != "open_picture" or self._picture is not None

    def action_edit(self) -> None:
        """To the editor."""
        self.dismiss("edit")

    def action_again(self) -> None:
        """Run it once more."""
        self.dismiss("again")

    def action_open_picture(self) -> None:
        """Show the picture in the program for it."""
        from bbsterm.tui.desktop import open_path  # here: few do

        if self._picture is not None and not open_path(self._picture):
            self.app.notify(f"Nothing here opens pictures. It is {self._picture}", severity="error")

    def action_close(self) -> None:
        """Back to the call."""
        self.dismiss(None)

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)


def _screen(lines: tuple[str, ...]) -> str:
    """The rows, without empty ones at the end."""
    shown = [printable_text(line.rstrip(), 132) if line.strip() else "" for line in lines]
    while shown and not shown[-1]:
        shown.pop()
    return "\n".join(shown) or "(empty)"
