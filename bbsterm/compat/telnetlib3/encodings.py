"""The codecs of home computers: importing this makes Python know them, as it did under this name before."""

from __future__ import annotations

from typing import Final

from bbsterm import codecs

__all__ = ["FORCE_BINARY_ENCODINGS"]

FORCE_BINARY_ENCODINGS: Final = frozenset(
    name
    for charmap in codecs.CHARMAPS
    if codecs.is_retro(charmap.name)
    for name in (charmap.name, *charmap.aliases)
)
"""Encodings whose hosts want every byte raw."""

codecs.install()
