"""What `bbsterm doctor` says, on a page."""

from __future__ import annotations

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from bbsterm.config import Paths
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.doctor import BAD, GOOD, NOTE, Finding, examine
from bbsterm.tui.host_answers import Answers
from bbsterm.tui.keymap import bindings
from bbsterm.tui.widgets.bottom_bar import BottomBar

__all__ = ["DoctorPage"]

_LOOKS: Final = {GOOD: "$success", NOTE: "$warning", BAD: "bold $error"}


class DoctorPage(Screen[None]):
    """A finding a line. The terminal itself is not asked: it is busy showing this."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.PAGE)]
    place = Place.PAGE

    def __init__(self, paths: Paths | None = None) -> None:
        """`paths` is where files are; the platform's places if None."""
        super().__init__()
        self._paths = paths

    def compose(self) -> ComposeResult:
        """The findings, and how to leave them."""
        with VerticalScroll(id="help"):
            yield Static(_text(examine(ask=Answers, paths=self._paths)))
        yield BottomBar(keys_bar(keymap.commands(Place.PAGE), title="bbsterm doctor", back=False), id="bar")

    def action_close(self) -> None:
        """Back to where it was asked for."""
        self.dismiss()

    def action_palette(self) -> None:
        """Commands, themes, settings."""
        self.app.action_command_palette()

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage  # here: few ask

        self.app.push_screen(HelpPage(first=Place.PAGE))

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)


def _text(findings: list[Finding]) -> Content:
    pieces: list[tuple[str, str]] = []
    for finding in findings:
        pieces.append((f"{finding.state:<5}", _LOOKS[finding.state]))
        pieces.append((f"{finding.topic:<20}", "bold"))
        pieces.append((f"{finding.text}\n", ""))
        if finding.advice:
            pieces.append((f"{'':<25}{finding.advice}\n", "$text-muted"))
    return Content.assemble(*pieces)
