"""What a program asks for when it opens a connection or a server: looked at there, not at the first byte."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bbsterm.net.encodings import prepare_encoding

if TYPE_CHECKING:
    import ssl as ssl_module

    from bbsterm.net.proxy_front import Network

__all__ = ["check", "checked_context", "networks"]


def check(*, shell: Any, encoding: Any, encoding_errors: str, limit: int | None) -> None:
    """Make sure that a connection can be made of these; they are those of `open_connection`.

    Raises:
        TypeError: Something is of the wrong kind.
        ValueError: `limit` is no size.
        LookupError: There is no such codec, it is not one of text, or there is no such way with errors.
    """
    if shell is not None and not callable(shell):
        raise TypeError(f"shell= is a function, such as `async def shell(reader, writer)`, not {shell!r}")
    if isinstance(encoding, str):
        "".encode(prepare_encoding(encoding))
        codecs.lookup_error(encoding_errors)
    elif encoding is not None and encoding is not False:
        raise TypeError(f"encoding= is the name of one, or False for bytes, not {encoding!r}")
    if limit is not None and limit < 1:
        raise ValueError(f"limit= is a number of bytes from 1 up, not {limit}")


def checked_context(ssl: Any) -> ssl_module.SSLContext:
    """`ssl`, which is to be a context.

    Raises:
        TypeError: It is none.
    """
    from ssl import SSLContext  # here, not above: most servers are plain

    if not isinstance(ssl, SSLContext):
        raise TypeError(f"ssl= is an ssl.SSLContext, not {ssl!r}")
    return ssl


def networks(proxies: str | Sequence[str | Network]) -> tuple[Network, ...]:
    """Networks, each given as such or as text: "10.0.0.0/8"; one alone may be just text.

    Raises:
        ValueError: One of them is no network.
    """
    if not proxies:
        return ()
    import ipaddress  # here, not above: most servers have no proxy before them

    several = (proxies,) if isinstance(proxies, str) else proxies
    return tuple(ipaddress.ip_network(each) if isinstance(each, str) else each for each in several)
