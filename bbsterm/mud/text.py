"""How MUD payloads carry text: UTF-8 by agreement, Latin-1 by habit."""

from __future__ import annotations

__all__ = ["decode", "spell"]


def decode(data: bytes, encoding: str = "utf-8") -> str:
    """Decode text of a payload; what is not valid in `encoding` is read as Latin-1, which never fails.

    Raises:
        LookupError: No codec is called `encoding`.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("latin-1")


def spell(value: object) -> str:
    """A value as MSDP and MSSP write it: they have text only. True is "1", False "0", None nothing at all."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return decode(value)
    return str(int(value) if isinstance(value, bool) else value)
