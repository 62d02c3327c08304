"""ZMP, Zenith MUD Protocol (option 93): a command and its arguments, each ended by NUL."""

from __future__ import annotations

from bbsterm.mud.text import decode

__all__ = ["zmp_decode", "zmp_encode"]


def zmp_encode(command: str, *arguments: str) -> bytes:
    """Encode ``zmp.ident NUL name NUL ...``.

    Raises:
        ValueError: The command is empty, or a part contains NUL.
    """
    parts = (command, *arguments)
    if not command or any("\0" in part for part in parts):
        raise ValueError("a ZMP command is not empty, and no part of it contains NUL")
    return b"".join(part.encode() + b"\0" for part in parts)


def zmp_decode(payload: bytes, encoding: str = "utf-8") -> list[str]:
    """Decode to ``[command, argument, ...]``; the last NUL may be missing. Empty payload, empty list."""
    if not payload:
        return []
    parts = payload.removesuffix(b"\0").split(b"\0")
    return [decode(part, encoding) for part in parts]
