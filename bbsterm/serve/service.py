"""`bbsterm serve` in operation: what the settings ask for is opened, serves, and drains when told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence
from socket import socket
from typing import TYPE_CHECKING, Any, Final

from bbsterm.errors import UsageError
from bbsterm.net import Server
from bbsterm.serve.descriptors import room_for
from bbsterm.serve.listening import Listening, admit, listen, tls_context
from bbsterm.serve.meeting import Meeting, folder, open_meeting
from bbsterm.serve.settings import ServeSettings
from bbsterm.serve.status import StatusLogger

if TYPE_CHECKING:
    import ssl as ssl_module

__all__ = ["check", "listening_of", "open_service"]

_NOTICE: Final = "\r\nThis server closes now.\r\n"

_log: Final = logging.getLogger("bbsterm.serve")

_SHELLS: Final = frozenset({"bash", "sh", "dash", "ksh", "login", "su", "python", "python3"})
"""Programs that take the echo from the terminal as they find it."""


def check(settings: ServeSettings) -> None:
    """Refuse settings that contradict each other, before anything is opened.

    Raises:
        UsageError: Which, and what to do.
        ConfigError: A file of the sysop's board cannot be understood.
    """
    if settings.tls_key and not settings.tls_cert:
        raise UsageError("--tls-key needs --tls-cert")
    if settings.tls_selfsigned and settings.tls_cert:
        raise UsageError("--tls-selfsigned makes a certificate, and --tls-cert has one: choose")
    if settings.tls_auto and not (settings.tls_cert or settings.tls_selfsigned):
        raise UsageError("--tls-auto needs a certificate", hint="Add --tls-cert FILE, or --tls-selfsigned.")
    if settings.shell == "board" and settings.pty_exec is None:
        _check_board(settings)
    if settings.pty_args and settings.pty_exec is None:
        raise UsageError("arguments after -- need --pty-exec PROGRAM")
    if settings.pty_exec is not None and not (settings.pty_cooked or settings.line_mode):
        name = settings.pty_exec.rpartition("/")[2]
        if name in _SHELLS:
            _log.warning("%s shows what is typed with --pty-cooked only", name)


def _check_board(settings: ServeSettings) -> None:
    """The sysop's files can be understood, and the bus can be meant."""
    if settings.board is not None:
        from bbsterm.serve.design.loading import load_design

        load_design(settings.board)
    if settings.bus:
        from bbsterm.serve.natsbus import check_bus

        check_bus(settings.bus)
    if settings.workers > 1 and not settings.bus:
        _log.warning("--workers without --bus: callers of one worker do not see those of another")


def listening_of(settings: ServeSettings, sockets: Sequence[socket] = ()) -> Listening:
    """Where and for whom, as the settings say.

    Raises:
        UsageError: The certificate cannot be used.
    """
    return Listening(
        host=settings.host,
        port=settings.port,
        sockets=sockets,
        tls=_tls(settings),
        tls_auto=settings.tls_auto,
        proxies=settings.proxy_protocol,
        admission=admit(room_for(settings.limit_callers), settings.limit_per_address),
        force_binary=settings.force_binary,
        line_mode=settings.line_mode,
        never_send_ga=settings.never_send_ga,
        connect_maxwait=settings.connect_maxwait,
        compression=settings.compression,
        mccp3=settings.mccp3,
        trace=settings.loglevel == "trace",
    )


@contextlib.asynccontextmanager
async def open_service(settings: ServeSettings, sockets: Sequence[socket] = ()) -> AsyncIterator[Server]:
    """Serve while the context lasts. On the way out nobody new is let in, everybody is told, then cut off.

    Raises:
        UsageError: The settings cannot be meant.
        ListenError: The port cannot be taken.
        StorageError: A file cannot be opened.
    """
    check(settings)
    listening = listening_of(settings, sockets)
    async with open_meeting(settings) as meeting:
        encoding = settings.encoding if settings.encoding and not meeting.own_encoding else meeting.encoding
        shell = _noted(meeting.shell) if meeting.dismiss is None else meeting.shell
        server = await listen(
            listening,
            _guarded(shell) if settings.robot_check else shell,
            meeting.factory,
            encoding=False if encoding == "false" else encoding,
            force_binary=meeting.force_binary,
            line_mode=meeting.line_mode,
            timeout=0.0 if meeting.own_timeout else settings.timeout,
        )
        status = StatusLogger(server, settings.status_interval)
        for each in server.sockets:
            host, port = each.getsockname()[:2]
            _log.info("listening on %s port %s", host, port)
        status.start()
        try:
            yield server
        finally:
            status.stop()
            await _drain(server, meeting, settings.drain)
            server.close()
            await server.wait_closed()
            _log.info("closed")


async def _drain(server: Server, meeting: Meeting, seconds: float) -> None:
    """Let nobody in, tell everybody, and give them so many seconds."""
    server.stop_serving()
    if meeting.dismiss is not None:
        await meeting.dismiss(seconds)
        return
    for client in server.clients:
        with contextlib.suppress(Exception):  # one that cannot be told must not keep us from telling others
            client.writer.write(_NOTICE if client.default_encoding else _NOTICE.encode())
    if waiting := [client.waiter_closed for client in server.clients]:
        await asyncio.wait(waiting, timeout=seconds)


def _tls(settings: ServeSettings) -> ssl_module.SSLContext | None:
    if settings.tls_selfsigned:
        from bbsterm.serve.selfsigned import certificate

        made = certificate(folder(settings), settings.host)
        _log.info("certificate %s, SHA-256 fingerprint %s", made.file, made.fingerprint)
        return tls_context(made.file, made.key)
    return tls_context(settings.tls_cert, settings.tls_key) if settings.tls_cert else None


def _noted(shell: Any) -> Any:
    """`shell`, with two lines of the log: who called, and for how long. The board has its own."""

    def noted(reader: Any, writer: Any) -> Any:
        _log.info("%s: call", writer.protocol)
        over = shell(reader, writer)  # a plain function may leave the line open
        return None if over is None else to_its_end(over, reader, writer.protocol)

    async def to_its_end(over: Any, reader: Any, who: Any) -> None:
        try:
            await over
        finally:
            how = "left" if reader.at_eof() else "hung up on"
            _log.info("%s: %s after %.0f s", who, how, who.duration)

    return noted


def _guarded(shell: Any) -> Any:
    """`shell`, for callers whose terminal answers."""
    from bbsterm.serve.shells.guards import robot_check, robot_shell

    async def guarded(reader: Any, writer: Any) -> None:
        if not await robot_check(reader, writer):
            _log.info("%s did not pass the robot check", writer.protocol)
            await robot_shell(reader, writer)
            return
        over = shell(reader, writer)
        await (writer.wait_closed() if over is None else over)

    return guarded
