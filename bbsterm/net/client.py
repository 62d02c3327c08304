"""`open_connection`: call a telnet server, and get a reader and a writer."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from bbsterm.net.arguments import check, checked_context
from bbsterm.net.shell_protocol import Shell
from bbsterm.net.stream_protocol import Wiretap
from bbsterm.net.telnet_client import CONNECT_MAXWAIT, BaseClient, TelnetClient, TelnetTerminalClient
from bbsterm.protocol.policy import Policy

if TYPE_CHECKING:
    import ssl as ssl_module

__all__ = ["open_connection"]

_USUAL: Final = (80, 25)
_HANDSHAKE_SECONDS: Final = 10.0


async def open_connection(
    host: str | None = None,
    port: int = 23,
    *,
    client_factory: Callable[..., BaseClient] | None = None,
    family: int = 0,
    flags: int = 0,
    local_addr: tuple[str, int] | None = None,
    encoding: str | bool = "utf8",
    encoding_errors: str = "replace",
    force_binary: bool = False,
    term: str = "unknown",
    cols: int = 80,
    rows: int = 25,
    tspeed: tuple[int, int] = (38400, 38400),
    speed: int | None = None,
    xdisploc: str = "",
    shell: Shell | None = None,
    connect_minwait: float = 0,
    connect_maxwait: float = CONNECT_MAXWAIT,
    connect_timeout: float | None = None,
    compression: bool | None = None,
    waiter_closed: asyncio.Future[None] | None = None,
    _waiter_connected: asyncio.Future[None] | None = None,
    limit: int | None = None,
    send_environ: Sequence[str] | None = None,
    ssl: bool | ssl_module.SSLContext | None = None,
    server_hostname: str | None = None,
    policy: Policy | None = None,
    tap: Wiretap | None = None,
) -> tuple[Any, Any]:
    """Call a telnet server.

    Args:
        host: Name or address; None is this machine.
        port: The TCP port.
        client_factory: `TelnetClient`, or a subclass; by default `TelnetTerminalClient` where standard
            input is a terminal and no size is given.
        family: `socket.AF_INET` or `socket.AF_INET6` to use only one of them.
        flags: As for `socket.getaddrinfo`.
        local_addr: Address and port to call from.
        encoding: Of text; False for reader and writer of bytes.
        encoding_errors: What becomes of what cannot be encoded or decoded, as for `str.encode`.
        force_binary: Use `encoding` although the server did not agree to BINARY; otherwise US-ASCII.
        term: Our terminal type.
        cols: Our window's width.
        rows: Our window's height.
        tspeed: Our line's speeds in bits per second, in the order in which they are told (RFC 1079).
        speed: The same, where both are one number.
        xdisploc: Our X display.
        shell: ``async def shell(reader, writer)``, run beside the caller; the line is closed when it ends.
        connect_minwait: Seconds to listen to the server's first questions before returning.
        connect_maxwait: Seconds that negotiation may take at most before returning.
        connect_timeout: Seconds to find and reach the server; None waits as long as the system does.
        compression: Agree to MCCP; False refuses.
        waiter_closed: A future to settle when the line is gone; `writer.protocol.waiter_closed` is one, too.
        _waiter_connected: A future to settle when the connection is made.
        limit: Bytes that the reader holds before the server is slowed down, and of the longest line.
        send_environ: Names of the environment variables that the server may know.
        ssl: True for TLS with the system's CAs, or a context.
        server_hostname: The name that the server's certificate must have; `host` unless given.
        policy: What is always or never agreed to.
        tap: Sees every byte.

    Returns:
        Reader and writer: of text, or with ``encoding=False`` of bytes.

    Raises:
        ConnectionError: Nobody answered within `connect_timeout`.
        OSError: The server cannot be reached; `ssl.SSLError` is one.
        LookupError: No codec of text is called `encoding`, or there are no such `encoding_errors`.
        TypeError: An argument is of the wrong kind.
        ValueError: `limit` is less than one byte.
    """
    check(shell=shell, encoding=encoding, encoding_errors=encoding_errors, limit=limit)
    options: dict[str, Any] = {
        "encoding": encoding,
        "encoding_errors": encoding_errors,
        "force_binary": force_binary,
        "term": term,
        "cols": cols,
        "rows": rows,
        "tspeed": tspeed if speed is None else (speed, speed),
        "xdisploc": xdisploc,
        "shell": shell,
        "connect_minwait": connect_minwait,
        "connect_maxwait": connect_maxwait,
        "compression": compression,
        "waiter_closed": waiter_closed,
        "_waiter_connected": _waiter_connected,
        "limit": limit,
        "send_environ": send_environ,
        "policy": policy,
    }
    factory = client_factory or TelnetClient
    if client_factory is None and (cols, rows) == _USUAL and _on_a_tty():
        factory = TelnetTerminalClient
    client = factory(**options)
    client.tap = tap
    how: dict[str, Any] = {}
    loop = asyncio.get_running_loop()
    if ssl:
        how.update(
            ssl=_context(ssl),
            server_hostname=server_hostname or host or "localhost",
            ssl_handshake_timeout=_HANDSHAKE_SECONDS,
            ssl_shutdown_timeout=1.0,
        )
    try:
        async with asyncio.timeout(connect_timeout):
            where = await _reach(host or "localhost", port, family, flags, local_addr)
            try:
                await loop.create_connection(lambda: client, **where, **how)
            except BaseException:
                if "sock" in where:
                    where["sock"].close()
                raise
    except ConnectionResetError as error:
        if ssl and not str(error):
            reason = f"{host}:{port} hung up in the TLS handshake: does it speak TLS on this port?"
            raise ConnectionResetError(reason) from error
        raise
    except TimeoutError as error:
        if connect_timeout is None:
            raise  # the system's own patience, and its own words
        raise ConnectionError(f"no answer from {host}:{port} in {connect_timeout} s") from error
    try:
        await client._connected
    except asyncio.CancelledError:
        client.abort()
        raise
    return client.reader, client.writer


async def _reach(
    host: str, port: int, family: int, flags: int, local_addr: tuple[str, int] | None
) -> dict[str, Any]:
    """What `create_connection` needs: a socket, where a name may have several addresses; they race."""
    if _is_address(host) or local_addr is not None:
        return {"host": host, "port": port, "family": family, "flags": flags, "local_addr": local_addr}
    from bbsterm.net.race import interleaved, race

    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, family=family, flags=flags, type=socket.SOCK_STREAM
    )
    won = await race(interleaved(found))
    if not isinstance(won, list):
        return {"sock": won}
    if len({str(problem) for problem in won}) == 1:
        raise won[0]
    raise OSError(f"Multiple exceptions: {', '.join(map(str, won))}")


def _on_a_tty() -> bool:
    try:
        return sys.stdin is not None and os.isatty(sys.stdin.fileno())
    except (AttributeError, OSError, ValueError):
        return False


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdecimal()


def _context(ssl: bool | ssl_module.SSLContext) -> ssl_module.SSLContext:
    if isinstance(ssl, bool):
        from bbsterm.net.tls import TlsSettings, client_context

        return client_context(TlsSettings())
    return checked_context(ssl)
