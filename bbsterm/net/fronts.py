"""What stands before the connections of a server: a PROXY header, and the byte that tells TLS from plain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import ssl as ssl_module

    from bbsterm.net.proxy_front import Network

__all__ = ["HANDSHAKE_SECONDS", "Maker", "fronted", "looking"]

HANDSHAKE_SECONDS: Final = 10.0
"""How long a TLS handshake may take."""

_TLS_AUTO_SECONDS: Final = 0.5

Maker = Callable[..., asyncio.Protocol]
"""Makes the protocol of one connection; given the caller's address and port, if a proxy told them."""


def looking(
    ssl: ssl_module.SSLContext | None, tls_auto: bool | float, trusted: Sequence[Network]
) -> dict[str, Any]:
    """How a `PeekingListener` looks at who calls."""
    return {
        "context": ssl,
        "patience": _patience(tls_auto),
        "only_tls": ssl is not None and not tls_auto,
        "proxies": trusted,
        "handshake_timeout": HANDSHAKE_SECONDS,
    }


def fronted(
    make: Maker,
    ssl: ssl_module.SSLContext | None,
    tls_auto: bool | float,
    trusted: Sequence[Network],
    waiting: set[asyncio.Transport],
) -> Callable[[], asyncio.BaseProtocol]:
    """`make`, with what comes before a connection: a PROXY header, and the byte that tells TLS from plain."""
    if ssl is not None and (tls_auto or trusted):
        from bbsterm.net.tls_auto import TlsAuto

        context = ssl

        def first(caller: tuple[str, int] | None = None) -> asyncio.Protocol:
            return TlsAuto(
                partial(make, caller),
                context,
                patience=_patience(tls_auto),
                handshake_timeout=HANDSHAKE_SECONDS,
                only_tls=not tls_auto,
                waiting=waiting,
            )

    else:
        first = make
    if not trusted:
        return first
    from bbsterm.net.proxy_front import ProxyFront

    return partial(ProxyFront, first, trusted, waiting=waiting)


def _patience(tls_auto: bool | float) -> float:
    """Seconds to wait for a client's first byte."""
    if not tls_auto:
        return HANDSHAKE_SECONDS
    return _TLS_AUTO_SECONDS if tls_auto is True else float(tls_auto)
