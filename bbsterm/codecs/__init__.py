"""Character sets of bulletin boards and home computers, as Python codecs.

Python knows most code pages; these are the ones it lacks. Nothing is registered by importing: call
`install()` once, and ``text.encode("petscii")`` and ``open(path, encoding="atascii")`` work.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import Final

from bbsterm.codecs.charmap import Charmap
from bbsterm.codecs.cp437 import CP437_ART

__all__ = ["CHARMAPS", "Charmap", "find", "install", "lookup", "names"]

CHARMAPS: Final[tuple[Charmap, ...]] = (CP437_ART,)
"""Every table of ours. One more is one more file and one more line here."""


def install() -> None:
    """Make Python know our codecs by name. Calling it again changes nothing."""
    codecs.unregister(_search)
    codecs.register(_search)


def names() -> tuple[str, ...]:
    """The names of our codecs (without aliases), in the order of the registry."""
    return tuple(charmap.name for charmap in CHARMAPS)


def find(name: str) -> Charmap | None:
    """Our table of that name or alias, spelled any usual way (``CP437-art``); None where it is not ours."""
    return _by_name().get(_normal(name))


def lookup(name: str) -> codecs.CodecInfo:
    """The codec of that name: ours, or else Python's. Works without `install()`.

    Raises:
        LookupError: Nobody knows it.
    """
    return _search(_normal(name)) or codecs.lookup(name)


def _search(name: str) -> codecs.CodecInfo | None:
    """What `codecs.register` asks for: `name` is in lower case."""
    charmap = find(name)
    return _codec(charmap.name) if charmap else None


@cache
def _codec(name: str) -> codecs.CodecInfo:
    return _by_name()[name].codec()


@cache
def _by_name() -> dict[str, Charmap]:
    return {name: charmap for charmap in CHARMAPS for name in (charmap.name, *charmap.aliases)}


def _normal(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
