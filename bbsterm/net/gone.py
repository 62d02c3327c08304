"""What a writer keeps of its connection when that is over: who it was, and that it is over."""

from __future__ import annotations

import asyncio
from typing import Any

from bbsterm.net.peer_info import PeerInfo

__all__ = ["Gone"]


class Gone(PeerInfo):
    """Stands in for a connection's protocol, whose many parts can then be freed at once.

    A server whose calls are short would otherwise leave them all to the garbage collector.

    Args:
        peer: What is known of it.
        transport: The closed line.
    """

    __slots__ = ("_transport",)

    def __init__(self, peer: PeerInfo, transport: asyncio.Transport | None) -> None:
        self._extra = peer._extra
        self._defaults = peer._defaults
        self._variables = peer._variables
        self.connection = peer.connection
        self.default_encoding = peer.default_encoding
        self.force_binary = peer.force_binary
        self._transport = transport

    def _transport_info(self, name: str, default: Any) -> Any:
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
