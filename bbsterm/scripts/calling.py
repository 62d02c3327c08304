"""Calling a board for a script: connected at the beginning of the ``async with``, hung up at its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

from bbsterm.errors import NoCarrierError
from bbsterm.net.address import Address, parse_address
from bbsterm.scripts.call import ScriptCall
from bbsterm.secret import Secret
from bbsterm.session.call import Call
from bbsterm.session.settings import CallSettings

__all__ = ["call_board"]


@asynccontextmanager
async def call_board(
    address: str | Address,
    settings: CallSettings | None = None,
    *,
    secret: Callable[[], Awaitable[Secret]] | None = None,
    secret_of: Callable[[Call], Callable[[], Awaitable[Secret]]] | None = None,
    variables: dict[str, str] | None = None,
    **changes: Any,
) -> AsyncIterator[ScriptCall]:
    """Call a board, and hang up at the end.

    Args:
        address: ``"host"``, ``"host:port"``, ``"telnets://host"`` ...
        settings: How; the defaults if None.
        secret: Fetches the secret that `send_secret` types.
        secret_of: Gives such a function for a call (`bbsterm.session.login.secret_for`).
        variables: What `type` knows: user, host, name ...
        changes: Fields of the settings, such as ``terminal="petscii"``.

    Raises:
        DialError: The board cannot be reached.
    """
    where = parse_address(address) if isinstance(address, str) else address
    call = Call(where, replace(settings or CallSettings(), **changes))
    script = ScriptCall(call, secret=secret_of(call) if secret_of else secret, variables=variables)
    running = asyncio.create_task(call.run())
    try:
        await script.answered()
        if not script.connected:
            await running
            raise call.ended.error if call.ended and call.ended.error else NoCarrierError("hung up")
        yield script
    finally:
        call.hang_up()
        script.release()
        with suppress(asyncio.CancelledError):
            await running
