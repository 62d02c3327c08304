"""What a person calls one character: a letter with its accents, a family of emoji, a flag; and its cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

__all__ = ["cells", "clusters", "without_last"]

_JOINER: Final = "\u200d"
_MARKS: Final = ("Mn", "Me", "Cf")
_RUB_OUT: Final = "\b \b"


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _belongs_to(cluster: str, character: str) -> bool:
    """Whether `character` goes on with what `cluster` began."""
    if unicodedata.category(character) in _MARKS or "\U0001f3fb" <= character <= "\U0001f3ff":
        return True
    return cluster.endswith(_JOINER) or (
        len(cluster) == 1 and _is_flag_half(cluster) and _is_flag_half(character)
    )


def clusters(text: str) -> Iterator[str]:
    """Take `text` apart where a person would."""
    cluster = ""
    for character in text:
        if cluster and not _belongs_to(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _cells_of(cluster: str) -> int:
    first = cluster[0]
    if _is_flag_half(first) or unicodedata.east_asian_width(first) in "WF":
        return 2
    return 0 if unicodedata.category(first) in _MARKS else 1


def cells(text: str) -> int:
    """How many cells of a screen `text` takes."""
    return len(text) if text.isascii() else sum(map(_cells_of, clusters(text)))


def without_last(text: str) -> tuple[str, str]:
    """`text` without its last character, and what to send so that it goes from the screen."""
    parts = list(clusters(text))
    if not parts:
        return "", ""
    last = parts.pop()
    return "".join(parts), _RUB_OUT * _cells_of(last)
