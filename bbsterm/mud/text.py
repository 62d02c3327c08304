"""How MUD payloads carry text: UTF-8 by agreement, Latin-1 by habit."""

from __future__ import annotations

__all__ = ["decode"]


def decode(data: bytes, encoding: str = "utf-8") -> str:
    """Decode text of a payload; what is not valid in `encoding` is read as Latin-1, which never fails.

    Raises:
        LookupError: No codec is called `encoding`.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")
