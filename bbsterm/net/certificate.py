"""What a certificate says of itself, read from its DER: enough to show it to a person, and to know it again.

Nothing here proves anything: that is for the TLS library. Source: RFC 5280, section 4.1; X.690, section 8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, NamedTuple

__all__ = ["Certificate", "fingerprint_shown", "read_certificate", "wanted_fingerprint"]

_VERSION: Final = 0xA0
_TIMES: Final = frozenset({0x17, 0x18})
_COMMON_NAME: Final = b"\x55\x04\x03"  # 2.5.4.3
_ORGANISATION: Final = b"\x55\x04\x0a"
_ALTERNATIVE_NAMES: Final = b"\x55\x1d\x11"  # 2.5.29.17
_EXTENSIONS: Final = 0xA3
_DNS, _IP = 0x82, 0x87
_NAMES: Final = 64
_HEX: Final = 64
_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate.

    Attributes:
        key: SHA-256 of its public key (SubjectPublicKeyInfo), in lower case hexadecimal: what is pinned. A
            board that renews its certificate mostly keeps its key.
        whole: SHA-256 of the certificate, as other programs show it.
        subject: Whom it is for; empty where that cannot be read. The peer's word, like all that follows.
        issuer: Who made it.
        since: The first day on which it is valid, as ``2026-01-31``.
        until: The last one.
        names: Hosts and addresses that it is for (subjectAltName), 64 at most.
    """

    key: str
    whole: str
    subject: str = ""
    issuer: str = ""
    since: str = ""
    until: str = ""
    names: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """For people."""
        return (
            f"For:    {self.subject or '(no name)'}",
            f"By:     {'itself' if self.issuer == self.subject else self.issuer or '(no name)'}",
            f"Valid:  {self.since} to {self.until}",
            "SHA-256 of the certificate, and of its key:",
            *_halves(self.whole),
            *_halves(self.key),
        )

    def matches(self, fingerprint: str) -> bool:
        """Whether this is the certificate, or the key, of a fingerprint in lower case hexadecimal."""
        return fingerprint in (self.key, self.whole)


def fingerprint_shown(digest: str) -> str:
    """``AB:CD:...``, as programs show it."""
    upper = digest.upper()
    return ":".join(upper[at : at + 2] for at in range(0, len(upper), 2))


def _halves(digest: str) -> tuple[str, str]:
    """Two lines: a whole one is wider than many a window, and half a fingerprint proves nothing."""
    shown = fingerprint_shown(digest)
    middle = len(shown) // 2 + 1
    return f"  {shown[:middle]}", f"  {shown[middle:]}"


def wanted_fingerprint(text: str) -> str:
    """A SHA-256 as a person wrote it, with or without colons, in lower case hexadecimal.

    Raises:
        ValueError: It is none.
    """
    digest = text.strip().lower().removeprefix("sha256:").replace(":", "").replace(" ", "")
    if len(digest) != _HEX or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(f"{text!r} is no SHA-256 fingerprint: 64 hexadecimal digits, with or without colons")
    return digest


def read_certificate(der: bytes) -> Certificate:
    """Read one. What cannot be read is left out; without a key to be found, the whole stands for it."""
    whole = hashlib.sha256(der).hexdigest()
    try:
        body = next(_parts(next(_parts(der)).content)).content
        parts = [part for part in _parts(body) if part.tag != _VERSION]
        issuer, validity, subject, key = parts[2:6]
        days = [_day(part) for part in _parts(validity.content) if part.tag in _TIMES]
        return Certificate(
            hashlib.sha256(key.whole).hexdigest(),
            whole,
            _name(subject),
            _name(issuer),
            days[0],
            days[1],
            tuple(name for part in parts[6:] if part.tag == _EXTENSIONS for name in _alternatives(part)),
        )
    except (IndexError, ValueError, StopIteration):
        return Certificate(whole, whole)


class _Part(NamedTuple):
    """One element of DER."""

    tag: int
    content: bytes
    whole: bytes


def _parts(data: bytes) -> Iterator[_Part]:
    """The elements that follow each other in `data`."""
    at = 0
    while at < len(data):
        tag, length, start = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[start : start + size], "big")
            start += size
        if start + length > len(data):
            raise ValueError("an element that is longer than what it is in")
        yield _Part(tag, data[start : start + length], data[at : start + length])
        at = start + length


def _name(name: _Part) -> str:
    """The common name, or the organisation."""
    found: dict[bytes, str] = {}
    for relative in _parts(name.content):
        for pair in _parts(relative.content):
            kind, value = tuple(_parts(pair.content))[:2]
            found[kind.content] = _shown(value.content)
    return found.get(_COMMON_NAME) or found.get(_ORGANISATION) or ""


def _alternatives(extensions: _Part) -> list[str]:
    """What RFC 5280, section 4.2.1.6, calls subjectAltName: the DNS names and IP addresses of it."""
    names: list[str] = []
    for extension in _parts(_first(extensions).content):
        kind, *_, value = _parts(extension.content)
        if kind.content != _ALTERNATIVE_NAMES:
            continue
        for name in _parts(_first(value).content):
            if name.tag == _DNS:
                names.append(_shown(name.content))
            elif name.tag == _IP and len(name.content) in (4, 16):
                names.append(str(ip_address(name.content)))
    return names[:_NAMES]


def _first(part: _Part) -> _Part:
    for inner in _parts(part.content):
        return inner
    raise ValueError("an element that is empty")


def _shown(raw: bytes) -> str:
    text = raw[: _SHOWN * 4].decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "?" for char in text)[:_SHOWN]


def _day(time: _Part) -> str:
    """UTCTime has two digits of the year, GeneralizedTime four."""
    text = time.content.decode("ascii")
    if time.tag == 0x17:
        text = ("19" if text[:2] >= "50" else "20") + text
    if not text[:8].isdecimal():
        raise ValueError("no time")
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}"
