"""Looking at boards over the network: dials, drives the probe with bytes and the loop's clock, asks DNS."""

from __future__ import annotations

import asyncio
import socket
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final, cast

from bbsterm.fingerprint.hashing import fingerprint, tame
from bbsterm.fingerprint.server_probe import ProbeSettings, ServerProbe
from bbsterm.net.address import Address
from bbsterm.net.certificate import read_certificate
from bbsterm.net.dial import dial
from bbsterm.net.tls import TlsSettings

__all__ = ["Look", "look"]

_DNS_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a board.

    Attributes:
        document: What is stored.
        protocol: The fingerprint.
        session: The hash of the address: it names the file of this board.
        banner: What it said before anybody logged in.
        encoding: The character set that this is in.
    """

    document: dict[str, Any]
    protocol: str
    session: str
    banner: bytes
    encoding: str


class _Prober(asyncio.Protocol):
    """Between asyncio and the probe."""

    def __init__(self, settings: ProbeSettings) -> None:
        self._loop = asyncio.get_running_loop()
        self.probe = ServerProbe(settings, now=self._loop.time())
        self.over: asyncio.Future[None] = self._loop.create_future()
        self.transport: asyncio.Transport | None = None
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._go_on()

    def data_received(self, data: bytes) -> None:
        self.probe.receive(data, now=self._loop.time())
        self._go_on()

    def eof_received(self) -> bool:
        self.probe.receive_eof()
        self._go_on()
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self.probe.receive_eof("the line was cut" if error else "the board hung up")
        self._go_on()

    def _tick(self) -> None:
        self._timer = None
        self.probe.tick(now=self._loop.time())
        self._go_on()

    def _go_on(self) -> None:
        """Send what there is to say, and set the clock anew."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self.transport is not None and (data := self.probe.data_to_send()):
            self.transport.write(data)
        deadline = self.probe.deadline
        if deadline is not None:
            self._timer = self._loop.call_at(deadline, self._tick)
        elif not self.over.done():
            self.over.set_result(None)


async def look(
    address: Address,
    settings: ProbeSettings,
    *,
    connect_timeout: float = 10.0,
    tls: TlsSettings | None = None,
) -> Look:
    """Call a board, ask, hang up.

    Args:
        address: Whom; its scheme decides about TLS.
        settings: How it is looked at.
        connect_timeout: Seconds to find and reach it.
        tls: How it proves who it is, where TLS is spoken.

    Raises:
        DialError: It cannot be reached.
    """
    settings = replace(settings, encrypted=address.tls)
    prober = await dial(address, lambda: _Prober(settings), connect_timeout=connect_timeout, tls=tls)
    assert prober.transport is not None  # dial returns connected protocols
    transport = prober.transport
    names = asyncio.ensure_future(_names(transport.get_extra_info("peername")))
    try:
        encrypted = _tls_facts(transport) if address.tls else {}
        await prober.over
        dns = {"addresses": await _addresses(address.host), "names": await names}
    finally:
        names.cancel()
        transport.abort()
    return _found(address, prober.probe, encrypted, dns, transport)


def _found(
    address: Address,
    probe: ServerProbe,
    encrypted: dict[str, Any],
    dns: dict[str, Any],
    transport: asyncio.Transport,
) -> Look:
    peer = transport.get_extra_info("peername")
    session = fingerprint({"host": address.host.lower(), "port": address.port})
    document = {
        "server-probe": {
            "fingerprint": probe.fingerprint,
            "fingerprint-data": probe.data(),
            "session_data": {**probe.session(), "tls": tame(encrypted), "dns": tame(dns)},
        },
        "address": {"host": address.host, "port": address.port, "tls": address.tls},
        "session": session,
        "sessions": [
            {
                "connected": datetime.now(UTC).isoformat(timespec="seconds"),
                "host": address.host,
                "port": address.port,
                "ip": str(peer[0]) if isinstance(peer, tuple) and peer else "",
            }
        ],
    }
    return Look(document, probe.fingerprint, session, bytes(probe.banner), probe.encoding)


def _tls_facts(transport: asyncio.Transport) -> dict[str, Any]:
    tls = transport.get_extra_info("ssl_object")
    cipher = tls.cipher()
    certificate = read_certificate(tls.getpeercert(binary_form=True) or b"")
    return {
        "version": tls.version(),
        "cipher": cipher[0] if cipher else None,
        "verified": tls.context.check_hostname,
        "sha256": certificate.whole,
        "key-sha256": certificate.key,
        "subject": certificate.subject,
        "issuer": certificate.issuer,
        "names": list(certificate.names),
        "begins": certificate.since,
        "expires": certificate.until,
    }


async def _addresses(host: str) -> list[str]:
    found = await _asked(lambda: socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    return sorted({str(info[4][0]) for info in found or []})


async def _names(peer: object) -> list[str]:
    if not isinstance(peer, tuple) or not peer:
        return []
    found = await _asked(lambda: socket.gethostbyaddr(str(peer[0])))
    return [] if found is None else sorted({found[0], *found[1]})


async def _asked(question: Any) -> Any:
    """What the resolver answers; None if it does not, in time. Its thread must not keep us from ending."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Any] = loop.create_future()

    def settle(found: Any) -> None:
        if not answer.done():
            answer.set_result(found)

    def ask() -> None:
        try:
            found = question()
        except (OSError, UnicodeError):
            found = None
        if not loop.is_closed():
            try:
                loop.call_soon_threadsafe(settle, found)
            except RuntimeError:  # it closed just now
                return

    threading.Thread(target=ask, name="bbsterm-dns", daemon=True).start()
    try:
        async with asyncio.timeout(_DNS_SECONDS):
            return await answer
    except TimeoutError:
        return None
