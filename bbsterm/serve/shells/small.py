"""Three small shells: `echo` and `binary` say what they hear, `wargame` asks one question."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["binary", "echo", "wargame"]

_AT_ONCE: Final = 4096


async def echo(reader: Any, writer: Any) -> None:
    """Say what is typed, as text, until the caller hangs up. A control-D as a line's first key ends it."""
    while text := await reader.read(_AT_ONCE):
        if text == "\x04":
            return
        writer.write(
            text.replace("\r\n", "\n").replace("\r\0", "\n").replace("\r", "\n").replace("\n", "\r\n")
        )
        await writer.drain()


async def binary(reader: Any, writer: Any) -> None:
    """Send back every byte as it came, until the caller hangs up."""
    while data := await reader.read(_AT_ONCE):
        writer.write(data)
        await writer.drain()


async def wargame(reader: Any, writer: Any) -> None:
    """Ask one question, and answer the answer."""
    writer.write("\r\nWould you like to play a game? ")
    answer = await reader.read(1)
    if not answer:
        return
    writer.echo(answer)
    if answer in "yY":
        writer.write("\r\nThe only winning move is to call again tomorrow.\r\n")
    else:
        writer.write("\r\nSome other night, then. Shall we say tic-tac-toe?\r\n")
    await writer.drain()
