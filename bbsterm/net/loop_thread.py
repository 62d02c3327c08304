"""An event loop in a thread of its own: how blocking code uses asyncio's."""

from __future__ import annotations

import asyncio
import concurrent.futures
import os
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

__all__ = ["LoopThread"]

_Result = TypeVar("_Result")

_JOIN_SECONDS: Final = 5.0
_ELSEWHERE: Final = "this connection belongs to another process: open one after os.fork()"


class LoopThread:
    """Starts a daemon thread with a running event loop; `stop` ends both and waits for it."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._door = threading.Lock()  # nothing is handed to a loop that has run its last
        self._ended = False
        self._process = os.getpid()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    @property
    def is_here(self) -> bool:
        """Whether the caller is in the loop's own thread, where waiting for the loop would wait for ever."""
        return threading.current_thread() is self._thread

    @property
    def is_elsewhere(self) -> bool:
        """Whether we are in a fork of its process: the thread was not copied, the sockets are the other's."""
        return os.getpid() != self._process

    def run(self, work: Coroutine[Any, Any, _Result], timeout: float | None = None) -> _Result:
        """Run `work` in the loop and wait for what it gives.

        When time is up it is cancelled; if it was done at that very moment, its result is not thrown away.

        Raises:
            TimeoutError: It took longer than `timeout` seconds.
            RuntimeError: The loop has stopped, this is its own thread, or a fork of its process.
        """
        if self.is_elsewhere:
            work.close()
            raise RuntimeError(_ELSEWHERE)
        if self.is_here:
            work.close()
            raise RuntimeError("this blocks, and was called from the event loop itself")
        with self._door:
            if self._ended:
                work.close()
                raise RuntimeError("Connection closed")
            future = asyncio.run_coroutine_threadsafe(_within(work, timeout), self._loop)
        try:
            return future.result()
        except concurrent.futures.CancelledError:
            raise RuntimeError("Connection closed") from None
        except BaseException:
            future.cancel()  # Ctrl+C while we wait: nobody wants the result any more
            raise

    def call(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Call a plain function in the loop, after everything that was asked before; do not wait for it.

        Raises:
            RuntimeError: The loop has stopped, or this is a fork of its process.
        """
        if self.is_elsewhere:
            raise RuntimeError(_ELSEWHERE)
        self._loop.call_soon_threadsafe(function, *arguments)

    def stop(self) -> None:
        """Cancel what still runs, stop the loop, and wait for the thread. A second time, nothing happens."""
        if not self._loop.is_closed() and not self.is_here and not self.is_elsewhere:
            try:
                self._loop.call_soon_threadsafe(self._loop.stop)
            except RuntimeError:
                return  # it closed this very moment
            self._thread.join(_JOIN_SECONDS)

    def finish(self) -> None:
        """Stop once what was asked before is done, and do not wait for it."""
        if self.is_elsewhere:
            return
        self._loop.call_soon_threadsafe(self._loop.call_soon, self._loop.stop)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            with self._door:
                self._ended = True
            self._loop.run_until_complete(asyncio.sleep(0))  # what was handed over last, begins
            left = asyncio.all_tasks(self._loop)
            for task in left:
                task.cancel()
            if left:
                self._loop.run_until_complete(asyncio.wait(left, timeout=_JOIN_SECONDS / 2))
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(asyncio.sleep(0))  # lines that were just closed, close
        finally:
            asyncio.set_event_loop(None)
            self._loop.close()


async def _within(work: Coroutine[Any, Any, _Result], timeout: float | None) -> _Result:  # noqa: ASYNC109
    return await asyncio.wait_for(work, timeout)
