"""How many callers this process has file descriptors for, and calm when they run out all the same."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

from bbsterm.serve.board import log

__all__ = ["calm_handler", "room_for"]

SPARE: Final = 64
"""Descriptors that are not for callers: the listening socket, the wall, the log, Python itself."""


def room_for(callers: int) -> int:
    """How many of so many `callers` there are descriptors for; the soft limit is raised if it may be."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return callers
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = callers + SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return callers
    room = max(1, soft - SPARE)
    log.warning("room for %d callers only: this process may open no more than %d files", room, soft)
    return room


def calm_handler(
    clock: Callable[[], float] = time.monotonic,
) -> Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]:
    """An event loop's exception handler that says in one line what went wrong, at most once a second.

    asyncio's own writes a traceback for every call that cannot be accepted: megabytes in seconds when
    descriptors have run out.
    """
    said: float | None = None

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal said
        now = clock()
        if said is not None and now - said < 1.0:
            return
        said = now
        error = context.get("exception")
        log.error("%s%s", context.get("message", "event loop"), f": {error!r}" if error else "")

    return handle
