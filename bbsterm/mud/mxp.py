"""MXP, the MUD eXtension Protocol (option 91): mark-up inside the text, guarded by line modes."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["mxp_escape", "mxp_line", "mxp_strip"]

_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " "}
# An element stays on one line and is bounded, so that one "<" cannot swallow a screen of text.
_ELEMENT: Final = re.compile(r"<(?:[A-Za-z/]|!(?=[A-Za-z-]))[^<>\n]{0,512}>")
_LINE_MODE: Final = re.compile(r"\x1b\[\d{1,2}z")
_ENTITY: Final = re.compile(r"&(#\d{1,7}|[A-Za-z]{1,16});")


def mxp_escape(text: str) -> str:
    """Make text safe where MXP is on: a player's "<b>" must not become mark-up."""
    return "".join(_ENTITIES.get(character, character) for character in text)


def mxp_line(text: str, mode: int = 1) -> str:
    """Put a line mode before text: 0 open, 1 secure, 2 locked; 5 to 7 the same until changed.

    Raises:
        ValueError: `mode` is not 0 to 99.
    """
    if not 0 <= mode <= 99:
        raise ValueError(f"an MXP line mode is 0 to 99, not {mode}")
    return f"\x1b[{mode}z{text}"


def mxp_strip(text: str) -> str:
    """The text a reader would see: elements and line modes taken out, entities resolved."""
    bare = _ELEMENT.sub("", _LINE_MODE.sub("", text))
    return _ENTITY.sub(_resolve, bare)


def _resolve(entity: re.Match[str]) -> str:
    name = entity[1]
    if name.startswith("#"):
        code = int(name[1:])
        return chr(code) if 32 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else entity[0]
    return _NAMED.get(name.lower(), entity[0])
