"""Where to call: `HOST[:PORT]`, telnet://, telnets:// and raw://, read strictly and written back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, TypeAlias, get_args
from urllib.parse import quote, unquote

from bbsterm.errors import UsageError

__all__ = ["DEFAULT_PORTS", "Address", "Family", "Scheme", "parse_address"]

Scheme: TypeAlias = Literal["telnet", "telnets", "raw"]

DEFAULT_PORTS: Final[Mapping[Scheme, int]] = {"telnet": 23, "telnets": 992, "raw": 23}
"""IANA's ports for telnet and telnets; boards that speak raw TCP mostly stand on telnet's."""

_URI: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<rest>.*)", re.DOTALL)
_PORT: Final = re.compile(r"[0-9]{1,5}")
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_IPV6: Final = re.compile(r"[0-9A-Fa-f:.]+(%[A-Za-z0-9_.-]{1,32})?")
_MAX_NAME: Final = 253
_MAX_USER: Final = 256
_SHOWN: Final = 80
_HINT: Final = "Write HOST, HOST:PORT, [IPV6]:PORT, telnet://HOST:PORT, telnets://HOST or raw://HOST:PORT."


class Family(Enum):
    """Which internet protocol to call over."""

    ANY = "any"
    IPV4 = "4"
    IPV6 = "6"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a board is and how it is spoken to. `parse_address(str(address)) == address`.

    Attributes:
        host: A name or an IP address, IPv6 without brackets.
        port: 1 to 65535.
        protocol: "telnet", "telnets" (TLS from the first byte) or "raw" (TCP without telnet).
        user: The user name the address carries, told to boards that ask (NEW-ENVIRON USER); None mostly.
    """

    host: str
    port: int = 23
    protocol: Scheme = "telnet"
    user: str | None = None

    @property
    def tls(self) -> bool:
        """Whether the call is encrypted from its first byte."""
        return self.protocol == "telnets"

    @property
    def place(self) -> str:
        """Host and port alone: ``bbs.example.org:23``, ``[::1]:23``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    def __str__(self) -> str:
        if self.protocol == "telnet" and self.user is None:
            return self.place
        user = "" if self.user is None else quote(self.user, safe="") + "@"
        return f"{self.protocol}://{user}{self.place}"


def parse_address(text: str) -> Address:
    """Read an address as a person writes it.

    Args:
        text: ``HOST``, ``HOST:PORT``, ``[::1]:23``, ``::1``, or a URI ``telnet://user@host:port/``
            (RFC 4248) with telnet, telnets or raw.

    Raises:
        UsageError: It is no address. Hosts that begin with "-", hold spaces, control characters or
            anything else that no name has are refused, and so are passwords.
    """
    stripped = text.strip(" ")
    if not stripped:
        raise UsageError("an address is missing", hint=_HINT)
    uri = _URI.fullmatch(stripped)
    if uri is None:
        return _address(text, "telnet", None, stripped)
    scheme = _scheme(text, uri["scheme"])
    user, at, place = uri["rest"].rpartition("@")
    return _address(text, scheme, _user(text, user) if at else None, place.removesuffix("/"))


def _address(text: str, scheme: Scheme, user: str | None, place: str) -> Address:
    host, port = _split(text, place)
    return Address(_host(text, host), _port(text, port, scheme), scheme, user)


def _scheme(text: str, name: str) -> Scheme:
    for scheme in get_args(Scheme):
        if name.lower() == scheme:
            return scheme  # type: ignore[no-any-return]  # get_args forgets that these are Schemes
    raise _refused(text, f"cannot call {name}://; there are telnet://, telnets:// and raw://")


def _user(text: str, quoted: str) -> str:
    if ":" in quoted:
        raise _refused("…" + text[text.rindex("@") :], "a password does not belong in an address")
    user = unquote(quoted, errors="replace")
    if not user or len(user) > _MAX_USER or not user.isprintable():
        raise _refused(text, "the user name is empty, too long or has control characters")
    return user


def _split(text: str, place: str) -> tuple[str, str | None]:
    """Part host and port: brackets guard the colons of IPv6, and without them two colons mean it."""
    if place.startswith("["):
        host, bracket, rest = place[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise _refused(text, "an IPv6 address in brackets is followed by :PORT or nothing")
        if ":" not in host:
            raise _refused(text, "only IPv6 addresses stand in brackets")
        return host, rest[1:] if rest else None
    if place.count(":") > 1:
        return place, None
    host, colon, port = place.partition(":")
    return host, port if colon else None


def _port(text: str, digits: str | None, scheme: Scheme) -> int:
    if digits is None:
        return DEFAULT_PORTS[scheme]
    if not _PORT.fullmatch(digits) or not 1 <= int(digits) <= 0xFFFF:
        raise _refused(text, f"a port is a number from 1 to 65535, not {digits[:_SHOWN]!r}")
    return int(digits)


def _host(text: str, host: str) -> str:
    if not host:
        raise _refused(text, "the host is missing")
    if host.startswith("-"):
        raise _refused(text, "a host does not begin with '-'")
    if any(letter.isspace() or not letter.isprintable() for letter in host):
        raise _refused(text, "a host has no spaces or control characters")
    if not (_is_ipv6(host) if ":" in host else _is_name(host)):
        raise _refused(text, "neither a host name nor an IP address")
    return host


def _is_name(host: str) -> bool:
    """A DNS name, or IPv4. Letters of any alphabet are let through: the resolver knows IDNA."""
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


def _refused(text: str, reason: str) -> UsageError:
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return UsageError(f"{shown!r} is no address: {reason}", hint=_HINT)
