"""Aardwolf's own channel (option 102): one byte says what it is about, the rest says it."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["aardwolf_decode", "aardwolf_encode"]

_CHANNELS: Final = {100: "status", 101: "tick", 102: "affect"}


def aardwolf_encode(channel: int, *data: int) -> bytes:
    """Encode a channel byte and its data bytes, each 0 to 255."""
    return bytes((channel, *data))


def aardwolf_decode(payload: bytes) -> dict[str, Any]:
    """Decode to a dict.

    Returns:
        ``channel`` (its name, or its number in hexadecimal), ``channel_byte``, ``data_byte`` when there is
        one data byte or more, and ``data_bytes`` (all of them) when there is more than one.
    """
    if not payload:
        return {"channel": "unknown", "channel_byte": 0}
    channel, data = payload[0], payload[1:]
    message: dict[str, Any] = {"channel": _CHANNELS.get(channel, f"0x{channel:02x}"), "channel_byte": channel}
    if data:
        message["data_byte"] = data[0]
    if len(data) > 1:
        message["data_bytes"] = data
    return message
