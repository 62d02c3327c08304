"""Where a board is, as lists write it: hosts, ports and URLs of every protocol that lists know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import unquote

from bbsterm.book.text import visible

__all__ = [
    "CALLABLE",
    "DEFAULT_PORTS",
    "PROTOCOLS",
    "Place",
    "host_problem",
    "join",
    "same_host",
    "similar",
    "split",
]

CALLABLE: Final = ("telnet", "telnets", "raw")
"""Protocols that can be dialled."""

DEFAULT_PORTS: Final[Mapping[str, int]] = {
    "telnet": 23,
    "telnets": 992,
    "raw": 23,
    "rlogin": 513,
    "ssh": 22,
    "ws": 80,
    "wss": 443,
}
PROTOCOLS: Final = tuple(DEFAULT_PORTS)
"""Protocols that an entry may have. Those that cannot be dialled yet are kept, so that no list loses them."""

_URL: Final = re.compile(r"(?P<protocol>[a-z][a-z0-9+.-]*)://(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_PORT: Final = re.compile(r"[0-9]{1,5}")
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_PLAIN_NAME: Final = re.compile(
    r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
)
_IPV6: Final = re.compile(r"[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]{1,32})?")
_MAX_NAME: Final = 253
_MAX_USER: Final = 64
_PREFIXES: Final = ("bbs.", "www.", "telnet.", "mud.")


class Place(NamedTuple):
    """What an address says. `secret` tells that a password stood in it; the password itself is gone."""

    host: str
    port: int
    protocol: str = "telnet"
    user: str = ""
    path: str = ""
    secret: bool = False


def split(text: str, protocol: str = "telnet", port: int | None = None) -> Place:
    """Read ``HOST``, ``HOST:PORT``, ``[IPV6]:PORT`` or ``PROTOCOL://USER@HOST:PORT/PATH``.

    Args:
        text: The address, from a file or from the clipboard.
        protocol: What it is where the text names none.
        port: The port where the text names none; None for the protocol's own.

    Raises:
        ValueError: It is no address; the message says why. It never quotes a password.
    """
    text = text.strip()
    url = _URL.fullmatch(text)
    if url is None:
        host, number = _host_and_port(text)
        return _checked(host, number, port, protocol, "", "", False)
    protocol = url["protocol"].lower()
    if protocol not in DEFAULT_PORTS:
        raise ValueError(f"cannot call {visible(protocol[:20])}://; known are {', '.join(PROTOCOLS)}")
    authority, slash, path = url["rest"].partition("/")
    login, _at, place = authority.rpartition("@")
    user, colon, _password = login.partition(":")
    host, number = _host_and_port(place)
    return _checked(
        host, number, None, protocol, unquote(user, errors="replace"), path and slash + path, bool(colon)
    )


def join(host: str, port: int) -> str:
    """Host and port as one text: ``bbs.example.org:23``, ``[::1]:23``."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def host_problem(host: str) -> str | None:
    """Why `host` is neither a name nor an IP address; None where it is one."""
    if len(host) <= _MAX_NAME and _PLAIN_NAME.fullmatch(host):
        return None
    if not host:
        return "the host is missing"
    if host.startswith("-"):
        return "a host does not begin with '-'"
    if any(letter.isspace() or not letter.isprintable() for letter in host):
        return "a host has no spaces or control characters"
    if not (_is_ipv6(host) if ":" in host else _is_name(host)):
        return "neither a host name nor an IP address"
    return None


def same_host(host: str) -> str:
    """A host as it is compared: names have no case and no final dot."""
    return host.rstrip(".").lower()


def similar(one: str, other: str) -> bool:
    """Whether two hosts look like one board's: ``bbs.fun.org`` and ``fun.org``, ``fun.net``, ``fun2.org``."""
    one, other = _bare(one), _bare(other)
    if one == other:
        return True
    if one.replace(".", "").isdigit() or other.replace(".", "").isdigit() or ":" in one + other:
        return False
    if one.endswith("." + other) or other.endswith("." + one):
        return True
    head, other_head = one.split(".")[0], other.split(".")[0]
    if len(head) >= 4 and head == other_head:
        return True
    return len(one) >= 8 and _distance_is_one(one, other)


def _bare(host: str) -> str:
    host = same_host(host)
    for prefix in _PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            return host[len(prefix) :]
    return host


def _distance_is_one(one: str, other: str) -> bool:
    """Whether one letter more, less or different makes the two equal."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    return one[at + 1 :] in (other[at:], other[at + 1 :]) or one[at:] == other[at + 1 :]


def _host_and_port(place: str) -> tuple[str, str | None]:
    """Part the two: brackets guard the colons of IPv6, and without them two colons mean it."""
    if place.startswith("["):
        host, bracket, rest = place[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise ValueError("an IPv6 address in brackets is followed by :PORT or nothing")
        if ":" not in host:
            raise ValueError("only IPv6 addresses stand in brackets")
        return host, rest[1:] if rest else None
    if place.count(":") > 1:
        return place, None
    host, colon, port = place.partition(":")
    return host, port if colon else None


def _checked(
    host: str, number: str | None, port: int | None, protocol: str, user: str, path: str, secret: bool
) -> Place:
    if problem := host_problem(host):
        raise ValueError(problem)
    if number is not None:
        if not _PORT.fullmatch(number) or not 1 <= int(number) <= 0xFFFF:
            raise ValueError(f"port must be 1..65535, found {visible(number[:20]) or 'nothing'}")
        port = int(number)
    if len(user) > _MAX_USER or visible(user) != user:
        user = ""
    return Place(host, DEFAULT_PORTS[protocol] if port is None else port, protocol, user, path, secret)


def _is_name(host: str) -> bool:
    labels = host.removesuffix(".").split(".")
    return len(host) <= _MAX_NAME and all(_LABEL.fullmatch(label) for label in labels)


def _is_ipv6(host: str) -> bool:
    if not _IPV6.fullmatch(host):
        return False
    from ipaddress import IPv6Address  # here, not above: few addresses have colons

    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True
