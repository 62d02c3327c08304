"""Bytes to and from the world: addresses, dialling, TLS, and asyncio's telnet streams and servers.

Names are loaded when they are asked for: a program that only parses addresses does not import asyncio.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from bbsterm.net.admission import Admission as Admission
    from bbsterm.net.client import open_connection as open_connection
    from bbsterm.net.context import TelnetSessionContext as TelnetSessionContext
    from bbsterm.net.reader import TelnetReader as TelnetReader
    from bbsterm.net.reader_unicode import TelnetReaderUnicode as TelnetReaderUnicode
    from bbsterm.net.server import Server as Server
    from bbsterm.net.server import create_server as create_server
    from bbsterm.net.server_base import BaseServer as BaseServer
    from bbsterm.net.telnet_client import BaseClient as BaseClient
    from bbsterm.net.telnet_client import TelnetClient as TelnetClient
    from bbsterm.net.telnet_client import TelnetTerminalClient as TelnetTerminalClient
    from bbsterm.net.telnet_server import LinemodeServer as LinemodeServer
    from bbsterm.net.telnet_server import TelnetServer as TelnetServer
    from bbsterm.net.writer import TelnetWriter as TelnetWriter
    from bbsterm.net.writer_unicode import TelnetWriterUnicode as TelnetWriterUnicode

__all__ = [
    "Admission",
    "BaseClient",
    "BaseServer",
    "LinemodeServer",
    "Server",
    "TelnetClient",
    "TelnetReader",
    "TelnetReaderUnicode",
    "TelnetServer",
    "TelnetSessionContext",
    "TelnetTerminalClient",
    "TelnetWriter",
    "TelnetWriterUnicode",
    "create_server",
    "open_connection",
]

_HOMES: Final = {
    "Admission": "admission",
    "BaseClient": "telnet_client",
    "BaseServer": "server_base",
    "LinemodeServer": "telnet_server",
    "Server": "server",
    "TelnetClient": "telnet_client",
    "TelnetReader": "reader",
    "TelnetReaderUnicode": "reader_unicode",
    "TelnetServer": "telnet_server",
    "TelnetSessionContext": "context",
    "TelnetTerminalClient": "telnet_client",
    "TelnetWriter": "writer",
    "TelnetWriterUnicode": "writer_unicode",
    "create_server": "server",
    "open_connection": "client",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"bbsterm.net.{home}"), name)
    globals()[name] = value
    return value
