"""`bbsterm connect --shell MODULE.FUNCTION`: a function of the user's own talks to the board."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import TYPE_CHECKING

from bbsterm.cli.base import ExitCode
from bbsterm.errors import BusyError, DialError, NoAnswerError, NoCarrierError, UnknownHostError
from bbsterm.net.address import Family
from bbsterm.net.client import open_connection
from bbsterm.net.shell_names import shell_named
from bbsterm.net.tls import client_context, handshake_error

if TYPE_CHECKING:
    from bbsterm.net.address import Address
    from bbsterm.net.shell_protocol import Shell
    from bbsterm.session.settings import CallSettings

__all__ = ["call_with_shell"]

_FAMILIES = {Family.ANY: 0, Family.IPV4: socket.AF_INET, Family.IPV6: socket.AF_INET6}


def call_with_shell(name: str, address: Address, settings: CallSettings, *, encoding: str | None) -> ExitCode:
    """Call, and let the function talk until it returns or the board hangs up.

    Raises:
        UsageError: It cannot be found.
        DialError: The board cannot be reached.
        NoCarrierError: The board hung up, and the function did not expect that.
    """
    return asyncio.run(_call(shell_named(name), address, settings, encoding or "utf8"))


async def _call(shell: Shell, address: Address, settings: CallSettings, encoding: str) -> ExitCode:
    try:
        reader, writer = await open_connection(
            address.host,
            address.port,
            family=_FAMILIES[settings.family],
            encoding=False if encoding == "false" else encoding,
            force_binary=True,
            cols=settings.columns,
            rows=settings.rows,
            connect_timeout=settings.connect_timeout,
            ssl=client_context(settings.tls) if address.tls else None,
        )
    except OSError as error:
        raise _why(error, address, settings) from error
    try:
        result = shell(reader, writer)
        if result is not None:
            await result
    except (ConnectionError, asyncio.IncompleteReadError) as error:
        raise NoCarrierError("the board hung up on the shell") from error
    finally:
        writer.close()
        await writer.wait_closed()
    return ExitCode.OK


def _why(error: OSError, address: Address, settings: CallSettings) -> DialError:
    where = address.host, address.port
    match error:
        case socket.gaierror():
            return UnknownHostError(*where)
        case ssl.SSLError():
            return handshake_error(error, *where)
        case ConnectionRefusedError():
            return BusyError(*where)
        case ConnectionError() if "no answer" in str(error):
            return NoAnswerError(*where, seconds=settings.connect_timeout)
        case ConnectionError():
            return DialError(*where, "the board hung up at once")
        case _:
            return DialError(*where, (error.strerror or str(error)).lower())
