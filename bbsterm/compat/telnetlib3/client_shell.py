"""A shell for `open_connection` that connects the program's own terminal with the server."""

from __future__ import annotations

import asyncio
import codecs
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Final

from bbsterm.compat.telnetlib3.input_filter import InputFilter
from bbsterm.compat.telnetlib3.linemode_buffer import LinemodeBuffer

__all__ = ["InputFilter", "LinemodeBuffer", "telnet_client_shell"]

_HANG_UP: Final = b"\x1d"  # Ctrl+]
_PIECE: Final = 64 * 1024


async def telnet_client_shell(telnet_reader: Any, telnet_writer: Any) -> None:
    """Show what the server sends, send what is typed, until either end is over. Ctrl+] hangs up.

    On a terminal every key is sent at once; while the server does not echo, we do. Where standard input is
    no terminal, it is sent as it is.
    """
    keyboard = sys.stdin.fileno() if sys.stdin is not None else -1
    terminal = keyboard >= 0 and os.isatty(keyboard)
    with _raw(keyboard) if terminal else nullcontext():
        if terminal:
            _show(b"Escape character is '^]'.\r\n")
        shown = asyncio.ensure_future(_show_all(telnet_reader))
        typed = asyncio.ensure_future(_send_all(keyboard, telnet_writer, terminal=terminal))
        try:
            await asyncio.wait((shown, typed), return_when=asyncio.FIRST_COMPLETED)
            if typed.done() and not terminal and not shown.done():
                telnet_writer.write_eof()
                await shown  # the end of a file is no reason to miss the answer
        finally:
            for task in (shown, typed):
                task.cancel()
            await asyncio.wait((shown, typed))
        if terminal:
            by_us = typed.done() and not typed.cancelled()
            _show(f"\r\nConnection closed{'' if by_us else ' by foreign host'}.\r\n".encode())
    telnet_writer.close()


async def _show_all(reader: Any) -> None:
    while data := await reader.read(_PIECE):
        _show(data if isinstance(data, bytes) else data.encode("utf-8", "replace"))


async def _send_all(keyboard: int, writer: Any, *, terminal: bool) -> None:
    if keyboard < 0:
        return
    decoder = codecs.getincrementaldecoder("utf-8")("replace")  # a character may come in two pieces
    while True:
        data = await _read(keyboard)
        if not data:
            return
        if terminal and _HANG_UP in data:
            return
        raw = getattr(writer.ctx, "raw_mode", None)  # asked for, whatever is negotiated
        if terminal and not raw and not writer.will_echo:
            _show(data.replace(b"\r", b"\r\n"))
        if terminal and (writer.mode == "local" if raw is None else not raw):
            data = data.replace(b"\r", b"\r\n")
        writer.write(decoder.decode(data) if hasattr(writer, "encode") else data)
        await writer.drain()


async def _read(keyboard: int) -> bytes:
    """What is typed next. A file or a pipe that the event loop cannot watch is read in a thread."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()

    def _ready() -> None:
        if not ready.done():
            ready.set_result(None)

    try:
        loop.add_reader(keyboard, _ready)
    except (NotImplementedError, PermissionError, OSError):
        return await asyncio.to_thread(os.read, keyboard, _PIECE)
    try:
        await ready
    finally:
        loop.remove_reader(keyboard)
    return os.read(keyboard, _PIECE)


def _show(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def _raw(keyboard: int) -> Iterator[None]:
    """The terminal without editing and echo of its own; as it was, afterwards."""
    if sys.platform == "win32":
        yield
        return
    import termios
    import tty

    before = termios.tcgetattr(keyboard)
    tty.setraw(keyboard, termios.TCSADRAIN)
    try:
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
