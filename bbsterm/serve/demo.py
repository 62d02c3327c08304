"""The demo board: on a free port of this machine only, with its wall in memory, in a thread of its own.

A thread, because the application's event loop has a screen to paint: what the board does must not delay it,
and what the application does must not delay the board.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future
from typing import Final

from bbsterm.net import Admission
from bbsterm.serve.board import Board, BoardSettings
from bbsterm.serve.server import Listening, open_board

__all__ = ["start_demo_board"]

_LISTENING: Final = Listening(host="127.0.0.1", port=0, admission=Admission(total=64))


@contextlib.asynccontextmanager
async def start_demo_board(settings: BoardSettings | None = None) -> AsyncIterator[tuple[str, int]]:
    """Run the demo board while the context lasts; yield its host and port. It leaves no files.

    Raises:
        ListenError: This machine has no free port.
    """
    board = _BoardThread(settings or BoardSettings())
    try:
        yield await asyncio.wrap_future(board.start())
    finally:
        await asyncio.to_thread(board.stop)


class _BoardThread:
    """A board, its loop, and the thread they live in."""

    def __init__(self, settings: BoardSettings) -> None:
        self._settings = settings
        self._address: Future[tuple[str, int]] = Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._over: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="demo board", daemon=True)

    def start(self) -> Future[tuple[str, int]]:
        """Begin; the future has the address once callers can come, or why they cannot."""
        self._thread.start()
        return self._address

    def stop(self) -> None:
        """Close the board and wait for the thread to end."""
        if self._loop is not None and self._over is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if not self._address.done():
                self._address.set_exception(error)
            else:
                raise

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        async with open_board(Board(self._settings), _LISTENING) as address:
            self._address.set_result(address)
            await self._over.wait()
