"""A call among others: going to the dialer or to another call, and leaving this one."""

from __future__ import annotations

from bbsterm.tui.messages import CallLeft, CallNews, CallResult, DirectoryRequested, TabRequested
from bbsterm.tui.pages.redial_actions import RedialActions

__all__ = ["TabActions"]


class TabActions(RedialActions):
    """The part of a call page that knows that it may not be the only one.

    Attributes:
        active: The board has said something since it was looked at.
        rang: It has rung since.
    """

    active = False
    rang = False

    @property
    def live(self) -> bool:
        """Whether a call stands, or is being dialled."""
        return self._ended is None

    @property
    def title_shown(self) -> str:
        """What the board is called in rows."""
        return self._name_shown

    def action_directory(self) -> None:
        """To the dialer. A call that stands goes on; one that is over is put away."""
        if self._ended is None:
            self.post_message(DirectoryRequested())
        else:
            self._leave(leave=False)

    def action_show_tab(self, number: int) -> None:
        """To another call, by its number."""
        self.post_message(TabRequested(number))

    def action_tab(self) -> None:
        """From the menu, where no number was said: to the next."""
        self.action_next_tab()

    def action_next_tab(self) -> None:
        """To the next call."""
        self.post_message(TabRequested(1, step=True))

    def action_previous_tab(self) -> None:
        """To the call before."""
        self.post_message(TabRequested(-1, step=True))

    def action_leave(self) -> None:
        """Out of the application; calls that stand are not ended by one slip of a finger."""
        others = sum(not tab.ended for tab in self._tabs if not tab.current)
        calls = others + (self._ended is None and self._call is not None and self._call.seconds > 0)
        if calls:
            count = "1 call is" if calls == 1 else f"{calls} calls are"
            self._ask(f"{count} open. Quit?", lambda: self._leave(leave=True))
        else:
            self._leave(leave=True)

    def _leave(self, *, leave: bool) -> None:
        error = self._ended.error if self._ended else None
        self._stop_counting()
        self.action_hang_up()
        self.post_message(CallLeft(self, CallResult(leave, error)))

    def _news(self, *, rang: bool = False) -> None:
        """Something happened while nobody looked: it is said once."""
        if self.is_current or (self.active and self.rang >= rang):
            return
        self.active, self.rang = True, self.rang or rang
        self.post_message(CallNews(self))

    def on_screen_resume(self) -> None:
        """It is looked at again: show what has happened meanwhile."""
        self.active = self.rang = False
        if not self._ready:
            return
        self._view.changed()
        self._refresh_status()
        self._flash()
