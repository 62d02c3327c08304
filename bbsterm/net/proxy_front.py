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

__all__ = ["Network", "ProxyFront"]

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_log: Final = logging.getLogger(__name__)
_refusals: Final = SparingLog(_log)


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
        self._header = b""
        self._socket: socket.socket | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Stop asyncio from reading, and read the header ourselves."""
        self._transport = cast(asyncio.Transport, transport)
        self._waiting.add(self._transport)
        self._transport.pause_reading()
        if not self._is_trusted():
            self._refuse("is no proxy that we trust")
            return
        sock = self._transport.get_extra_info("socket")
        # A descriptor of its own, because the loop lets nobody else watch the transport's.
        self._socket = socket.fromfd(sock.fileno(), sock.family, sock.type)
        self._socket.setblocking(False)
        self._timer = self._loop.call_later(self._patience, self._refuse, "sends no PROXY header")
        self._loop.add_reader(self._socket, self._read)

    def connection_lost(self, exc: Exception | None) -> None:
        """Gone before it said who it is."""
        self._stop_looking()
        self._waiting.discard(self._transport)

    def _is_trusted(self) -> bool:
        peer = self._transport.get_extra_info("peername")
        try:
            address = ipaddress.ip_address(str(peer[0]).partition("%")[0])
        except (TypeError, ValueError, IndexError):  # a Unix socket: whoever may open it is trusted
            return True
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        return any((mapped or address) in network or address in network for network in self._trusted)

    def _read(self) -> None:
        if self._socket is None:
            return
        try:
            wanted = missing(self._header)
            while wanted:
                data = self._socket.recv(wanted)
                if not data:
                    self._refuse("hung up in its PROXY header")
                    return
                self._header += data
                wanted = missing(self._header)
            header = parse(self._header)
        except (BlockingIOError, InterruptedError):
            return
        except BadHeaderError as error:
            self._refuse(f"sent {error}")
            return
        except OSError as error:
            self._refuse(f"hung up in its PROXY header: {error.strerror}")
            return
        self._go_on(header.source)

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
        peer = self._transport.get_extra_info("peername")
        place = f"{peer[0]}:{peer[1]}" if isinstance(peer, tuple) and len(peer) > 1 else "a caller"
        _refusals.warning(f"{place} {reason}: closed", now=self._loop.time())
        self._transport.abort()

    def _stop_looking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._socket is not None:
            self._loop.remove_reader(self._socket)
            self._socket.close()
            self._socket = None
