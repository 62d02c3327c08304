"""From an address to an open line: resolve, race the addresses (RFC 8305), make it TLS; or say why not."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any, Final, TypeAlias, TypeVar

from bbsterm.errors import (
    BusyError,
    ChangedCertificateError,
    DialError,
    InsecureError,
    NoAnswerError,
    UnknownCertificateError,
    UnknownHostError,
)
from bbsterm.net.address import Address, Family
from bbsterm.net.certificate import read_certificate
from bbsterm.net.tls import UNKNOWN_CA, TlsSettings, client_context, handshake_error
from bbsterm.net.transport import prepare_socket

__all__ = ["dial", "resolve"]

_AddressInfo: TypeAlias = tuple[int, int, int, str, tuple[Any, ...]]
_Protocol = TypeVar("_Protocol", bound=asyncio.Protocol)

_STAGGER: Final = 0.25  # s between attempts; RFC 8305, section 5
_FAMILIES: Final[Mapping[Family, int]] = {
    Family.ANY: socket.AF_UNSPEC,
    Family.IPV4: socket.AF_INET,
    Family.IPV6: socket.AF_INET6,
}
_NO_SUCH_ADDRESS: Final = frozenset(
    getattr(socket, name) for name in ("EAI_ADDRFAMILY", "EAI_NODATA") if hasattr(socket, name)
)
"""What the resolver says of a host that exists, but not in the family asked for."""


async def dial(
    address: Address,
    factory: Callable[[], _Protocol],
    *,
    connect_timeout: float = 10.0,
    handshake_timeout: float = 10.0,
    family: Family = Family.ANY,
    tls: TlsSettings | None = None,
    trying: Callable[[str], None] | None = None,
) -> _Protocol:
    """Call, and return the protocol that `factory` made, connected.

    Args:
        address: Whom to call; its scheme decides about TLS.
        factory: Makes the asyncio protocol, such as a `Wire`.
        connect_timeout: Seconds for finding and reaching the host, over all of its addresses.
        handshake_timeout: Seconds for the TLS handshake.
        family: Which internet protocol to use.
        tls: How the peer proves who it is, where the address says TLS.
        trying: Told of every address of the host when it is tried: "192.0.2.7", "2001:db8::7".

    Raises:
        UnknownHostError: The name does not resolve.
        BusyError: A host was there, and refused.
        NoAnswerError: Nobody answered in time.
        UnknownCertificateError: Nobody vouches for the board's certificate.
        ChangedCertificateError: It is not the pinned one.
        InsecureError: TLS failed otherwise.
        DialError: Anything else the network says.
        UsageError: The CA file is unusable.

    Cancelling it leaves no socket and waits for nothing.
    """
    context = client_context(tls or TlsSettings()) if address.tls else None
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(connect_timeout):
            found = await resolve(address, family)
            sock = await _race(address, found, trying)
    except TimeoutError:
        raise NoAnswerError(address.host, address.port, seconds=connect_timeout) from None
    sock_of = sock.family, sock.type, sock.proto, "", sock.getpeername()
    try:
        transport, protocol = await loop.create_connection(
            factory,
            sock=sock,
            ssl=context,
            server_hostname=_name(address) if context else None,
            ssl_handshake_timeout=handshake_timeout if context else None,
            ssl_shutdown_timeout=1.0 if context else None,
        )
    except OSError as error:  # ssl.SSLError is one
        if context is None:
            raise _why(address, [error]) from None
        if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code in UNKNOWN_CA:
            raise await _unknown(address, sock_of, handshake_timeout, error) from error
        raise handshake_error(error, address.host, address.port) from error
    if tls is not None and tls.pin and context is not None:
        _compare(address, transport, tls.pin)
    return protocol


def _compare(address: Address, transport: asyncio.Transport, pin: str) -> None:
    """Hang up on a board whose certificate is not the pinned one. Nothing was sent yet."""
    shown = read_certificate(transport.get_extra_info("ssl_object").getpeercert(binary_form=True) or b"")
    if not shown.matches(pin):
        transport.abort()
        raise ChangedCertificateError(
            address.host, address.port, key=shown.key, pinned=pin, lines=shown.lines
        )


async def _unknown(
    address: Address, where: _AddressInfo, seconds: float, error: ssl.SSLCertVerificationError
) -> InsecureError:
    """The certificate that nobody vouches for: a second handshake shows it, for a person to look at."""
    insecure = handshake_error(error, address.host, address.port)
    context = client_context(TlsSettings(verify=False))
    try:
        async with asyncio.timeout(seconds):
            sock = await _connect(where)
            transport, _ = await asyncio.get_running_loop().create_connection(
                asyncio.Protocol, sock=sock, ssl=context, server_hostname=_name(address)
            )
    except OSError:  # TimeoutError is one
        return insecure
    shown = read_certificate(transport.get_extra_info("ssl_object").getpeercert(binary_form=True) or b"")
    transport.abort()
    return UnknownCertificateError(
        address.host, address.port, insecure.reason, key=shown.key, lines=shown.lines
    )


def _name(address: Address) -> str:
    return address.host.partition("%")[0].rstrip(".")


async def resolve(address: Address, family: Family = Family.ANY) -> Sequence[_AddressInfo]:
    """Every address of the host, families taking turns (RFC 8305, section 4).

    Raises:
        UnknownHostError: There is none.

    It runs in a daemon thread of its own, not in asyncio's pool: a name server that does not answer must
    not keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[_AddressInfo]] = loop.create_future()

    def settle(found: Sequence[_AddressInfo], error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found)

    def ask() -> None:
        found: Sequence[_AddressInfo] = ()
        problem: Exception | None = None
        try:
            found = socket.getaddrinfo(
                address.host, address.port, family=_FAMILIES[family], type=socket.SOCK_STREAM
            )
        except (OSError, UnicodeError) as error:
            problem = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, found, problem)

    threading.Thread(target=ask, name="bbsterm-resolve", daemon=True).start()
    try:
        return _interleaved(await answer)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            reason = "the name server does not answer, or there is no network"
            raise DialError(address.host, address.port, reason) from None
        if family is not Family.ANY and error.errno in _NO_SUCH_ADDRESS:
            reason = f"the host has no IPv{family.value} address"
            raise DialError(address.host, address.port, reason) from None
        raise UnknownHostError(address.host, address.port) from None
    except UnicodeError:  # not encodable as IDNA
        raise UnknownHostError(address.host, address.port) from None


def _interleaved(found: Sequence[_AddressInfo]) -> list[_AddressInfo]:
    """The system's order (RFC 6724), but never the same family twice in a row while there is another."""
    first = [info for info in found if info[0] == found[0][0]]
    others = [info for info in found if info[0] != found[0][0]]
    return [info for info in chain.from_iterable(zip_longest(first, others)) if info is not None]


async def _race(
    address: Address, found: Sequence[_AddressInfo], trying: Callable[[str], None] | None
) -> socket.socket:
    """Try one address after the other, each with a head start; the first that answers wins."""
    waiting = list(found)
    racers: set[asyncio.Task[socket.socket]] = set()
    problems: list[OSError] = []
    try:
        while waiting or racers:
            if waiting:
                info = waiting.pop(0)
                if trying is not None:
                    trying(str(info[4][0]))
                racers.add(asyncio.create_task(_connect(info)))
            head_start = _STAGGER if waiting else None
            done, _ = await asyncio.wait(racers, timeout=head_start, return_when=asyncio.FIRST_COMPLETED)
            for racer in done:
                racers.discard(racer)
                try:
                    return racer.result()
                except OSError as problem:
                    problems.append(problem)
    finally:
        for racer in racers:
            racer.cancel()
            racer.add_done_callback(_discard)
    raise _why(address, problems)


async def _connect(info: _AddressInfo) -> socket.socket:
    family, kind, number, _, where = info
    sock = socket.socket(family, kind, number)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, where)
        prepare_socket(sock)
    except BaseException:
        sock.close()
        raise
    return sock


def _discard(loser: asyncio.Task[socket.socket]) -> None:
    """Close the line of one that came in second."""
    if not loser.cancelled() and loser.exception() is None:
        loser.result().close()


def _why(address: Address, problems: Sequence[OSError]) -> DialError:
    """One reason for all the addresses: that somebody refused says more than that others were silent."""
    numbers = {problem.errno for problem in problems}
    if errno.ECONNREFUSED in numbers:
        return BusyError(address.host, address.port)
    first = problems[0]
    reason = os.strerror(first.errno).lower() if first.errno else str(first)
    return DialError(address.host, address.port, reason)
