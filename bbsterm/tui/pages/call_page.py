"""A call in progress: the board, one row of ours, and the last screen when it is over."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.timer import Timer

from bbsterm.errors import BbstermError, NoCarrierError
from bbsterm.screen.terminal import (
    BellRang,
    ModesChanged,
    MusicPlayed,
    ScreenEvent,
    Terminal,
    TitleChanged,
)
from bbsterm.session.events import (
    CallEnded,
    CallEvent,
    CallState,
    ScreenChanged,
    ScreenNotice,
    StateChanged,
    StatusChanged,
    TerminalReplaced,
    Trying,
    VitalsChanged,
)
from bbsterm.tui import keymap, modem, preferences
from bbsterm.tui.actions import Command, Place
from bbsterm.tui.bar_text import Bar, Chip, TabMark, clock, ended_bar
from bbsterm.tui.bell import BellRope
from bbsterm.tui.clean import printable_text
from bbsterm.tui.contracts import Board, CallLike
from bbsterm.tui.geometry import FIT, Extent, Plan, StatusPlace, place_status, plan
from bbsterm.tui.key_modes import (
    Answered,
    Base,
    Cancelled,
    KeyModes,
    Nothing,
    Opened,
    Run,
    Settled,
    ToBoard,
)
from bbsterm.tui.pages.macro_actions import BY_A_KEY, MacroActions
from bbsterm.tui.paste import prepare
from bbsterm.tui.widgets.call_bar import CallBar
from bbsterm.tui.widgets.notice import Notice
from bbsterm.tui.widgets.terminal_view import TerminalView

if TYPE_CHECKING:
    from bbsterm.session.capture import Capture
    from bbsterm.session.redial import Redial

__all__ = ["CallPage"]

_log: Final = logging.getLogger("bbsterm.tui")

_AWAY: Final = frozenset({"scrollback", "search", "directory"})
"""Commands after which keys are for something else, which takes a few milliseconds to open."""

AWAY_SECONDS: Final = 0.5
"""What has not opened by then does not."""

DEAF_SECONDS: Final = 0.7
"""After the board has hung up, keys that were meant for it must not choose what happens next."""


class CallPage(MacroActions):
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
        self._answers: Mapping[str, Callable[[], None]] = {}
        self._bell = BellRope()
        self._music = board.music
        self._redial: Redial | None = None
        self._captures: dict[str, Capture] = {}
        self._said: dict[str, Chip] = {}
        self._tabs: Sequence[TabMark] = ()
        self._tried: list[str] = []
        self._label_shown = ""
        self._kept: list[TerminalView.KeyPressed] | None = None

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
        self._ready = True
        self.set_interval(1.0, self._refresh_status)
        self._dial()

    def on_screen_resume(self) -> None:
        """Shown first, or again: settings may have changed meanwhile."""
        self.query_one(TerminalView).set_motion(
            preferences.current().app.blink and self.app.animation_level != "none"
        )

    def on_unmount(self) -> None:
        """Nobody looks any more: leave no call behind."""
        self._stop_counting()
        self._stop_running("")
        if self._call is not None:
            self._call.hang_up()
        self._close_captures()

    # --- the call -------------------------------------------------------------------------

    def _dial(self) -> None:
        """Say that we dial, and do it once that is painted: the first call has much to import."""
        size = self._planned()
        self._call, self._tried, self._vitals = None, [], ()
        self._stop_counting()
        self._ended, self._ended_bar, self._wanted_end = None, None, False
        self._modes.base = Base.DIALING
        self._view.show_cursor(False)
        self._say_dialing()
        self._bar.place(size.status)
        self._settle()
        if size.cramped and self._terminal is None:  # once is enough
            wanted = f"{size.screen.columns}x{size.screen.rows}"
            self._toast(f"This window is smaller than {wanted}: it follows the cursor.")
        self.call_after_refresh(lambda: self.run_worker(self._follow(size), name="call"))

    def _say_dialing(self) -> None:
        lines = [f"trying {self._tried[-1]}" if self._tried else ""]
        if len(self._tried) > 1:
            lines.insert(0, f"no answer from {', '.join(self._tried[-4:-1])}")
        if self._redial is not None and self._redial.made:
            lines.append(f"try {self._redial.made} of {self._redial.attempts}")
        self._notice.say(f"{modem.DIALING} {self._board.where}", [*lines, "Esc cancels"])

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
        self._move_captures()
        call.listen(lambda event: self._heard(call, event))
        self._refresh_status()
        return await call.run()

    def _heard(self, call: CallLike, event: CallEvent) -> None:
        if call is not self._call or not self.is_attached:
            return
        match event:
            case ScreenChanged() if not self.is_current:
                if call.state is CallState.CONNECTED:
                    self._news()
            case ScreenChanged(more):
                self._view.changed(more=more)
                if self._bar.is_passing:
                    self._dodge()
            case Trying(where) if where not in self._board.where:
                self._tried.append(where)
                self._say_dialing()
            case StateChanged(CallState.CONNECTED):
                self._connected()
            case ScreenNotice(notice):
                self._noticed(notice)
            case TerminalReplaced(announced):
                self._show_terminal(call.terminal)
                if announced:
                    self._toast(f"The board is told that we are {announced} now.")
            case VitalsChanged(vitals):
                self._vitals = vitals
                self._refresh_status()
            case StatusChanged():
                if call.protocol_label != self._label_shown:  # TLS is up, or a recording was paused
                    self._label_shown = call.protocol_label
                    self._flash()
                self._refresh_status()
            case StateChanged() | CallEnded() | Trying():
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
        if self._redial is not None and self._redial.made:
            self.app.bell()  # whoever went for a coffee comes back
        self._redial = None
        self._view.show_cursor(True)
        self._refresh_status()
        self._flash()
        if self._call is not None:
            self._label_shown = self._call.protocol_label
            self._macros_begin(self._call)

    def _noticed(self, notice: ScreenEvent) -> None:
        match notice:
            case BellRang():
                if self._bell.pull(time.monotonic()):
                    self.app.bell()
                self._news(rang=True)
            case TitleChanged(title) if title.strip():
                self._name_shown = printable_text(title.strip(), 40)
                self._refresh_status()
            case MusicPlayed():
                self._tune(notice)
            case ModesChanged() if self._terminal is not None:
                # A door in doorway mode wants Alt and a letter for itself.
                self._modes.alt = self._board.alt_keys and not getattr(self._terminal, "doorway", False)

    def _end(self, ended: CallEnded) -> None:
        """Keep the last screen; say why, and what can be done."""
        self._view.show_cursor(False)
        self._macros_end()
        if ended.seconds > 0:
            self._hung_up(ended)
        elif self._wanted_end or not self._tries_again(ended.error):
            self._give_up(ended.error)
        else:
            self._settle()
        self._news()

    def _hung_up(self, ended: CallEnded) -> None:
        """The line was open, and is not any more."""
        self._notice.clear()
        after = f"after {clock(ended.seconds)}."
        reason, short = f"{ended.reason[:1].upper()}{ended.reason[1:]} {after}", ""
        if isinstance(ended.error, NoCarrierError):
            short = f"{modem.NO_CARRIER} {after}"
            self._toast(printable_text(f"{reason} {ended.error.hint}"), bad=True)
        elif not self.is_current:
            self._toast(printable_text(f"{self._name_shown}: {reason}"))
        self._offer(ended, keymap.commands(Place.ENDED), reason, short)
        if not self._wanted_end:
            self._modes.base = Base.DEAF
            self.set_timer(DEAF_SECONDS, self._listen_again)

    def _give_up(self, error: BbstermError | None) -> None:
        """Nobody was reached: say in the middle why, in a modem's word and in plain ones."""
        if error is None:
            reason = modem.CANCELLED
            self._notice.say(reason)
        else:
            reason = modem.word_for(error)
            hint = _in_a_block(
                [printable_text(line, 200) for line in error.hint.splitlines()], self.size.width - 10
            )
            self._notice.say(reason, ["", printable_text(str(error)), *hint], bad=True)
            self._ask_to_trust(error)
        commands = (c for c in keymap.commands(Place.ENDED) if c.action != "save_log")
        self._offer(CallEnded(reason, error, 0.0), tuple(commands), reason)

    def _offer(self, ended: CallEnded, commands: Sequence[Command], reason: str, short: str = "") -> None:
        """What can be done now."""
        self._ended = ended
        self._modes.base = Base.ENDED
        self._ended_bar = ended_bar(printable_text(reason, 120), commands, short=short)
        self._bar.place(StatusPlace.FIXED)
        self._view.resized()
        self._settle()

    def _listen_again(self) -> None:
        if self._modes.base is Base.DEAF:
            self._modes.base = Base.ENDED

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
        if self._kept is not None:
            self._kept.append(message)
            return
        self._view.unmark()
        match self._modes.press(message.key, message.character):
            case ToBoard(key, character):
                self._to_board(key, character)
            case Opened(place):
                self._opened(place)
            case Run(command, key):
                self._settle()
                if command.action in _AWAY:
                    self._kept = []
                    self.set_timer(AWAY_SECONDS, self._pass_keys_on)
                self._run(command, key)
            case Cancelled():
                self._stop_redial()
            case Answered(yes, answer):
                self.action_answer(answer or ("y" if yes else ""))
            case Settled():
                self._settle()
            case Nothing():
                pass

    @on(events.DescendantBlur)
    @on(events.ScreenSuspend)
    def _gone_away(self) -> None:
        self._view.call_later(self.call_later, self._pass_keys_on)  # behind those that are on their way

    def _pass_keys_on(self) -> None:
        """Keys that were typed while something opened are for what has opened."""
        kept, self._kept = self._kept, None
        if kept:
            self.app.call_later(_type_again, self.app, kept)

    @on(TerminalView.Pasted)
    def _pasted(self, message: TerminalView.Pasted) -> None:
        call, paste = self._call, prepare(message.text)
        if call is None or self._modes.base is not Base.TYPING or not paste.text:
            return
        if not paste.needs_asking(preferences.current().app.confirm_paste):
            self._paste(call, paste.text)
            return
        count = f"{paste.lines} lines, {len(paste.text)} characters"
        self._ask(f"Send the board {count}?", lambda: self._paste(call, paste.text))

    def _paste(self, call: CallLike, text: str) -> None:
        self._stop_running(BY_A_KEY)
        self._learn_paste(call, text)
        self._tell_lacking(call, text)
        call.paste(text)


def _type_again(app: App[object], keys: Sequence[TerminalView.KeyPressed]) -> None:
    """Called by the application itself: a key goes up from the focus to who has made it, and no farther."""
    for message in keys:
        app.post_message(events.Key(message.key, message.character))


def _in_a_block(lines: list[str], room: int) -> list[str]:
    """A table keeps its left edge where all else stands in the middle; two sentences do not need it."""
    if len(lines) < 3:
        return lines
    width = min(max(map(len, lines)), room)
    return [line.ljust(width, "\N{NO-BREAK SPACE}") for line in lines]
