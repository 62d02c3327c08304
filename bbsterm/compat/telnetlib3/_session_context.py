"""What a program remembers about a connection, under the name of its old module."""

from __future__ import annotations

from bbsterm.net.context import TelnetSessionContext

__all__ = ["TelnetSessionContext"]
