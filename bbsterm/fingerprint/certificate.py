"""What a certificate says, read from its DER, trusted or not: names and dates (RFC 5280, section 4.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any, Final, NamedTuple

from bbsterm.limits import MAX_CERTIFICATE, MAX_FINGERPRINT_ITEMS

__all__ = ["certificate_facts"]

_COMMON_NAME: Final = b"\x55\x04\x03"  # 2.5.4.3
_ORGANIZATION: Final = b"\x55\x04\x0a"  # 2.5.4.10
_ALTERNATIVE_NAMES: Final = b"\x55\x1d\x11"  # 2.5.29.17
_UTC, _VERSION, _EXTENSIONS = 0x17, 0xA0, 0xA3
_DNS, _IP = 0x82, 0x87


class _Item(NamedTuple):
    tag: int
    body: bytes


def certificate_facts(der: bytes) -> dict[str, Any]:
    """The certificate's SHA-256, and as much of its names and dates as can be read.

    Args:
        der: As the peer sent it: anything.

    Returns:
        "sha256", always; "subject", "issuer", "names", "begins" and "expires" (ISO 8601, UTC) where they are
        understood.
    """
    facts: dict[str, Any] = {"sha256": hashlib.sha256(der).hexdigest()}
    if len(der) > MAX_CERTIFICATE:
        return facts
    try:
        facts.update(_facts(der))
    except (ValueError, IndexError):
        facts["problem"] = "the certificate cannot be read"
    return facts


def _facts(der: bytes) -> dict[str, Any]:
    (certificate,) = _items(der)
    parts = list(_items(next(_items(certificate.body)).body))
    if parts[0].tag == _VERSION:
        del parts[0]
    issuer, validity, subject = parts[2], parts[3], parts[4]  # behind the serial number and the algorithm
    begins, expires = (_date(item) for item in _items(validity.body))
    return {
        "subject": _name(subject),
        "issuer": _name(issuer),
        "begins": begins,
        "expires": expires,
        "names": [name for part in parts[5:] if part.tag == _EXTENSIONS for name in _alternatives(part)],
    }


def _items(data: bytes) -> Iterator[_Item]:
    """The items that stand side by side in `data`.

    Raises:
        ValueError: One is longer than what there is.
    """
    at = 0
    while at < len(data):
        tag, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4:
                raise ValueError("a length of a form that certificates do not use")
            length, at = int.from_bytes(data[at : at + count], "big"), at + count
        if at + length > len(data):
            raise ValueError("an item is longer than what there is")
        yield _Item(tag, data[at : at + length])
        at += length


def _name(item: _Item) -> str:
    """A name's common name, or its organization."""
    found: dict[bytes, str] = {}
    for group in _items(item.body):
        for pair in _items(group.body):
            kind, value = _items(pair.body)
            found.setdefault(kind.body, _text(value.body))
    return found.get(_COMMON_NAME) or found.get(_ORGANIZATION, "")


def _date(item: _Item) -> str:
    """UTCTime has two digits for the year, 50 and above being the last century's (RFC 5280, 4.1.2.5)."""
    digits = item.body.decode("ascii").rstrip("Z")
    if item.tag == _UTC:
        digits = ("19" if digits[:2] >= "50" else "20") + digits
    if len(digits) != 14 or not digits.isdigit():
        raise ValueError("no date")
    year, rest = digits[:4], [digits[at : at + 2] for at in range(4, 14, 2)]
    return f"{year}-{rest[0]}-{rest[1]}T{rest[2]}:{rest[3]}:{rest[4]}Z"


def _alternatives(item: _Item) -> list[str]:
    names: list[str] = []
    for extension in _items(next(_items(item.body)).body):
        parts = list(_items(extension.body))
        if parts[0].body != _ALTERNATIVE_NAMES:
            continue
        for name in _items(next(_items(parts[-1].body)).body):
            if name.tag == _DNS:
                names.append(_text(name.body))
            elif name.tag == _IP and len(name.body) in (4, 16):
                names.append(str(ip_address(name.body)))
    return names[:MAX_FINGERPRINT_ITEMS]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
