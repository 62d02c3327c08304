"""ATCP, Achaea Telnet Client Protocol (option 200): a package and a text; GMCP's parent."""

from __future__ import annotations

from bbsterm.mud.text import decode

__all__ = ["atcp_decode", "atcp_encode"]


def atcp_encode(package: str, value: str = "") -> bytes:
    """Encode ``Room.Exits ne,sw``, or the package alone.

    Raises:
        ValueError: `package` is empty or has white space in it.
    """
    if not package or any(character.isspace() for character in package):
        raise ValueError(f"an ATCP package is one word, not {package!r}")
    return f"{package} {value}".encode() if value else package.encode()


def atcp_decode(payload: bytes, encoding: str = "utf-8") -> tuple[str, str]:
    """Decode to ``(package, value)``; the value is "" where there is none.

    Achaea's own servers end the package with a newline instead of a space; both are understood.
    """
    text = decode(payload, encoding)
    ends = [at for at in (text.find(" "), text.find("\n")) if at >= 0]
    at = min(ends, default=len(text))
    return text[:at], text[at + 1 :]
