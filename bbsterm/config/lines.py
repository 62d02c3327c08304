"""On which line a key of a TOML file stands. TOML readers do not tell."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["Name", "line_numbers"]

Name = tuple[str, ...]
"""A key with the tables that it is in: ``("dial", "timeout")``."""

_PART: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY: Final = re.compile(rf"\s*({_PART}(?:[ \t]*\.[ \t]*{_PART}){{0,16}})[ \t]*=[ \t]*(.*)")
_HEAD: Final = re.compile(rf"\s*\[{{1,2}}[ \t]*({_PART}(?:[ \t]*\.[ \t]*{_PART}){{0,16}})[ \t]*\]")
_PIECES: Final = re.compile(_PART)


def line_numbers(text: str) -> dict[Name, int]:
    """Every key and every table's head, with its first line, from 1."""
    found: dict[Name, int] = {}
    table: Name = ()
    until = ""
    for number, line in enumerate(text.split("\n"), 1):
        if until:  # within a text of several lines
            until = "" if until in line else until
            continue
        if head := _HEAD.match(line):
            table = _parts(head[1])
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = (*table, *_parts(key[1]))
            for length in range(len(table) + 1, len(name) + 1):
                found.setdefault(name[:length], number)
            quotes = key[2][:3]
            if quotes in ('"""', "'''") and quotes not in key[2][3:]:
                until = quotes
    return found


def _parts(key: str) -> Name:
    return tuple(part.strip("\"'") for part in _PIECES.findall(key))
