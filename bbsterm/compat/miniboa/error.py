"""What miniboa raises."""

from __future__ import annotations

__all__ = ["BogConnectionLost", "ConnectionLost"]


class ConnectionLost(Exception):
    """The client has hung up; `TelnetServer.poll` notices by itself."""


BogConnectionLost = ConnectionLost
"""Its name in old versions."""
