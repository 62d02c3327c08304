"""The application's calls: each has a page, and what the pages and the dialer ask for is done here."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import App

from bbsterm.errors import BbstermError, DialError, NoCarrierError
from bbsterm.net.address import Address
from bbsterm.session.settings import CallSettings
from bbsterm.tui.keeper import Keeper

if TYPE_CHECKING:
    from bbsterm.session.recording import Recording
    from bbsterm.tui.contracts import Board
    from bbsterm.tui.messages import CallLeft, CallRequested, CallResult, TabRequested
    from bbsterm.tui.tabs import CallTabs

__all__ = ["CallingApp"]


class CallingApp(App[int], inherit_bindings=False):
    """The half of the application that calls. The other half (`bbsterm.app`) starts it and ends it.

    Args:
        keeper: Settings, history and folders.
        demo_settings: How the demo board is called.
    """

    def __init__(self, keeper: Keeper, demo_settings: CallSettings) -> None:
        super().__init__()
        self._keeper = keeper
        self._demo_settings = demo_settings
        self._tabs: CallTabs | None = None

    def _show_dialer(self) -> None:
        from bbsterm.tui.pages.dialer_page import DialerPage  # here: a call does not wait for it

        tabs = self._tabs
        if tabs is not None and tabs.is_call(self.screen):
            self.pop_screen()  # the call goes on: its page is kept
        if not any(isinstance(page, DialerPage) for page in self.screen_stack):
            self.push_screen(DialerPage(self._keeper))

    @property
    def open_calls(self) -> int:
        """How many calls stand."""
        return self._tabs.live if self._tabs is not None else 0

    async def _show_call(self, address: Address, settings: CallSettings) -> None:
        """Show a call until it is left; then the dialer, or the end."""
        from bbsterm.tui.boards import board_of  # here: the dialer does not wait for it

        async def where() -> Address:
            return address

        board = board_of(
            where,
            str(address),
            settings,
            ended=self._keeper.remember,
            chosen=self._keeper.remember_encoding,
            desk=self._keeper.desk,
            pins=self._keeper,
        )
        self._left(await self._call(board))

    async def _show_demo(self) -> None:
        """The same with a board of our own, which is started while the page says that it dials."""
        from bbsterm.tui.boards import board_of, demo_board

        desk = self._keeper.desk
        settings = replace(self._demo_settings, entry="demo", login=desk.demo_login)
        async with AsyncExitStack() as stack:
            started: list[Address] = []

            async def where() -> Address:
                if not started:
                    started.append(Address(*await stack.enter_async_context(await demo_board())))
                return started[0]

            board = board_of(where, "the demo board", settings, ended=self._keeper.remember, desk=desk)
            result = await self._call(board)
        self._left(result)

    async def _show_recording(self, recording: Recording, speed: float) -> None:
        """Play a recording as if it were a call."""
        self.notify("Space pauses and goes on; + and - change the speed.")
        from bbsterm.tui.boards import recording_board

        self._left(await self._call(recording_board(recording, speed)))

    async def _call(self, board: Board) -> CallResult:
        from bbsterm.tui.pages.call_page import CallPage  # here: the dialer does not wait for it

        return await self._open_tabs().run(CallPage(board, self._keeper.captures))

    def _open_tabs(self) -> CallTabs:
        if self._tabs is None:
            from bbsterm.tui.tabs import CallTabs

            self._tabs = CallTabs(self)
        return self._tabs

    def _left(self, result: CallResult) -> None:
        if result.leave:
            self.exit(_exit_code(result.error))
        else:
            self._show_dialer()

    async def on_call_left(self, message: CallLeft) -> None:
        """A call page is not wanted any more."""
        await self._open_tabs().close(message.page, message.result)

    def on_call_news(self) -> None:
        """A call that is not shown has something to say."""
        self._open_tabs().tell()

    def on_tab_requested(self, message: TabRequested) -> None:
        """Another call shall be shown."""
        if message.step:
            self._open_tabs().step(message.number)
        elif not self._open_tabs().show_number(message.number):
            self.notify(f"There is no call {message.number}.")

    def on_directory_requested(self) -> None:
        """The dialer, while calls go on."""
        self._show_dialer()

    def action_back_to_call(self) -> None:
        """From the dialer to the call that was shown last."""
        if self._tabs is None or not self._tabs.back():
            self.notify("No call is open.")

    def on_call_requested(self, message: CallRequested) -> None:
        """The dialer wants a board called."""
        try:
            call = self._keeper.how_to_call(message.target)
        except BbstermError as error:
            self.notify(" ".join(filter(None, (f"{error}.", error.hint))), severity="error")
            return
        if not self._is_full():
            self.run_worker(self._show_call(*call), name="page")

    def on_demo_requested(self) -> None:
        """The dialer wants the demo board called."""
        if not self._is_full():
            self.run_worker(self._show_demo(), name="page")

    def _is_full(self) -> bool:
        if full := self._tabs is not None and self._tabs.full:
            self.notify("Nine calls are open. Hang up one of them first.", severity="error")
        return full


def _exit_code(error: BbstermError | None) -> int:
    if error is None:
        return 0
    return 3 if isinstance(error, DialError | NoCarrierError) else 1
