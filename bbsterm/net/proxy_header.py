"""The PROXY protocol, versions 1 and 2: who a proxy such as HAProxy calls for. Bytes in, an address out.

Source: "The PROXY protocol, versions 1 & 2", HAProxy, 2020.
"""

from __future__ import annotations

import ipaddress
import struct
from typing import Final, NamedTuple

from bbsterm.limits import MAX_PROXY_HEADER, MAX_PROXY_LINE

__all__ = ["BadHeaderError", "Header", "missing", "parse"]

_SIGNATURE: Final = b"\r\n\r\n\0\r\nQUIT\n"  # section 2.2
_FIXED: Final = len(_SIGNATURE) + 4
_LOCAL, _PROXY = 0, 1
_FAMILIES: Final = {0x11: ("!4s4sHH", ipaddress.IPv4Address), 0x21: ("!16s16sHH", ipaddress.IPv6Address)}


class BadHeaderError(ValueError):
    """What came is no PROXY header. The text says in what way."""


class Header(NamedTuple):
    """What a header says.

    Attributes:
        source: The caller's address and port; None where the proxy calls for itself (a health check) or does
            not know.
    """

    source: tuple[str, int] | None


def missing(data: bytes) -> int:
    """How many more bytes of the header may be taken without taking any of what follows; 0: it is complete.

    Raises:
        BadHeaderError: It cannot become a header any more.
    """
    if not data:
        return len(_SIGNATURE)  # no shorter than the shortest line of version 1
    if data.startswith(_SIGNATURE[: len(data)]):
        if len(data) < _FIXED:
            return _FIXED - len(data)
        length = _FIXED + int(struct.unpack_from("!H", data, _FIXED - 2)[0])
        if length > MAX_PROXY_HEADER:
            raise BadHeaderError(f"a PROXY header of {length} bytes")
        return length - len(data)
    if data.startswith(b"PROXY "[: len(data)]):
        if data.endswith(b"\r\n"):
            return 0
        if len(data) >= MAX_PROXY_LINE:
            raise BadHeaderError("a PROXY line without an end")
        return 1 if len(data) >= len(b"PROXY UNKNOWN\r") else len(b"PROXY UNKNOWN\r") - len(data)
    raise BadHeaderError("no PROXY header")


def parse(data: bytes) -> Header:
    """What a complete header says (`missing` is 0).

    Raises:
        BadHeaderError: It is not spelled as it must be.
    """
    return _binary(data) if data.startswith(_SIGNATURE) else _text(data)


def _text(data: bytes) -> Header:
    """Version 1, section 2.1: ``PROXY TCP4 192.0.2.1 192.0.2.2 56324 23``."""
    try:
        words = data[:-2].decode("ascii").split(" ")
    except UnicodeDecodeError:
        raise BadHeaderError("a PROXY line that is not ASCII") from None
    if words[1] == "UNKNOWN":
        return Header(None)
    if words[1] not in ("TCP4", "TCP6") or len(words) != 6:
        raise BadHeaderError("a PROXY line of another form")
    kind = ipaddress.IPv4Address if words[1] == "TCP4" else ipaddress.IPv6Address
    try:
        source, _ = kind(words[2]), kind(words[3])
    except ValueError:
        raise BadHeaderError("a PROXY line whose addresses are none") from None
    return Header((str(source), _port(words[4], words[5])))


def _port(source: str, target: str) -> int:
    for word in (source, target):
        if not (word.isascii() and word.isdecimal() and len(word) <= 5 and int(word) <= 65535):
            raise BadHeaderError("a PROXY line whose ports are none")
    return int(source)


def _binary(data: bytes) -> Header:
    """Version 2, section 2.2."""
    version, command = data[12] >> 4, data[12] & 0x0F
    if version != 2 or command not in (_LOCAL, _PROXY):
        raise BadHeaderError(f"a PROXY header of an unknown kind ({data[12]:#04x})")
    if command == _LOCAL or data[13] not in _FAMILIES:
        return Header(None)
    form, kind = _FAMILIES[data[13]]
    if len(data) - _FIXED < struct.calcsize(form):
        raise BadHeaderError("a PROXY header without room for its addresses")
    source, _, port, _ = struct.unpack_from(form, data, _FIXED)
    return Header((str(kind(source)), port))
