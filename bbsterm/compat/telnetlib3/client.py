"""Clients under the name of their old module, and a small client command of their own."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Sequence
from typing import Any

from bbsterm.compat.telnetlib3.accessories import function_lookup
from bbsterm.compat.telnetlib3.client_shell import telnet_client_shell
from bbsterm.net.client import open_connection
from bbsterm.net.telnet_client import TelnetClient, TelnetTerminalClient

__all__ = ["TelnetClient", "TelnetTerminalClient", "open_connection", "run_client"]


async def run_client(arguments: Sequence[str] | None = None) -> None:
    """Call the server that the command line names, and stay until the shell has ended.

    Raises:
        OSError: The server cannot be reached.
    """
    parser = argparse.ArgumentParser(description="A telnet client. Ctrl+] hangs up.")
    parser.add_argument("host")
    parser.add_argument("port", nargs="?", default=23, type=int)
    parser.add_argument("--shell", metavar="MODULE.FUNCTION", help="default: this terminal")
    parser.add_argument("--encoding", default="utf8", help="false: bytes (default: %(default)s)")
    parser.add_argument("--term", default=os.environ.get("TERM", "unknown"))
    parser.add_argument("--connect-timeout", default=10.0, type=float, metavar="SECONDS")
    parser.add_argument("--ssl", action="store_true")
    found = parser.parse_args(arguments)
    shell: Any = function_lookup(found.shell) if found.shell else telnet_client_shell
    _, writer = await open_connection(
        found.host,
        found.port,
        client_factory=TelnetTerminalClient,
        shell=shell,
        encoding=False if found.encoding.lower() == "false" else found.encoding,
        force_binary=True,
        term=found.term,
        connect_timeout=found.connect_timeout,
        ssl=True if found.ssl else None,
    )
    try:
        await writer.wait_closed()
    except asyncio.CancelledError:
        writer.close()
        raise
