"""From a number to a line: dial until somebody answers or the caller has enough; and why a line was lost."""

from __future__ import annotations

import asyncio
import errno
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from bbsterm.net.dial import dial
from bbsterm.net.transport import Wire

if TYPE_CHECKING:
    from bbsterm.net.address import Address
    from bbsterm.session.settings import CallSettings

__all__ = ["dial_until", "why_lost"]


async def dial_until(
    over: asyncio.Event,
    address: Address,
    settings: CallSettings,
    *,
    wake: Callable[[], None],
    trying: Callable[[str], None],
) -> Wire | None:
    """Connect; None if `over` was set before that, and then whoever answers later is hung up on.

    Args:
        over: The caller has enough.
        address: Whom to call.
        settings: How.
        wake: Given to the `Wire`.
        trying: Told of every address of the host that is tried, as it is.

    Raises:
        BbstermError: Nobody can be reached: see `bbsterm.net.dial.dial`.
    """
    dialing = asyncio.create_task(
        dial(
            address,
            lambda: Wire(wake),
            connect_timeout=settings.connect_timeout,
            family=settings.family,
            tls=settings.tls,
            trying=trying,
        )
    )
    hanging_up = asyncio.create_task(over.wait())
    try:
        await asyncio.wait((dialing, hanging_up), return_when=asyncio.FIRST_COMPLETED)
    finally:
        hanging_up.cancel()
        if over.is_set() or not dialing.done():
            dialing.cancel()
            dialing.add_done_callback(_abandon)
    return None if over.is_set() else dialing.result()


def why_lost(error: Exception) -> str:
    """A lost line's reason in the system's words, without its number."""
    if isinstance(error, BrokenPipeError):  # the same, noticed by writing rather than by reading
        return os.strerror(errno.ECONNRESET).lower()
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno).lower()
    return str(error) or type(error).__name__


def _abandon(dialing: asyncio.Task[Wire]) -> None:
    """Hang up on a board that answered after its caller had gone."""
    if not dialing.cancelled() and dialing.exception() is None:
        dialing.result().abort()
