"""What a writer keeps of its connection when that is over: who it was, and that it is over."""

from __future__ import annotations

from bbsterm.net.peer_info import PeerInfo

__all__ = ["Gone"]


class Gone(PeerInfo):
    """Stands in for a connection's protocol, whose many parts can then be freed at once.

    A server whose calls are short would otherwise leave them all to the garbage collector.

    Args:
        peer: What is known of it, and the closed line.
    """

    __slots__ = ()

    def __init__(self, peer: PeerInfo) -> None:
        self._extra = peer._extra
        self._defaults = peer._defaults
        self._variables = peer._variables
        self.connection = peer.connection
        self.default_encoding = peer.default_encoding
        self.force_binary = peer.force_binary
        self._transport = peer._transport

    def flush(self) -> None:
        """There is nobody to send to."""

    async def drain(self) -> None:
        """Say that the line is gone.

        Raises:
            ConnectionResetError: Always.
        """
        raise ConnectionResetError("Connection lost")

    _drain_helper = drain
