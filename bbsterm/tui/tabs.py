"""The calls that are open, each on a page of its own: which one is shown, and what the others have to say."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bbsterm.tui.bar_text import TabMark
from bbsterm.tui.messages import CallResult
from bbsterm.tui.pages.call_page import CallPage

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

__all__ = ["MAX_TABS", "CallTabs"]

MAX_TABS = 9
"""As many as there are digits: a call that no key leads to would be forgotten."""


class CallTabs:
    """Keeps pages alive while others are shown.

    Args:
        app: The application whose pages they are.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._pages: list[CallPage] = []
        self._left: dict[CallPage, asyncio.Future[CallResult]] = {}
        self._last: CallPage | None = None
        self._count = 0

    @property
    def pages(self) -> tuple[CallPage, ...]:
        """In the order of their numbers."""
        return tuple(self._pages)

    @property
    def live(self) -> int:
        """How many calls stand."""
        return sum(page.live for page in self._pages)

    @property
    def full(self) -> bool:
        """Whether there is no number for another."""
        return len(self._pages) >= MAX_TABS

    async def run(self, page: CallPage) -> CallResult:
        """Show a new page, and wait until it is left."""
        self._pages.append(page)
        self._left[page] = asyncio.get_running_loop().create_future()
        self._count += 1
        self._app.install_screen(page, f"call-{self._count}")
        self.show(page)
        return await self._left[page]

    async def close(self, page: Screen[Any], result: CallResult) -> None:
        """A page was left: it goes, and whoever waits for it goes on."""
        if not isinstance(page, CallPage) or (left := self._left.pop(page, None)) is None:
            return
        self._pages.remove(page)
        if self._last is page:
            self._last = None
        if page in self._app.screen_stack:
            while self._app.screen is not page:  # a menu that was open over it
                await self._app.pop_screen()
            await self._app.pop_screen()
        self._app.uninstall_screen(page)
        await page.remove()
        self.tell()
        if not left.done():
            left.set_result(result)

    def show(self, page: CallPage) -> None:
        """Bring a page to the front."""
        current = self._app.screen
        if current is not page and page in self._app.screen_stack:
            # What was opened over it goes away in its own way: it may have something to ask first.
            self._app.call_next(current.run_action, "close")
        elif current is not page:
            if isinstance(current, CallPage):
                self._app.switch_screen(page)
            else:
                self._app.push_screen(page)
        self._last = page
        page.active = page.rang = False
        self.tell()

    def show_number(self, number: int) -> bool:
        """The same by number, from 1; False if there is none."""
        if not 1 <= number <= len(self._pages):
            return False
        self.show(self._pages[number - 1])
        return True

    def step(self, count: int) -> None:
        """Go on by so many in the round."""
        if self._last in self._pages:
            self.show(self._pages[(self._pages.index(self._last) + count) % len(self._pages)])

    def back(self) -> bool:
        """To the call that was shown last; False if none is open."""
        page = self._last or (self._pages[-1] if self._pages else None)
        if page is None:
            return False
        self.show(page)
        return True

    def tell(self) -> None:
        """Every page knows of the others."""
        for page in self._pages:
            page.show_tabs(self._marks(page))

    def is_call(self, screen: Screen[Any]) -> bool:
        """Whether this is one of the pages."""
        return screen in self._left

    def _marks(self, shown: CallPage) -> tuple[TabMark, ...]:
        return tuple(
            TabMark(
                number,
                page.title_shown,
                current=page is shown,
                active=page.active and page is not shown,
                bell=page.rang and page is not shown,
                ended=not page.live,
            )
            for number, page in enumerate(self._pages, 1)
        )
