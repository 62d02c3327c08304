"""The server without questions, under the name of its old module."""

from __future__ import annotations

from bbsterm.net.server_base import BaseServer

__all__ = ["BaseServer"]
