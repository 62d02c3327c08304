"""A call in progress: the board, one row of ours, and the last screen when it is over."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.timer import Timer

from bbsterm.errors import BbstermError, NoCarrierError
from bbsterm.screen.terminal import BellRang, ScreenEvent, Terminal, TitleChanged
from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
    TerminalReplaced,
)
from bbsterm.tui import keymap, modem, preferences
from bbsterm.tui.actions import Command, Place
from bbsterm.tui.bar_text import Bar, clock, ended_bar, keys_bar, question_bar, status_bar
from bbsterm.tui.bell import BellRope
from bbsterm.tui.clean import printable_text
from bbsterm.tui.contracts import Board, CallLike
from bbsterm.tui.geometry import FIT, Extent, Plan, StatusPlace, place_status, plan
from bbsterm.tui.key_modes import Answered, Base, KeyModes, Nothing, Opened, Run, Settled, ToBoard
from bbsterm.tui.pages.encoding_page import evidence
from bbsterm.tui.pages.past_actions import PastActions
from bbsterm.tui.paste import prepare
from bbsterm.tui.widgets.call_bar import CallBar
from bbsterm.tui.widgets.notice import Notice
from bbsterm.tui.widgets.terminal_view import TerminalView

__all__ = ["CallPage"]

_log: Final = logging.getLogger("bbsterm.tui")

MENU_DELAY: Final = 0.3
"""Seconds until the keys after ^] are shown: who knows them is not disturbed."""

DEAF_SECONDS: Final = 0.7
"""After the board has hung up, keys that were meant for it must not choose what happens next."""

HIDDEN_MARK: Final = "·"
"""In the last corner while the status row is put away."""

_LINKS: Final = {
    CallState.DIALING: "dialing",
    CallState.CONNECTED: "online",
    CallState.ENDED: "offline",
}


class CallPage(PastActions):
    """Dials a board and stays until the user leaves.

    Args:
        board: Whom to call.
        folder: Where screenshots and logs go.
    """

    AUTO_FOCUS = "#terminal"
    place = Place.CALL

    def __init__(self, board: Board, folder: Path) -> None:
        super().__init__()
        self._board = board
        self._folder = folder
        self._name_shown = printable_text(board.name, 40)
        self._status_row = preferences.current().app.status_row
        self._wanted_end = False
        self._call: CallLike | None = None
        self._terminal: Terminal | None = None
        self._ended: CallEnded | None = None
        self._ended_bar: Bar | None = None
        self._modes = KeyModes(alt=board.alt_keys)
        self._menu_timer: Timer | None = None
        self._on_yes: Callable[[], None] | None = None
        self._bell = BellRope()

    def compose(self) -> ComposeResult:
        """The board in the middle, a notice over it, our row below."""
        with Container(id="stage"):
            yield TerminalView(id="terminal")
            yield Notice(id="notice")
        yield CallBar(id="bar")

    def on_mount(self) -> None:
        """Dial at once."""
        self._view = self.query_one(TerminalView)
        self._notice = self.query_one(Notice)
        self._bar = self.query_one(CallBar)
        self.set_interval(1.0, self._refresh_status)
        self._dial()

    def on_screen_resume(self) -> None:
        """Shown first, or again: settings may have changed meanwhile."""
        self.query_one(TerminalView).set_motion(
            preferences.current().app.blink and self.app.animation_level != "none"
        )

    def on_unmount(self) -> None:
        """Nobody looks any more: leave no call behind."""
        if self._call is not None:
            self._call.hang_up()

    # --- the call -------------------------------------------------------------------------

    def _dial(self) -> None:
        """Say that we dial, and do it once that is painted: the first call has much to import."""
        size = self._planned()
        self._call = None
        self._ended, self._ended_bar, self._wanted_end = None, None, False
        self._modes.base = Base.DIALING
        self._view.show_cursor(False)
        self._notice.say(f"{modem.DIALING} {self._board.where}", ["", "Esc cancels"])
        self._bar.place(size.status)
        self._settle()
        if size.cramped:
            wanted = f"{size.screen.columns}x{size.screen.rows}"
            self._toast(f"This window is smaller than {wanted}: it follows the cursor.")
        self.call_after_refresh(lambda: self.run_worker(self._follow(size), name="call"))

    async def _follow(self, size: Plan) -> None:
        """Make a call and run it to its end. What is wrong with us must not take the screen away."""
        call: CallLike | None = None
        try:
            call = await self._board.dial(size, self._terminal)
            ended = await self._run_call(call)
        except BbstermError as error:
            ended = CallEnded(str(error), error, 0.0)
        except Exception as error:
            _log.exception("the call broke")
            problem = BbstermError(f"an error in bbsterm: {error!r}")
            ended = CallEnded(str(problem), problem, call.seconds if call else 0.0)
        if call is self._call and self.is_attached:
            self._end(ended)

    async def _run_call(self, call: CallLike) -> CallEnded:
        if self._wanted_end:  # Esc was faster
            return CallEnded("hung up", None, 0.0)
        self._call = call
        self._show_terminal(call.terminal)
        call.listen(lambda event: self._heard(call, event))
        self._refresh_status()
        return await call.run()

    def _heard(self, call: CallLike, event: CallEvent) -> None:
        if call is not self._call or not self.is_attached:
            return
        match event:
            case ScreenChanged():
                self._view.changed()
                if self._bar.is_passing:
                    self._dodge()
            case StateChanged(CallState.CONNECTED):
                self._connected()
            case ScreenNotice(notice):
                self._noticed(notice)
            case TerminalReplaced():
                self._show_terminal(call.terminal)
            case StatusChanged() | StateChanged() | CallEnded():
                self._refresh_status()

    def _show_terminal(self, terminal: Terminal) -> None:
        """It may have another size than the one before, or than was planned."""
        self._terminal = terminal
        self._view.show(terminal)
        self._past_follows(terminal)
        self._place_bar()

    def _connected(self) -> None:
        self._modes.base = Base.TYPING
        self._notice.clear()
        self._view.show_cursor(True)
        self._refresh_status()
        self._flash()

    def _noticed(self, notice: ScreenEvent) -> None:
        match notice:
            case BellRang():
                if self._bell.pull(time.monotonic()):
                    self.app.bell()
            case TitleChanged(title) if title.strip():
                self._name_shown = printable_text(title.strip(), 40)
                self._refresh_status()

    def _end(self, ended: CallEnded) -> None:
        """Keep the last screen; say why, and what can be done."""
        self._ended = ended
        self._view.show_cursor(False)
        commands, short = keymap.commands(Place.ENDED), ""
        if ended.seconds > 0:
            self._notice.clear()
            after = f"after {clock(ended.seconds)}."
            reason = f"{ended.reason[:1].upper()}{ended.reason[1:]} {after}"
            if isinstance(ended.error, NoCarrierError):
                short = f"{modem.NO_CARRIER} {after}"
                self._toast(printable_text(f"{reason} {ended.error.hint}"), bad=True)
        else:
            reason = self._explain(ended)
            commands = tuple(command for command in commands if command.action != "save_log")
        self._modes.base = Base.ENDED
        if ended.seconds > 0 and not self._wanted_end:
            self._modes.base = Base.DEAF
            self.set_timer(DEAF_SECONDS, self._listen_again)
        self._ended_bar = ended_bar(printable_text(reason, 120), commands, short=short)
        self._bar.place(StatusPlace.FIXED)
        self._view.resized()
        self._settle()

    def _explain(self, ended: CallEnded) -> str:
        """Say in the middle why nobody was reached; return it in a modem's word."""
        if ended.error is None:
            self._notice.say(modem.CANCELLED)
            return modem.CANCELLED
        word = modem.word_for(ended.error)
        lines = ["", printable_text(str(ended.error)), ended.error.hint]
        self._notice.say(word, [line for line in lines if line is not None], bad=True)
        return word

    def _listen_again(self) -> None:
        if self._modes.base is Base.DEAF:
            self._modes.base = Base.ENDED

    # --- our row --------------------------------------------------------------------------

    def _settle(self) -> None:
        """Close what is open; the row says again what it says when nothing is."""
        self._modes.close()
        self._on_yes = None
        if self._menu_timer is not None:
            self._menu_timer.stop()
        if self._ended_bar is not None:
            self._bar.pin(self._ended_bar)
        else:
            self._bar.unpin()
        self._refresh_status()

    def _refresh_status(self) -> None:
        call = self._call
        if call is None:
            bar = status_bar(name=self._name_shown)
        else:
            bar = status_bar(
                name=self._name_shown,
                seconds=call.seconds,
                protocol=call.protocol_label,
                encoding=call.terminal.encoding,
                evidence=evidence(call.terminal.encoding, call.verdict),
                size=f"{call.terminal.columns}x{call.terminal.rows}",
                chips=self._chips(),
                link=_LINKS[call.state],
            )
        self._bar.status(bar)

    def _flash(self) -> None:
        self._bar.flash()
        self._dodge()

    def _dodge(self) -> None:
        """An overlaid status row does not cover the line that is being typed."""
        row = self._view.cursor_row
        self._bar.dodge(row is not None and row >= self.size.height - 1)

    @on(CallBar.Shown)
    def _mark_corner(self, message: CallBar.Shown) -> None:
        self._view.mark_corner("" if message.shown else HIDDEN_MARK)

    @on(CallBar.Clicked)
    async def _clicked(self, message: CallBar.Clicked) -> None:
        await self.run_action(message.action)

    def _toast(self, text: str, *, bad: bool = False) -> None:
        """A word in the corner that the cursor is not in."""
        row = self._view.cursor_row or 0
        self.set_class(row >= self.size.height // 2, "-toasts-high")
        self.app.notify(text, severity="error" if bad else "information", markup=False)

    def _ask(self, question: str, on_yes: Callable[[], None]) -> None:
        self._modes.ask()
        self._on_yes = on_yes
        self._bar.pin(question_bar(question, [("y", "Yes"), ("n", "No")]))

    # --- size -----------------------------------------------------------------------------

    def on_resize(self) -> None:
        """A screen that fits the window goes with it; any other keeps its size behind the window."""
        if self._call is not None and self._board.wish is FIT and self._ended is None:
            self._call.resize(*self._planned().screen)
        self._place_bar()

    def _planned(self) -> Plan:
        """What a call would get in this window now."""
        return plan(Extent(*self.app.size), self._board.wish, status_row=self._status_row)

    def _place_bar(self) -> None:
        if self._call is None:
            return
        window = Extent(*self.app.size)
        place = place_status(window, self._view.screen_extent, status_row=self._status_row)
        self._bar.place(StatusPlace.FIXED if self._ended else place)
        self._view.resized()

    # --- keys and mouse -------------------------------------------------------------------

    @on(TerminalView.KeyPressed)
    def _pressed(self, message: TerminalView.KeyPressed) -> None:
        self._view.unmark()
        match self._modes.press(message.key, message.character):
            case ToBoard(key, character):
                if self._call is not None:
                    self._call.press(key, character)
            case Opened(place):
                self._opened(place)
            case Run(command):
                self._settle()
                self._run(command)
            case Answered(yes):
                self.action_answer("y" if yes else "n")
            case Settled():
                self._settle()
            case Nothing():
                pass

    def _run(self, command: Command | None) -> None:
        if command is None:
            return
        if command.more is not None:
            self._opened(self._modes.open(command.more).place)
        else:
            self.call_next(self.run_action, command.action)

    def _opened(self, place: Place) -> None:
        """Show the keys, after ^] only if the next one does not come at once."""
        if place is Place.CALL:
            self._flash()
            self._menu_timer = self.set_timer(MENU_DELAY, lambda: self._show_keys(place))
        else:
            self._show_keys(place)

    def _show_keys(self, place: Place) -> None:
        self._bar.pin(keys_bar(keymap.commands(place), title=place.value.rpartition("after ")[2]))

    def action_open_menu(self) -> None:
        """The mouse's way to ^]: shown at once."""
        self._show_keys(self._modes.open().place)

    def action_answer(self, key: str) -> None:
        """A question was answered, by key or by mouse."""
        on_yes = self._on_yes
        self._settle()
        if key == "y" and on_yes is not None:
            on_yes()

    @on(TerminalView.Pasted)
    def _pasted(self, message: TerminalView.Pasted) -> None:
        call, paste = self._call, prepare(message.text)
        if call is None or self._modes.base is not Base.TYPING or not paste.text:
            return
        if not paste.needs_asking(preferences.current().app.confirm_paste):
            call.paste(paste.text)
            return
        count = f"{paste.lines} lines, {len(paste.text)} characters"
        self._ask(f"Send the board {count}?", lambda: call.paste(paste.text))
