"""From an address to an open line: resolve, race the addresses (RFC 8305), make it TLS; or say why not."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

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
from bbsterm.net.race import AddressInfo, connect, interleaved, race
from bbsterm.net.tls import UNKNOWN_CA, TlsSettings, client_context, handshake_error

__all__ = ["dial", "resolve"]

_Protocol = TypeVar("_Protocol", bound=asyncio.Protocol)

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
            sock = await race(found, trying=trying)
    except TimeoutError:
        raise NoAnswerError(address.host, address.port, seconds=connect_timeout) from None
    if isinstance(sock, list):
        raise _why(address, sock)
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
    address: Address, where: AddressInfo, seconds: float, error: ssl.SSLCertVerificationError
) -> InsecureError:
    """The certificate that nobody vouches for: a second handshake shows it, for a person to look at."""
    insecure = handshake_error(error, address.host, address.port)
    context = client_context(TlsSettings(verify=False))
    try:
        async with asyncio.timeout(seconds):
            sock = await connect(where)
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


async def resolve(address: Address, family: Family = Family.ANY) -> Sequence[AddressInfo]:
    """Every address of the host, families taking turns (RFC 8305, section 4).

    Raises:
        UnknownHostError: There is none.

    It runs in a daemon thread of its own, not in asyncio's pool: a name server that does not answer must
    not keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[AddressInfo]] = loop.create_future()

    def settle(found: Sequence[AddressInfo], error: Exception | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(found)

    def ask() -> None:
        found: Sequence[AddressInfo] = ()
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
        return interleaved(await answer)
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


def _why(address: Address, problems: Sequence[OSError]) -> DialError:
    """One reason for all the addresses: that somebody refused says more than that others were silent."""
    numbers = {problem.errno for problem in problems}
    if errno.ECONNREFUSED in numbers:
        return BusyError(address.host, address.port)
    first = problems[0]
    reason = os.strerror(first.errno).lower() if first.errno else str(first)
    return DialError(address.host, address.port, reason)
