"""Whom to call: an address typed into the box, the demo board, or somebody called before."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Label, Static

from bbsterm.errors import UsageError
from bbsterm.net.address import parse_address
from bbsterm.tui import keymap
from bbsterm.tui.actions import Place
from bbsterm.tui.bar_text import keys_bar
from bbsterm.tui.dial_choices import Choice, Demo, Typed, choices, describe, row_of
from bbsterm.tui.keymap import bindings
from bbsterm.tui.messages import CallRequested, DemoRequested
from bbsterm.tui.widgets.bottom_bar import BottomBar
from bbsterm.tui.widgets.call_list import CallList

if TYPE_CHECKING:
    from bbsterm.session.recent import RecentCall

__all__ = ["DialerPage"]


class DialerPage(Screen[None]):
    """A box, a list, a row of keys.

    Args:
        recents: Who was called, latest first; asked whenever the page is shown.
        now: Seconds since 1970, for "2d ago".
    """

    AUTO_FOCUS = "CallList"
    place = Place.DIALER
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Place.DIALER)]

    def __init__(
        self, recents: Callable[[], Sequence[RecentCall]], now: Callable[[], float] = time.time
    ) -> None:
        super().__init__()
        self._recents = recents
        self._now = now
        self._known: Sequence[RecentCall] = ()
        self._choices: list[Choice] = []
        self._offered = ""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        with Horizontal(id="find"):
            yield Label("bbsterm")
            yield Input(placeholder="/ to type an address: HOST, HOST:PORT, telnets://HOST", id="address")
        yield CallList(id="list")
        yield Static("", id="about", markup=False)
        yield BottomBar(keys_bar(keymap.commands(Place.DIALER), title="", back=False), id="bar")

    def on_mount(self) -> None:
        """Know the parts by name."""
        self._input = self.query_one(Input)
        self._list = self.query_one(CallList)
        self._about = self.query_one("#about", Static)

    def on_screen_resume(self) -> None:
        """A call has ended, perhaps: it is the latest now, and the box is free for the next address."""
        self._known = self._recents()
        self._input.value = ""
        self.set_focus(self._list)
        self._offer()

    # --- the box and the list ---------------------------------------------------------

    def _offer(self) -> None:
        self._offered = self._input.value
        self._choices = choices(self._offered, self._known)
        now = self._now()
        self._list.show([row_of(choice, now) for choice in self._choices])

    @property
    def _choice(self) -> Choice | None:
        index = self._list.index
        return None if index is None else self._choices[index]

    @on(Input.Changed)
    def _typed(self) -> None:
        if self._input.value != self._offered:
            self._offer()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self._typed()  # Enter may overtake the news of the last letters
        self.action_call()

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
            self.set_focus(self._list)

    # --- actions ------------------------------------------------------------------------

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
            case recent:
                self.post_message(CallRequested(recent))

    def _call_address(self, text: str) -> None:
        try:
            address = parse_address(text)
        except UsageError as error:
            self._say(f"{error}. {error.hint}", bad=True)
        else:
            self.post_message(CallRequested(address))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the box a slash is a slash."""
        return not (action == "find" and self._input.has_focus)

    def action_find(self) -> None:
        """Into the box."""
        self.set_focus(self._input)  # now: `focus()` would wait for the next message

    def action_help(self) -> None:
        """The help page."""
        from bbsterm.tui.pages.help_page import HelpPage  # here: the first page does not wait for it

        self.app.push_screen(HelpPage())

    def action_palette(self) -> None:
        """Textual's palette: themes and commands."""
        self.app.action_command_palette()

    def action_settings(self) -> None:
        """The settings page."""
        self.call_next(self.app.run_action, "app.settings")

    def action_leave(self) -> None:
        """Out of the application."""
        self.app.exit(0)

    @on(BottomBar.Clicked)
    async def _clicked(self, message: BottomBar.Clicked) -> None:
        await self.run_action(message.action)
