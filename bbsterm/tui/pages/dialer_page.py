"""Whom to call: an address typed into the box, the demo board, or somebody called before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from bbsterm.errors import UsageError
from bbsterm.net.address import parse_address
from bbsterm.tui.actions import COMMANDS, Place, bindings
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.contracts import Recent
from bbsterm.tui.dial_choices import Choice, Demo, Typed, choices, describe, row_of
from bbsterm.tui.messages import CallRequested, DemoRequested
from bbsterm.tui.pages.help_page import HelpPage
from bbsterm.tui.widgets.bottom_bar import BottomBar
from bbsterm.tui.widgets.call_list import CallList

__all__ = ["DialerPage"]


class DialerPage(Screen[None]):
    """A box, a list, a row of keys.

    Args:
        recents: Who was called, latest first; asked whenever the page is shown.
        now: The time, for "2d ago".
    """

    AUTO_FOCUS = "CallList"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.DIALER)]

    def __init__(
        self, recents: Callable[[], Sequence[Recent]], now: Callable[[], datetime] = datetime.now
    ) -> None:
        super().__init__()
        self._recents = recents
        self._now = now
        self._known: Sequence[Recent] = ()
        self._choices: list[Choice] = []

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal(id="find"):
            yield Label("bbsterm")
            yield Input(placeholder="/ to type an address: HOST, HOST:PORT, telnets://HOST", id="address")
        yield CallList(id="list")
        yield Static("", id="about", markup=False)
        yield BottomBar(keys_bar(COMMANDS[Place.DIALER], title="", back=False), id="bar")

    def on_mount(self) -> None:
        """Know the parts by name."""
        self._input = self.query_one(Input)
        self._list = self.query_one(CallList)
        self._about = self.query_one("#about", Static)

    def on_screen_resume(self) -> None:
        """A call has ended, perhaps: it is the latest now."""
        self._known = self._recents()
        self._offer()

    # --- the box and the list ---------------------------------------------------------

    def _offer(self) -> None:
        self._choices = choices(self._input.value, self._known)
        now = self._now()
        self._list.show([row_of(choice, now) for choice in self._choices])

    @property
    def _choice(self) -> Choice | None:
        index = self._list.index
        return None if index is None else self._choices[index]

    @on(Input.Changed)
    def _typed(self) -> None:
        self._offer()

    @on(CallList.Moved)
    def _moved(self) -> None:
        self._say(describe(self._choice))

    def _say(self, text: str, *, bad: bool = False) -> None:
        self._about.update(text)
        self._about.set_class(bad, "-bad")

    def on_key(self, event: events.Key) -> None:
        """In the box, up and down move the list, and Esc leaves it."""
        if not self._input.has_focus:
            return
        if event.key in ("up", "down"):
            event.stop()
            self._list.action_move(-1 if event.key == "up" else 1)
        elif event.key == "escape":
            event.stop()
            self._input.value = ""
            self._list.focus()

    # --- actions ------------------------------------------------------------------------

    @on(Input.Submitted)
    @on(CallList.Chosen)
    def action_call(self) -> None:
        """Dial what is chosen."""
        match self._choice:
            case None:
                return
            case Demo():
                self.post_message(DemoRequested())
            case Typed(text):
                self._call_address(text)
            case Recent() as recent:
                self.post_message(CallRequested(recent))

    def _call_address(self, text: str) -> None:
        try:
            address = parse_address(text)
        except UsageError as error:
            self._say(f"{error}. {error.hint}", bad=True)
        else:
            self.post_message(CallRequested(address))

    def action_find(self) -> None:
        """To the box."""
        self._input.focus()

    def action_help(self) -> None:
        """The help page."""
        self.app.push_screen(HelpPage())

    def action_palette(self) -> None:
        """Textual's palette: themes and commands."""
        self.app.action_command_palette()

    def action_leave(self) -> None:
        """Out of the application."""
        self.app.exit(0)

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)
