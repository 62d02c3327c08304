"""`--shell MODULE.FUNCTION`: a function of the user's own talks to callers, or to the board."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from bbsterm.cli.base import ExitCode
from bbsterm.errors import BusyError, DialError, ListenError, NoAnswerError, NoCarrierError, UnknownHostError
from bbsterm.net.address import Family
from bbsterm.net.client import open_connection
from bbsterm.net.server import create_server
from bbsterm.net.shell_names import shell_named
from bbsterm.net.tls import client_context, handshake_error

if TYPE_CHECKING:
    from bbsterm.net.address import Address
    from bbsterm.net.shell_protocol import Shell
    from bbsterm.serve.server import Listening
    from bbsterm.session.settings import CallSettings

__all__ = ["call_with_shell", "serve_shell"]

_FAMILIES = {Family.ANY: 0, Family.IPV4: socket.AF_INET, Family.IPV6: socket.AF_INET6}


def serve_shell(
    args: argparse.Namespace, listening: Listening, *, timeout: float
) -> contextlib.AbstractAsyncContextManager[tuple[str, int]]:
    """A server whose callers meet `--shell`. The function is looked for at once, before anything listens.

    Raises:
        UsageError: It cannot be found.
    """
    return _open(shell_named(args.shell), args.encoding or "utf8", listening, timeout)


@contextlib.asynccontextmanager
async def _open(
    shell: Shell,
    encoding: str,
    listening: Listening,
    timeout: float,  # noqa: ASYNC109  # of the callers
) -> AsyncIterator[tuple[str, int]]:
    try:
        server = await create_server(
            listening.host,
            listening.port,
            shell=shell,
            encoding=False if encoding == "false" else encoding,
            force_binary=True,
            timeout=timeout,
            ssl=listening.tls,
            admission=listening.admission,
        )
    except OSError as error:
        raise ListenError(listening.host, listening.port, error.strerror or str(error)) from error
    async with server:
        yield server.sockets[0].getsockname()[:2]


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
