"""Dialling again: once when asked, or by itself with growing pauses until somebody answers."""

from __future__ import annotations

import time

from textual.timer import Timer

from bbsterm.errors import (
    BbstermError,
    DialError,
    InsecureError,
    UnknownCertificateError,
    UnknownHostError,
)
from bbsterm.session.redial import Redial
from bbsterm.tui import modem
from bbsterm.tui.clean import printable_text
from bbsterm.tui.key_modes import Base
from bbsterm.tui.pages.capture_actions import CaptureActions
from bbsterm.tui.widgets.notice import Notice

__all__ = ["RedialActions"]


class RedialActions(CaptureActions):
    """The part of a call page that does not give up."""

    _notice: Notice
    _redial: Redial | None
    _redial_at = 0.0
    _redial_timer: Timer | None = None
    _why_not: BbstermError | None = None

    def action_redial(self) -> None:
        """Dial the same board again, on the same terminal: its history stays."""
        self.action_hang_up()
        self._dial()

    def action_redial_until(self) -> None:
        """The same, and again by itself until somebody answers."""
        self._redial = Redial()
        self.action_redial()

    def _tries_again(self, error: BbstermError | None) -> bool:
        """Whether the board is dialled again by itself; if so, the wait for it has begun."""
        if not isinstance(error, DialError) or isinstance(error, UnknownHostError | InsecureError):
            self._redial = None
            return False
        if self._redial is None:
            self._redial = Redial(self._board.redial)
        wait = self._redial.next_wait()
        if wait is None:
            self._redial = None
            return False
        self._why_not = error
        self._redial_at = time.monotonic() + wait
        self._modes.base = Base.WAITING
        self._redial_timer = self.set_interval(0.5, self._count_down)
        self._count_down()
        return True

    def _count_down(self) -> None:
        """Say how long it will be; or dial, when it is time."""
        left = self._redial_at - time.monotonic()
        if left <= 0:
            self._stop_counting()
            self._dial()
            return
        redial, error = self._redial, self._why_not
        if redial is None or error is None:
            return
        lines = (
            "",
            printable_text(str(error)),
            f"Dialling again in {int(left) + 1} s, try {redial.made} of {redial.attempts}. Any key stops.",
        )
        self._notice.say(modem.word_for(error), lines, bad=True)

    def _stop_counting(self) -> None:
        if self._redial_timer is not None:
            self._redial_timer.stop()
            self._redial_timer = None

    def _stop_redial(self) -> None:
        """A key was pressed: the user would rather decide."""
        self._stop_counting()
        self._redial = None
        self._give_up(self._why_not)

    def _ask_to_trust(self, error: BbstermError) -> None:
        """A certificate that nobody vouches for is shown; whoever trusts it is not asked again."""
        trust = self._board.trust
        if not isinstance(error, UnknownCertificateError) or trust is None:
            return
        from bbsterm.tui.pages.confirm_page import ConfirmPage  # here: few boards have such a certificate

        def answered(yes: bool | None) -> None:
            if yes:
                trust(error)
                self.action_redial()

        shown = "\n".join(printable_text(line, 120) for line in error.lines)
        question = f"Nobody vouches for {printable_text(error.host, 60)}. Is this the board?"
        self.app.push_screen(ConfirmPage(question, shown, yes="trusts it from now on, and dials"), answered)

    def _give_up(self, error: BbstermError | None) -> None:
        raise NotImplementedError
