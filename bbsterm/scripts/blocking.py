"""The same without asyncio: a call in a thread of its own, and methods that wait."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, TypeVar

from bbsterm.net.address import Address
from bbsterm.scripts.call import ScriptCall
from bbsterm.scripts.calling import call_board
from bbsterm.scripts.view import Match, ScreenView
from bbsterm.session.settings import CallSettings

__all__ = ["BlockingCall"]

T = TypeVar("T")


class BlockingCall:
    """A call for programs without asyncio. Use it in a ``with`` statement, from one thread.

    Args:
        address: ``"host"``, ``"host:port"``, ``"telnets://host"`` ...
        settings: How; the defaults if None.
        changes: Fields of the settings, such as ``terminal="petscii"``; `secret` and `variables`, too.
    """

    def __init__(self, address: str | Address, settings: CallSettings | None = None, **changes: Any) -> None:
        self._make: Callable[[], AbstractAsyncContextManager[ScriptCall]] = lambda: call_board(
            address, settings, **changes
        )
        self._manager: AbstractAsyncContextManager[ScriptCall] | None = None
        self._call: ScriptCall | None = None

    def __enter__(self) -> BlockingCall:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bbsterm call", daemon=True)
        self._thread.start()
        try:
            self._call = self._wait(self._open())
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._manager is not None:
                self._wait(self._close())
        finally:
            self._stop()

    @property
    def screen(self) -> ScreenView:
        """What the screen shows now. While it is looked at, it may change."""
        return self._inside.screen

    @property
    def connected(self) -> bool:
        """Whether the line is open."""
        return self._inside.connected

    def expect(self, *wanted: str | re.Pattern[str], timeout: float | None = None) -> Match:
        """See `ScriptCall.expect`."""
        return self._wait(self._inside.expect(*wanted, timeout=timeout))

    def expect_screen(self, wanted: str | re.Pattern[str], **where: Any) -> Match:
        """See `ScriptCall.expect_screen`."""
        return self._wait(self._inside.expect_screen(wanted, **where))

    def quiet(self, seconds: float = 0.5, *, timeout: float | None = None) -> None:
        """See `ScriptCall.quiet`."""
        self._wait(self._inside.quiet(seconds, timeout=timeout))

    def send(self, text: str) -> None:
        """See `ScriptCall.send`."""
        self._wait(self._inside.send(text))

    def type(self, template: str) -> None:
        """See `ScriptCall.type`."""
        self._wait(self._inside.type(template))

    def press(self, key: str) -> None:
        """See `ScriptCall.press`."""
        self._wait(self._inside.press(key))

    def send_secret(self) -> None:
        """See `ScriptCall.send_secret`."""
        self._wait(self._inside.send_secret())

    def screenshot(self, path: str | Path) -> Path:
        """See `ScriptCall.screenshot`."""
        return self._wait(self._do(lambda: self._inside.screenshot(path)))

    def hang_up(self) -> None:
        """End the call."""
        self._wait(self._inside.hang_up())

    # --- the other thread -----------------------------------------------------------------

    @property
    def _inside(self) -> ScriptCall:
        if self._call is None:
            raise RuntimeError("use it in a with statement")
        return self._call

    async def _open(self) -> ScriptCall:
        self._manager = self._make()
        return await self._manager.__aenter__()

    async def _close(self) -> None:
        if self._manager is not None:
            await self._manager.__aexit__(None, None, None)

    async def _do(self, function: Callable[[], T]) -> T:
        return function()

    def _wait(self, doing: Coroutine[Any, Any, T]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(doing, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()
