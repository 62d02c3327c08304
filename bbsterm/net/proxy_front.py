"""A server behind a proxy: read who calls (the PROXY protocol) before the connection begins."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, cast

from bbsterm.limits import PROXY_HEADER_SECONDS
from bbsterm.net.proxy_header import BadHeaderError, missing, parse
from bbsterm.net.sparing import SparingLog

__all__ = ["HeaderReader", "Network", "ProxyFront", "is_trusted", "refused"]

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_log: Final = logging.getLogger(__name__)
_refusals: Final = SparingLog(_log)


def is_trusted(peer: object, trusted: Sequence[Network]) -> bool:
    """Whether a connection from `peer`, as sockets name it, may be a proxy's."""
    try:
        address = ipaddress.ip_address(str(peer[0]).partition("%")[0])  # type: ignore[index]  # else TypeError
    except (TypeError, ValueError, IndexError):  # a Unix socket: whoever may open it is trusted
        return True
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return any((mapped or address) in network or address in network for network in trusted)


def refused(peer: object, reason: str, *, now: float) -> None:
    """Say in the log, now and then, who is not let in."""
    place = f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) and len(peer) > 1 else "a caller"
    _refusals.warning(f"{place} {reason}: closed", now=now)


class HeaderReader:
    """Reads a PROXY header, and not a byte more, off a socket that nobody else reads from.

    Args:
        sock: Does not block. It is not closed here.
        found: Called with the caller's address and port; None where the proxy calls for itself.
        failed: Called with a reason instead. Either is called once, unless `stop` was called before.
        patience: Seconds for the header.
    """

    def __init__(
        self,
        sock: socket.socket,
        found: Callable[[tuple[str, int] | None], None],
        failed: Callable[[str], None],
        *,
        patience: float = PROXY_HEADER_SECONDS,
    ) -> None:
        self._socket = sock
        self._found = found
        self._failed = failed
        self._header = b""
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = self._loop.call_later(
            patience, self._fail, "sends no PROXY header"
        )
        self._loop.add_reader(sock, self._read)

    def stop(self) -> None:
        """Read no more. A second time, nothing happens."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._loop.remove_reader(self._socket)

    def _read(self) -> None:
        if self._timer is None:
            return
        try:
            wanted = missing(self._header)
            while wanted:
                data = self._socket.recv(wanted)
                if not data:
                    self._fail("hung up in its PROXY header")
                    return
                self._header += data
                wanted = missing(self._header)
            header = parse(self._header)
        except (BlockingIOError, InterruptedError):
            return
        except BadHeaderError as error:
            self._fail(f"sent {error}")
            return
        except OSError as error:
            self._fail(f"hung up in its PROXY header: {error.strerror}")
            return
        self.stop()
        self._found(header.source)

    def _fail(self, reason: str) -> None:
        self.stop()
        self._failed(reason)


class ProxyFront(asyncio.Protocol):
    """Stands in for a connection's protocol until its PROXY header was read, and not a byte more.

    Only proxies in `trusted` networks may call; anybody else could claim to be anybody.

    Args:
        factory: Makes the protocol that the connection is for, given the caller's address and port; None
            where the proxy calls for itself.
        trusted: The proxies' networks.
        patience: Seconds for the header.
        waiting: Has the connection in it for as long as its header was not read.
    """

    def __init__(
        self,
        factory: Callable[[tuple[str, int] | None], asyncio.Protocol],
        trusted: Sequence[Network],
        *,
        patience: float = PROXY_HEADER_SECONDS,
        waiting: set[asyncio.Transport] | None = None,
    ) -> None:
        self._factory = factory
        self._trusted = trusted
        self._patience = patience
        self._waiting = set() if waiting is None else waiting
        self._loop = asyncio.get_running_loop()
        self._socket: socket.socket | None = None
        self._reader: HeaderReader | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Stop asyncio from reading, and read the header ourselves."""
        self._transport = cast(asyncio.Transport, transport)
        self._waiting.add(self._transport)
        self._transport.pause_reading()
        if not is_trusted(self._transport.get_extra_info("peername"), self._trusted):
            self._refuse("is no proxy that we trust")
            return
        sock = self._transport.get_extra_info("socket")
        # A descriptor of its own, because the loop lets nobody else watch the transport's.
        self._socket = socket.fromfd(sock.fileno(), sock.family, sock.type)
        self._socket.setblocking(False)
        self._reader = HeaderReader(self._socket, self._go_on, self._refuse, patience=self._patience)

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone before it said who it is."""
        self._stop_looking()
        self._waiting.discard(self._transport)

    def _go_on(self, source: tuple[str, int] | None) -> None:
        self._stop_looking()
        if self._transport.is_closing():
            return
        self._waiting.discard(self._transport)
        protocol = self._factory(source)
        self._transport.set_protocol(protocol)
        self._transport.resume_reading()  # the next protocol may pause it again
        protocol.connection_made(self._transport)

    def _refuse(self, reason: str) -> None:
        self._stop_looking()
        refused(self._transport.get_extra_info("peername"), reason, now=self._loop.time())
        self._transport.abort()

    def _stop_looking(self) -> None:
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None
