"""GMCP, Generic MUD Communication Protocol (option 201): a package name, then JSON."""

from __future__ import annotations

import json
from typing import Any

from bbsterm.limits import MAX_MUD_DEPTH
from bbsterm.mud.text import decode

__all__ = ["gmcp_decode", "gmcp_encode"]


def gmcp_encode(package: str, data: object = None) -> bytes:
    """Encode one message: ``Char.Vitals {"hp":100}``, or the package alone when there is no data.

    Args:
        package: "Core.Hello": a name without white space.
        data: Anything that `json.dumps` accepts; None sends the package alone.

    Raises:
        ValueError: `package` is empty or has white space in it, which the other end could not parse; or
            `data` has a number in it that JSON does not (infinity, not a number).
        TypeError: `data` cannot be JSON.
    """
    if not package or any(character.isspace() for character in package):
        raise ValueError(f"a GMCP package is one word, not {package!r}")
    if data is None:
        return package.encode()
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return f"{package} {text}".encode()


def gmcp_decode(payload: bytes, encoding: str = "utf-8") -> tuple[str, Any]:
    """Decode one message to ``(package, data)``; data is None where there is none.

    Raises:
        ValueError: What follows the package is not JSON, or is nested too deep to read.
    """
    package, _, text = decode(payload, encoding).partition(" ")
    text = text.strip()
    if not text:
        return package.strip(), None
    try:
        data = json.loads(text, parse_constant=_no_number)
    except ValueError as error:
        raise ValueError(f"GMCP {package[:64]!r} carries bad JSON: {error}") from error
    except RecursionError:
        raise ValueError(f"the JSON of GMCP {package[:64]!r} is nested too deep") from None
    if _is_deeper(data, MAX_MUD_DEPTH):
        raise ValueError(f"the JSON of GMCP {package[:64]!r} is nested too deep")
    return package, data


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no JSON")


def _is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects are nested more than `levels` deep. It goes no deeper than that itself."""
    if not isinstance(value, (dict, list)):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in inside)
