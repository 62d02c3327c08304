"""The row of a call page: the status by priority, what else is going on, keys, questions, toasts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from textual import on
from textual.timer import Timer

from bbsterm.session.events import CallState, Vital
from bbsterm.tui import keymap
from bbsterm.tui.actions import Command, Place
from bbsterm.tui.bar_text import Bar, Chip, TabMark, chip_of, keys_bar, question_bar, status_bar, with_tabs
from bbsterm.tui.pages.call_actions import CallActions
from bbsterm.tui.pages.encoding_page import evidence
from bbsterm.tui.widgets.call_bar import CallBar

__all__ = ["HIDDEN_MARK", "MENU_DELAY", "QUIET_SHOWN", "CallRow"]

MENU_DELAY: Final = 0.3
"""Seconds until the keys after ^] are shown: who knows them is not disturbed."""

QUIET_SHOWN: Final = 120.0
"""Seconds of silence from which on the row says so: a line that hangs looks like a board that waits."""

HIDDEN_MARK: Final = "·"
"""In the last corner while the status row is put away."""

_CONNECT_SHOWN: Final = 3.0  # s that the row says CONNECT, in a modem's words
_ENOUGH_QUESTIONS: Final = 2  # unanswered: now it is not just a slow board

_LINKS: Final = {
    CallState.DIALING: "dialing",
    CallState.CONNECTED: "online",
    CallState.ENDED: "offline",
}


class CallRow(CallActions):
    """The part of a call page that talks to its user."""

    _bar: CallBar
    _name_shown: str
    _ended_bar: Bar | None
    _menu_timer: Timer | None
    _answers: Mapping[str, Callable[[], None]]
    _otherwise: Callable[[], None] | None = None
    _said: dict[str, Chip]
    _tabs: Sequence[TabMark]
    _vitals: Sequence[Vital] = ()
    _ready = False
    """Whether the page has its parts."""

    # --- what others may say ----------------------------------------------------------------

    def set_chip(self, name: str, text: str | None = "", *, bad: bool = False) -> None:
        """Say in the status row that something is going on.

        Args:
            name: In capitals: "MACRO", "XFER". It stays where there is little room.
            text: More about it, such as "2/5 waiting for login:"; None takes the chip away.
            bad: Whether it is drawn as trouble is.
        """
        if text is None:
            self._said.pop(name, None)
        else:
            self._said[name] = chip_of(name, text, bad=bad)
        self._refresh_status()

    def show_tabs(self, tabs: Sequence[TabMark]) -> None:
        """These calls are open, this page's among them."""
        if tuple(tabs) != tuple(self._tabs):
            self._tabs = tuple(tabs)
            if self._ready:
                self._refresh_status()
            if self._ended_bar is not None and not self._modes.is_open:
                self._bar.pin(with_tabs(self._ended_bar, self._tabs))

    # --- the status -------------------------------------------------------------------------

    def _settle(self) -> None:
        """Close what is open; the row says again what it says when nothing is."""
        self._modes.close()
        self._answers, otherwise, self._otherwise = {}, self._otherwise, None
        if otherwise is not None:
            otherwise()
        if self._menu_timer is not None:
            self._menu_timer.stop()
        if self._ended_bar is not None:
            self._bar.pin(with_tabs(self._ended_bar, self._tabs))
        else:
            self._bar.unpin()
        self._refresh_status()

    def _refresh_status(self) -> None:
        call = self._call
        if call is None:
            self._bar.status(status_bar(name=self._name_shown, chips=self._said.values(), tabs=self._tabs))
            return
        link = _LINKS[call.state]
        self._bar.status(
            status_bar(
                name=self._name_shown,
                seconds=call.seconds,
                protocol=call.protocol_label,
                encoding=call.terminal.encoding,
                evidence=evidence(call.terminal.encoding, call.verdict),
                size=f"{call.terminal.columns}x{call.terminal.rows}",
                chips=self._chips(),
                link="CONNECT" if link == "online" and 0 < call.seconds < _CONNECT_SHOWN else link,
                tabs=self._tabs,
            )
        )

    def _chips(self) -> list[str | Chip]:
        """What the status row says beside the call's own state, the most important first."""
        return [*self._said.values(), *self._vital_chips(), *self._line_chips()]

    def _vital_chips(self) -> list[Chip]:
        """How the character in a MUD fares: all of it, or health alone, or nothing where there is no room."""
        if not self._vitals:
            return []
        texts = dict.fromkeys((" ".join(map(str, self._vitals)), str(self._vitals[0])))
        return [Chip(tuple(texts), rank=(8, 6)[-len(texts) :], look="name")]

    def _line_chips(self) -> list[Chip]:
        """How the line is, where that is worth a word."""
        call, chips = self._call, []
        if call is None or call.state is not CallState.CONNECTED:
            return []
        if call.stopped:
            chips.append(Chip(("STOPPED: Ctrl+Q", "STOPPED"), rank=(6, 2), look="bad"))
        if call.unanswered >= _ENOUGH_QUESTIONS:
            chips.append(Chip((f"no answer for {_minutes(call.quiet_seconds)}", "no answer"), 3, look="bad"))
        elif call.quiet_seconds >= QUIET_SHOWN:
            chips.append(Chip((f"quiet for {_minutes(call.quiet_seconds)}", "quiet"), (7, 6)))
        if call.encryption:
            chips.append(Chip(call.encryption, rank=(9, 8)))
        if call.baud:
            chips.append(Chip((f"{call.baud} bd",), rank=7))
        return chips

    def _flash(self) -> None:
        self._bar.flash()
        self._dodge()

    def _dodge(self) -> None:
        """An overlaid status row does not cover the line that is being typed."""
        row = self._view.cursor_row
        self._bar.dodge(row is not None and row >= self._view.size.height - 1)

    @on(CallBar.Shown)
    def _mark_corner(self, message: CallBar.Shown) -> None:
        self._view.mark_corner("" if message.shown else HIDDEN_MARK)

    @on(CallBar.Clicked)
    async def _clicked(self, message: CallBar.Clicked) -> None:
        await self.run_action(message.action)

    def _toast(self, text: str, *, bad: bool = False) -> None:
        """A word in the corner where the cursor is not, nor will be: a board's first question stands low."""
        row = self._view.cursor_row or 0
        self.set_class(self._call is None or row >= self.size.height // 2, "-toasts-high")
        self.app.notify(text, severity="error" if bad else "information", markup=False)

    # --- questions and menus --------------------------------------------------------------------

    def _ask(self, question: str, on_yes: Callable[[], None]) -> None:
        """A question that y answers; every other key is a no."""
        self._modes.ask()
        self._answers, self._otherwise = {"y": on_yes}, None
        self._bar.pin(question_bar(question, [("y", "Yes"), ("n", "No")]))

    def _ask_which(
        self,
        question: str,
        answers: Mapping[str, tuple[str, Callable[[], None]]],
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """A question with keys of its own: for each what it says and what it does; every other closes it."""
        self._settle()
        self._modes.ask("".join(answers))
        self._answers = {key: do for key, (_title, do) in answers.items()}
        self._otherwise = otherwise
        self._bar.pin(question_bar(question, [(key, title) for key, (title, _do) in answers.items()]))

    def action_answer(self, key: str) -> None:
        """A question was answered, by key or by mouse."""
        do = self._answers.get(key)
        if do is not None:
            self._otherwise = None
        self._settle()
        if do is not None:
            do()

    def _run(self, command: Command | None, key: str = "") -> None:
        """Do what was chosen, by `key` if that makes a difference."""
        if command is None:
            return
        if command.more is not None:
            self._opened(self._modes.open(command.more).place)
        elif command.action == "tab" and key.isdigit():
            self.call_next(self.run_action, f"show_tab({key})")
        else:
            self.call_next(self.run_action, command.action)

    def _opened(self, place: Place) -> None:
        """Show the keys, after ^] only if the next one does not come at once."""
        if self._menu_timer is not None:
            self._menu_timer.stop()  # a sub-menu was faster
        if place is Place.CALL:
            self._flash()
            self._menu_timer = self.set_timer(MENU_DELAY, lambda: self._show_keys(place))
        else:
            self._show_keys(place)

    def _show_keys(self, place: Place) -> None:
        self._bar.pin(
            keys_bar(keymap.commands(place), title=keymap.told(place.value).rpartition("after ")[2])
        )

    def action_open_menu(self) -> None:
        """The mouse's way to ^]: shown at once."""
        self._show_keys(self._modes.open().place)


def _minutes(seconds: float) -> str:
    """How long, in a word: "50s", "2m", "3h"."""
    if seconds < 60:
        return f"{int(seconds)}s"
    return f"{int(seconds / 60)}m" if seconds < 3600 else f"{int(seconds / 3600)}h"
