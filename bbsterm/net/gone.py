"""What a writer keeps of its connection when that is over: who it was, and that it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

__all__ = ["Gone"]


class Gone:
    """Stands in for a connection's protocol, whose many parts can then be freed at once.

    A server whose calls are short would otherwise leave them all to the garbage collector.

    Args:
        extra: What the peer told.
        defaults: What was known of it anyway.
        transport: The closed line.
    """

    __slots__ = ("_defaults", "_extra", "_transport")

    def __init__(
        self, extra: Mapping[str, Any], defaults: Mapping[str, Any], transport: asyncio.Transport | None
    ) -> None:
        self._extra = extra
        self._defaults = defaults
        self._transport = transport

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """As the protocol knew it."""
        for known in (self._extra, self._defaults):
            if name in known:
                return known[name]
        return default if self._transport is None else self._transport.get_extra_info(name, default)

    def flush(self) -> None:
        """There is nobody to send to."""

    async def drain(self) -> None:
        """Say that the line is gone.

        Raises:
            ConnectionResetError: Always.
        """
        raise ConnectionResetError("Connection lost")

    _drain_helper = drain
