"""The client without answers, under the name of its old module."""

from __future__ import annotations

from bbsterm.net.telnet_client import BaseClient

__all__ = ["BaseClient"]
