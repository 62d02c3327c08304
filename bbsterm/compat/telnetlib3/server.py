"""Servers under the name of their old module, and the command line that telnetlib3's programs borrow."""

from __future__ import annotations

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from bbsterm.compat.telnetlib3.accessories import function_lookup, make_logger
from bbsterm.net.server import Server, create_server
from bbsterm.net.telnet_server import LinemodeServer, TelnetServer
from bbsterm.serve.shells.guards import robot_check as is_terminal
from bbsterm.serve.shells.guards import robot_shell
from bbsterm.serve.shells.telsh import telnet_server_shell
from bbsterm.serve.status import StatusLogger

if TYPE_CHECKING:
    import ssl as ssl_module

__all__ = [
    "PTY_SUPPORT",
    "LinemodeServer",
    "Server",
    "StatusLogger",
    "TelnetServer",
    "create_server",
    "main",
    "parse_server_args",
    "run_server",
]

PTY_SUPPORT: Final = sys.platform != "win32"
"""Whether `run_server` can give each caller a program on a pseudo-terminal."""

_FORMAT: Final = "%(levelname)s %(filename)s:%(lineno)d %(message)s"

_log: Final = logging.getLogger(__name__)


def parse_server_args(
    extra_args_fn: Callable[[argparse.ArgumentParser], None] | None = None,
) -> dict[str, Any]:
    """The command line as arguments for `run_server`.

    Args:
        extra_args_fn: Called with the parser, to add options of your own.
    """
    parser = argparse.ArgumentParser(description="A telnet server.")
    parser.add_argument("host", nargs="?", default="localhost")
    parser.add_argument("port", nargs="?", default=6023, type=int)
    parser.add_argument("--loglevel", default="info")
    parser.add_argument("--logfile")
    parser.add_argument("--logfmt", default=_FORMAT)
    parser.add_argument("--shell", metavar="MODULE.FUNCTION", help="default: telsh")
    parser.add_argument("--encoding", default="utf8", help="false: bytes (default: %(default)s)")
    parser.add_argument("--force-binary", action="store_true")
    parser.add_argument("--timeout", default=300, type=int, help="seconds of silence (default: %(default)s)")
    parser.add_argument("--connect-maxwait", default=1.5, type=float)
    parser.add_argument("--status-interval", default=20, type=int)
    parser.add_argument("--never-send-ga", action="store_true")
    parser.add_argument("--line-mode", action="store_true")
    parser.add_argument("--robot-check", action="store_true")
    parser.add_argument("--pty-exec", metavar="PROGRAM", help="run it for each client; arguments after --")
    parser.add_argument("--pty-fork-limit", default=0, type=int, metavar="N", help="0: no bound")
    parser.add_argument("--compression", action=argparse.BooleanOptionalAction)
    parser.add_argument("--ssl-certfile", metavar="FILE")
    parser.add_argument("--ssl-keyfile", metavar="FILE")
    parser.add_argument("--tls-auto", nargs="?", const=0.5, default=0, type=float, metavar="SECONDS")
    if extra_args_fn is not None:
        extra_args_fn(parser)
    words = sys.argv[1:]
    words, pty_args = (words[: (at := words.index("--"))], words[at + 1 :]) if "--" in words else (words, [])
    found = vars(parser.parse_args(words))
    certificate, key = found.pop("ssl_certfile"), found.pop("ssl_keyfile")
    if found["tls_auto"] and not certificate:
        parser.error("--tls-auto needs --ssl-certfile")
    if key and not certificate:
        parser.error("--ssl-keyfile needs --ssl-certfile")
    found["ssl"] = _context(certificate, key) if certificate else None
    found["shell"] = function_lookup(found["shell"]) if found["shell"] else telnet_server_shell
    if found["encoding"].lower() in ("false", "no", "bytes"):
        found["encoding"], found["force_binary"] = False, True  # bytes are 8-bit, as named encodings are
    elif found["encoding"].lower() not in ("ascii", "us-ascii"):
        found["force_binary"] = True  # who names an encoding means it
    return {**found, "pty_args": pty_args or None, "pty_raw": not found["line_mode"]}


def _context(certificate: str, key: str | None) -> ssl_module.SSLContext:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def run_server(
    host: str = "localhost",
    port: int = 6023,
    loglevel: str = "info",
    logfile: str | None = None,
    logfmt: str = _FORMAT,
    shell: Callable[..., Any] = telnet_server_shell,
    encoding: str | bool = "utf8",
    force_binary: bool = False,
    timeout: float = 300,  # noqa: ASYNC109  # of the connections, not of this call
    connect_maxwait: float = 1.5,
    pty_exec: str | None = None,
    pty_args: list[str] | None = None,
    pty_raw: bool = True,
    robot_check: bool = False,
    pty_fork_limit: int = 0,
    status_interval: float = 20,
    never_send_ga: bool = False,
    line_mode: bool = False,
    compression: bool | None = None,
    protocol_factory: Callable[..., asyncio.Protocol] | None = None,
    ssl: ssl_module.SSLContext | None = None,
    tls_auto: bool | float = False,
) -> None:
    """Serve until SIGTERM, or until cancelled. Arguments are those of `create_server`, and of the log.

    Raises:
        PTYSpawnError: There is no program `pty_exec`.
        NotImplementedError: The system has no pseudo-terminals.
        OSError: The address cannot be listened on.
    """
    if pty_exec is not None and not PTY_SUPPORT:
        raise NotImplementedError("PTY support is not available on this system: give a shell= instead")
    if pty_exec is not None:
        from bbsterm.compat.telnetlib3.server_pty_shell import make_pty_shell
        from bbsterm.serve.pty.shell import PtyConnection

        raw = pty_raw and not line_mode
        shell = make_pty_shell(pty_exec, pty_args, raw_mode=raw, fork_limit=pty_fork_limit)
        encoding, protocol_factory = False, protocol_factory or PtyConnection
    make_logger("bbsterm", loglevel, logfile, logfmt)
    server = await create_server(
        host,
        port,
        protocol_factory or TelnetServer,
        shell=_guarded(shell) if robot_check else shell,
        encoding=encoding,
        force_binary=force_binary,
        never_send_ga=never_send_ga,
        line_mode=line_mode,
        connect_maxwait=connect_maxwait,
        compression=compression,
        timeout=timeout,
        ssl=ssl,
        tls_auto=tls_auto,
    )
    status = StatusLogger(server, status_interval)
    async with server:
        over = asyncio.Event()
        loop = asyncio.get_running_loop()
        try:
            loop.add_signal_handler(signal.SIGTERM, over.set)
        except (NotImplementedError, RuntimeError, ValueError):
            _log.debug("SIGTERM cannot be handled here: cancel run_server to end it")
        _log.info("Server ready on %s", ", ".join(str(each.getsockname()) for each in server.sockets))
        status.start()
        try:
            await over.wait()
        finally:
            status.stop()
            if over.is_set():
                loop.remove_signal_handler(signal.SIGTERM)


def _guarded(shell: Callable[..., Any]) -> Callable[..., Any]:
    """`shell`, for callers who pass `robot_check`."""

    async def guarded(reader: Any, writer: Any) -> None:
        if await is_terminal(reader, writer):
            await shell(reader, writer)
        else:
            await robot_shell(reader, writer)

    return guarded


def main() -> None:
    """The command: serve as the command line says, until Ctrl+C or SIGTERM."""
    try:
        asyncio.run(run_server(**parse_server_args()))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"Error: {error}")
