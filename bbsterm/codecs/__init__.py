"""Character sets of bulletin boards and home computers, as Python codecs.

Python knows most code pages; these are the ones it lacks. Nothing is registered by importing: call
`install()` once, and ``text.encode("petscii")`` and ``open(path, encoding="atascii")`` work.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Final

from bbsterm.codecs import big5bbs
from bbsterm.codecs.armscii import ARMSCII8, HAIK8
from bbsterm.codecs.atarist import ATARIST, ATARIST_ART
from bbsterm.codecs.atascii import ATASCII
from bbsterm.codecs.charmap import Charmap
from bbsterm.codecs.cp437 import CP437_ART
from bbsterm.codecs.cp866u import CP866U
from bbsterm.codecs.cp1131 import CP1131
from bbsterm.codecs.petscii import PETSCII
from bbsterm.codecs.petscii_unshifted import PETSCII_UNSHIFTED

__all__ = ["CHARMAPS", "Charmap", "find", "install", "is_retro", "lookup", "names", "prepare", "readable"]

CHARMAPS: Final[tuple[Charmap, ...]] = (
    PETSCII,
    PETSCII_UNSHIFTED,
    ATASCII,
    ATARIST,
    ATARIST_ART,
    CP437_ART,
    ARMSCII8,
    HAIK8,
    CP866U,
    CP1131,
)
"""Every table of ours. One more is one more file and one more line here."""

_PRINTABLE: Final = bytes(range(0x20, 0x7F)).replace(b"\\", b"") + b"\\t"
"""ASCII, and what is a tab to a codec that knows escapes."""

_OURS: Final = "bbsterm_"
"""Before a name of ours, it means ours, whoever else has registered a codec of that name."""

_RETRO: Final = frozenset({PETSCII.name, PETSCII_UNSHIFTED.name, ATASCII.name})


def install() -> None:
    """Make Python know our codecs by name. Calling it again changes nothing."""
    codecs.unregister(_search)
    codecs.register(_search)


def names() -> tuple[str, ...]:
    """The names of our codecs, without aliases."""
    return (*(charmap.name for charmap in CHARMAPS), big5bbs.NAME)


def find(name: str) -> Charmap | None:
    """Our table of that name or alias, spelled any usual way (``CP437-art``); None where it is not ours."""
    return _by_name().get(_normal(name))


def is_retro(name: str) -> bool:
    """Whether a host that speaks this wants every byte raw: no line mode, no NVT newlines, no negotiation."""
    charmap = find(name)
    return charmap is not None and charmap.name in _RETRO


def lookup(name: str) -> codecs.CodecInfo:
    """The codec of that name: ours, or else Python's. Works without `install()`.

    Raises:
        LookupError: Nobody knows it.
    """
    return _search(name) or codecs.lookup(name)


def readable(name: str) -> str:
    """The codec's own name, if a terminal can read a stream in it.

    In such a stream every byte is a character of its own, or ASCII stands for itself: UTF-16 and UTF-7 hide
    control characters, and base64 is no text.

    Raises:
        LookupError: It cannot, or nobody knows that codec.
    """
    try:
        info = lookup(name)
        if _search(name) is None:
            "".encode(name)  # refuses what is no encoding of text
        make = info.incrementaldecoder
        if make("replace").decode(_PRINTABLE) == _PRINTABLE.decode():
            return info.name
        if all(len(make("replace").decode(bytes((byte,)))) == 1 for byte in range(256)):
            return info.name
    except ValueError:  # that is no name, or not a codec for streams
        pass
    raise LookupError(f"no encoding of a terminal: {name!r}")


def prepare(name: str) -> str:
    """Install ours, and return the name under which `str.encode` takes the codec of that name, ours first.

    That is `name` itself, unless another library has registered one of the same name before.

    Raises:
        LookupError: Nobody knows it.
    """
    install()
    ours = _search(name)
    if ours is None or codecs.lookup(name) is ours:
        codecs.lookup(name)
        return name
    return f"{_OURS}{_normal(name)}"


def _search(name: str) -> codecs.CodecInfo | None:
    """What `codecs.register` asks for."""
    if _normal(name) in (big5bbs.NAME, *big5bbs.ALIASES):
        return _big5bbs()
    charmap = find(name)
    return _codec(charmap.name) if charmap else None


@cache
def _codec(name: str) -> codecs.CodecInfo:
    return _by_name()[name].codec()


@cache
def _big5bbs() -> codecs.CodecInfo:
    return big5bbs.codec()


@cache
def _by_name() -> dict[str, Charmap]:
    return {name: charmap for charmap in CHARMAPS for name in (charmap.name, *charmap.aliases)}


def _normal(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_").removeprefix(_OURS)
