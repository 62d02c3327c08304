"""Listening sockets that somebody else made: systemd's (LISTEN_FDS), and a parent's for its workers."""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping
from typing import Final

from bbsterm.errors import UsageError
from bbsterm.serve.listening import refused

__all__ = ["BACKLOG", "inherited", "sharing"]

BACKLOG: Final = 1024
"""Connections that may wait to be accepted: a burst must not cost honest callers a second (a lost SYN)."""

_FIRST: Final = 3  # after stdin, stdout and stderr: sd_listen_fds(3)


def inherited(environ: MutableMapping[str, str] = os.environ) -> list[socket.socket]:
    """The sockets that systemd made for us; none without socket activation. The variables are taken away.

    Raises:
        UsageError: One of them is no listening TCP socket.
    """
    count, process = environ.pop("LISTEN_FDS", ""), environ.pop("LISTEN_PID", "")
    environ.pop("LISTEN_FDNAMES", None)
    if not count.isdecimal() or process != str(os.getpid()):
        return []
    return [_listener(_FIRST + number) for number in range(int(count))]


def _listener(descriptor: int) -> socket.socket:
    hint = "In the .socket unit: ListenStream=, and no Accept=yes."
    try:
        sock = socket.socket(fileno=descriptor)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"descriptor {descriptor} of LISTEN_FDS is no socket: {reason}", hint=hint
        ) from error
    listens = getattr(socket, "SO_ACCEPTCONN", None)
    if sock.type != socket.SOCK_STREAM or (listens and not sock.getsockopt(socket.SOL_SOCKET, listens)):
        raise UsageError(f"descriptor {descriptor} of LISTEN_FDS does not listen for TCP", hint=hint)
    sock.set_inheritable(False)
    sock.setblocking(False)
    return sock


def sharing(host: str, port: int, count: int) -> list[socket.socket]:
    """So many sockets that listen on one port: the system spreads callers among them (SO_REUSEPORT).

    Raises:
        ListenError: The port cannot be taken.
    """
    made: list[socket.socket] = []
    try:
        family, _, _, _, place = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        _is_free(family, place)
        for _ in range(count):
            sock = socket.socket(family, socket.SOCK_STREAM)
            made.append(sock)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            sock.bind(place)
            sock.listen(BACKLOG)
            sock.setblocking(False)
            place = sock.getsockname()
    except OSError as error:
        for sock in made:
            sock.close()
        raise refused(host, port, error) from error
    return made


def _is_free(family: int, place: object) -> None:
    """Another server of the same user that shares its port would not refuse us: callers would get either."""
    with socket.socket(family, socket.SOCK_STREAM) as alone:
        alone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        alone.bind(place)  # type: ignore[arg-type]  # as getaddrinfo gave it
        alone.listen(1)
