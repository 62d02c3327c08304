"""Told to stop: SIGINT and SIGTERM close a server in order; a second one does not wait for anybody."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Sequence
from typing import Final

__all__ = ["until_told"]

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


@contextlib.asynccontextmanager
async def until_told(signals: Sequence[signal.Signals] = _SIGNALS) -> AsyncIterator[asyncio.Event]:
    """An event that is set when this process is told to stop.

    The second time, the task is cancelled: whoever is still being waited for is cut off.
    """
    over = asyncio.Event()
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()

    def told() -> None:
        if over.is_set() and task is not None:
            task.cancel()
        over.set()

    try:
        for number in signals:
            loop.add_signal_handler(number, told)
    except (NotImplementedError, RuntimeError, ValueError):
        pass  # Windows, or not the main thread: Ctrl+C cancels us instead, and all is closed just the same
    try:
        yield over
    except asyncio.CancelledError:
        if not over.is_set():
            raise
    finally:
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            for number in signals:
                loop.remove_signal_handler(number)
