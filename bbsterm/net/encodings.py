"""Which encodings a peer may choose, by CHARSET or by LANG: from a list, never from the import path."""

from __future__ import annotations

import codecs
import re
from encodings.aliases import aliases
from functools import cache
from typing import Final

__all__ = [
    "OFFERS",
    "charset_names",
    "encoding_from_lang",
    "known_encoding",
    "prepare_encoding",
    "public_name",
    "same_encoding",
]

OFFERS: Final = (
    "UTF-8",
    "LATIN1",
    "CP437",
    "CP1252",
    "ISO-8859-15",
    "CP850",
    "CP866",
    "KOI8-R",
    "KOI8-U",
    "CP1251",
    "BIG5",
    "CP950",
    "GBK",
    "CP936",
    "SHIFT_JIS",
    "CP932",
    "EUC-KR",
    "CP949",
    "US-ASCII",
)
"""What a server offers by CHARSET after its own encoding (RFC 2066), the best first."""

_NOT_FOR_PEERS: Final = frozenset(
    ("base64_codec", "bz2_codec", "hex_codec", "mbcs", "quopri_codec", "rot_13", "uu_codec", "zlib_codec")
)
_WITHOUT_ALIASES: Final = (
    "cp1006",
    "cp720",
    "cp737",
    "cp856",
    "cp874",
    "cp875",
    "koi8_t",
    "koi8_u",
    "mac_arabic",
    "mac_croatian",
    "mac_farsi",
    "mac_romanian",
    "utf_8_sig",
)
"""Encodings of Python's that `encodings.aliases` leaves out."""


@cache
def _known() -> dict[str, str]:
    """Every spelling of every encoding of text that Python comes with, to its Python name."""
    table = {_plain(alias): name for alias, name in aliases.items() if name not in _NOT_FOR_PEERS}
    table.update({_plain(name): name for name in (*table.values(), *_WITHOUT_ALIASES)})
    return table


def _plain(name: str) -> str:
    """Compare names as people mean them: "utf-8", "UTF8" and "utf_8" are one, "ISO 08859-01" is Latin-1."""
    words = re.findall(r"[a-z]+|[0-9]+", name.lower())
    return "".join(word.lstrip("0") or word for word in words)


def known_encoding(name: str) -> str | None:
    """The encoding that a peer's `name` means, in a spelling that `str.encode` takes, or None.

    A table decides: whatever the name is, nothing is imported because of it.
    """
    if found := _known().get(_plain(name)):
        exact = name.lower().replace("-", "_")
        return name if exact == found or exact in aliases else found
    from bbsterm import codecs as ours  # only for names that Python does not have: it is a larger import

    ours.install()
    own = {_plain(spelling): spelling for spelling in ours.names()}
    charmap = ours.find(name)
    found = charmap.name if charmap is not None else own.get(_plain(name))
    return None if found is None else ours.prepare(found)


@cache
def prepare_encoding(name: str) -> str:
    """Make sure that `name`, our own user's choice, can be used; return it, or a name that means it here.

    Other libraries register codecs under names of ours ("petscii"): ours are ours, whoever came first.

    Raises:
        LookupError: Nobody knows it.
    """
    if _plain(name) in _known():
        codecs.lookup(name)
        return name
    from bbsterm import codecs as ours  # only for names that Python does not have: it is a larger import

    ours.install()
    return ours.prepare(name)


def encoding_from_lang(lang: str) -> str | None:
    """The encoding that a LANG such as "uk_UA.KOI8-U@mod" names, as it is spelled there; None without one."""
    _, dot, rest = lang.partition(".")
    encoding = rest.partition("@")[0]
    return encoding if dot and encoding else None


def public_name(encoding: str) -> str:
    """How to call an encoding before others: without what `prepare_encoding` may have put before it."""
    return encoding.removeprefix("bbsterm_")


def same_encoding(one: str, other: str) -> bool:
    """Whether two names mean one encoding: "CP437" and "ibm437"."""
    known = _known()
    one, other = public_name(one), public_name(other)
    return known.get(_plain(one), one) == known.get(_plain(other), other)


def charset_names(encoding: str) -> tuple[str, ...]:
    """Every usual spelling of `encoding`, its own first: what we accept when a peer offers it."""
    encoding = public_name(encoding)
    python_name = _known().get(_plain(encoding), encoding)
    others = (alias for alias, name in aliases.items() if name == python_name)
    return tuple(dict.fromkeys((encoding, python_name, *others)))
