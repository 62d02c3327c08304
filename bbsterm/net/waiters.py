"""Waiting until options are agreed on: conditions, looked at again whenever something changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

__all__ = ["Waiters"]


class Waiters:
    """Coroutines that wait for conditions on one connection."""

    __slots__ = ("_closed", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], bool], asyncio.Future[bool]]] = []
        self._closed = False

    def __len__(self) -> int:
        return len(self._waiting)

    async def wait(self, condition: Callable[[], bool]) -> bool:
        """Return True as soon as `condition` holds.

        Raises:
            asyncio.CancelledError: The connection was closed before.
        """
        if condition():
            return True
        if self._closed:
            raise asyncio.CancelledError("the connection is closed")
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        entry = (condition, future)
        self._waiting.append(entry)
        try:
            return await future
        finally:
            if entry in self._waiting:
                self._waiting.remove(entry)

    def look_again(self) -> None:
        """Something changed: let go who has waited for it."""
        for condition, future in list(self._waiting):
            if future.done():
                continue
            try:
                if condition():
                    future.set_result(True)
            except StopIteration:  # which no future can carry
                future.set_exception(RuntimeError("the condition raised StopIteration"))
            except Exception as error:  # the condition is the caller's own: so is what it raises
                future.set_exception(error)

    def close(self) -> None:
        """No condition will come true any more."""
        self._closed = True
        for _, future in self._waiting:
            future.cancel()
        self._waiting.clear()
