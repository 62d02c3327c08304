"""The board on a port: listening, letting callers in, and closing so that everybody is told."""

from __future__ import annotations

import contextlib
import errno
import os
import ssl as ssl_module
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bbsterm import limits
from bbsterm.errors import ListenError, UsageError
from bbsterm.net import Admission, Server, TelnetReader, TelnetWriter, create_server
from bbsterm.serve.board import Board, log
from bbsterm.serve.line import BoardConnection, TelnetLine
from bbsterm.serve.visit import visit
from bbsterm.session.trace import WireTrace

__all__ = ["FAREWELL", "Listening", "admit", "open_board", "tls_context"]

_NOT_OURS: Final = (
    "It must be an address of this machine; 0.0.0.0 and :: are all of them. Ports below 1024 may be reserved."
)

FAREWELL = "|14The board closes now. |07Thank you for calling; come back soon."
_BUSY = b"\r\nAll nodes are busy. Please call again later.\r\n"


def admit(callers: int = limits.MAX_CALLERS, per_address: int = limits.MAX_CALLERS_PER_ADDRESS) -> Admission:
    """Who may come in: so many at once and from one address, and new ones as fast as befits that."""
    share = per_address / limits.MAX_CALLERS_PER_ADDRESS
    return Admission(
        total=callers,
        per_address=per_address,
        per_second=max(1.0, limits.MAX_CALLS_PER_SECOND * share),
        burst=max(per_address, round(limits.CALLS_BURST * share)),
        busy=_BUSY,
    )


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and for whom a board listens.

    Attributes:
        host: Address or name to listen on.
        port: TCP port; 0 takes a free one.
        tls: Encrypt with this context; None for a plain port.
        admission: How many callers, and how fast.
        trace: Log every byte of every call (level TRACE).
    """

    host: str = "127.0.0.1"
    port: int = 6023
    tls: ssl_module.SSLContext | None = None
    admission: Admission = field(default_factory=admit)
    trace: bool = False


@contextlib.asynccontextmanager
async def open_board(board: Board, listening: Listening) -> AsyncIterator[tuple[str, int]]:
    """Open `board` to callers; yield the address and port it listens on.

    On the way out nobody new is let in, every caller is told `FAREWELL`, and the port is free again.

    Raises:
        ListenError: The port cannot be taken.
        StorageError: The board's files cannot be opened.
    """
    try:
        await board.open()
        server = await _listen(board, listening)
        try:
            host, port = server.sockets[0].getsockname()[:2]
            log.info("listening on %s port %d", host, port)
            yield host, port
        finally:
            await board.dismiss(FAREWELL)
            server.close()
            await server.wait_closed()
            log.info("closed")
    finally:
        await board.close()


def tls_context(certificate: Path, key: Path | None) -> ssl_module.SSLContext:
    """What a server encrypts with: TLS 1.2 or newer.

    Args:
        certificate: PEM, the chain from our certificate on.
        key: PEM; None where it is in the same file.

    Raises:
        UsageError: They cannot be read, or do not belong together.
    """
    context = ssl_module.SSLContext(ssl_module.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl_module.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl_module.SSLError) as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{certificate} is no usable certificate: {reason}") from error
    return context


async def _listen(board: Board, listening: Listening) -> Server:
    async def shell(reader: TelnetReader, writer: TelnetWriter) -> None:
        await visit(board, TelnetLine(reader, writer))

    try:
        return await create_server(
            listening.host,
            listening.port,
            BoardConnection,
            shell,
            encoding=False,
            timeout=0,  # the board has its own idea of falling asleep
            ssl=listening.tls,
            admission=listening.admission,
            tap=(lambda _: _Tap()) if listening.trace else None,
        )
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or str(error)
        hint = "" if error.errno == errno.EADDRINUSE else _NOT_OURS
        raise ListenError(listening.host, listening.port, reason.lower(), hint=hint) from error


class _Tap:
    """A wiretap that writes to the log."""

    def __init__(self) -> None:
        import time

        self._trace = WireTrace()
        self._clock = time.monotonic
        self._began = time.monotonic()

    def __call__(self, direction: str, data: bytes) -> None:
        seconds = self._clock() - self._began
        if direction == ">>":
            self._trace.sent(data, seconds)
        else:
            self._trace.received(data, seconds)
