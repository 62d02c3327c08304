"""Clients under the name of their old module, and a small client command of their own."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bbsterm.compat.telnetlib3.accessories import function_lookup, make_logger
from bbsterm.compat.telnetlib3.client_shell import telnet_client_shell
from bbsterm.net.client import open_connection
from bbsterm.net.telnet_client import TelnetClient, TelnetTerminalClient

if TYPE_CHECKING:
    from ssl import SSLContext

__all__ = ["TelnetClient", "TelnetTerminalClient", "main", "open_connection", "run_client"]


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
    parser.add_argument("--encoding-errors", default="replace", choices=("replace", "ignore", "strict"))
    parser.add_argument("--term", default=os.environ.get("TERM", "unknown"))
    parser.add_argument("--speed", default=38400, type=int, help="bits per second (default: %(default)s)")
    parser.add_argument("--send-environ", metavar="NAMES", help="with commas between them")
    parser.add_argument("--compression", action=argparse.BooleanOptionalAction)
    parser.add_argument("--connect-minwait", default=0.0, type=float, metavar="SECONDS")
    parser.add_argument("--connect-maxwait", default=4.0, type=float, metavar="SECONDS")
    parser.add_argument("--connect-timeout", default=10.0, type=float, metavar="SECONDS")
    parser.add_argument("--loglevel", default="warning")
    parser.add_argument("--logfile")
    parser.add_argument("--ssl", action="store_true")
    parser.add_argument("--ssl-cafile", metavar="FILE", help="whom to trust in place of the system's CAs")
    parser.add_argument("--ssl-no-verify", action="store_true", help="trust anybody")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--raw-mode", dest="raw_mode", action="store_true", default=None)
    mode.add_argument("--line-mode", dest="raw_mode", action="store_false", default=None)
    found = parser.parse_args(arguments)
    make_logger("bbsterm", found.loglevel, found.logfile)
    chosen: Any = function_lookup(found.shell) if found.shell else telnet_client_shell

    async def shell(reader: Any, writer: Any) -> None:
        writer.ctx.raw_mode = found.raw_mode
        await chosen(reader, writer)

    _, writer = await open_connection(
        found.host,
        found.port,
        client_factory=TelnetTerminalClient,
        shell=shell,
        encoding=False if found.encoding.lower() == "false" else found.encoding,
        encoding_errors=found.encoding_errors,
        force_binary=True,
        term=found.term,
        speed=found.speed,
        send_environ=found.send_environ.split(",") if found.send_environ else None,
        compression=found.compression,
        connect_minwait=found.connect_minwait,
        connect_maxwait=found.connect_maxwait,
        connect_timeout=found.connect_timeout,
        ssl=_trust(found),
    )
    try:
        await writer.wait_closed()
    except asyncio.CancelledError:
        writer.close()
        raise


def _trust(found: argparse.Namespace) -> bool | SSLContext | None:
    """What of TLS was asked for: nothing, the system's CAs, or a context."""
    if not (found.ssl or found.ssl_cafile or found.ssl_no_verify):
        return None
    if not (found.ssl_cafile or found.ssl_no_verify):
        return True
    import ssl

    context = ssl.create_default_context(cafile=found.ssl_cafile)
    if found.ssl_no_verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def main() -> None:
    """The command: call, and leave with 1 and a line on stderr where nobody answers."""
    try:
        asyncio.run(run_client())
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"Error: {error}")
