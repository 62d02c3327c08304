"""Who may come in: a count of callers, a question only terminals can answer, and shells for the others."""

from __future__ import annotations

import asyncio
import re
import threading
from typing import Any, Final

from bbsterm.serve.shells.typed import echo, write

__all__ = ["ConnectionCounter", "busy_shell", "robot_check", "robot_shell"]

_MAX_INPUT: Final = 2048
"""Characters that a caller may type at a question."""

_QUESTION_SECONDS: Final = 10.0
_BUSY_SECONDS: Final = 30.0
_POSITION: Final = re.compile(r"\x1b\[(\d{1,5});(\d{1,5})R")
_PROBE: Final = " "


class ConnectionCounter:
    """Counts who is in, up to `limit`. It may be used from several threads."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._count = 0
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """How many are in."""
        return self._count

    def try_acquire(self) -> bool:
        """Let one in, if there is room."""
        with self._lock:
            if self._count >= self.limit:
                return False
            self._count += 1
            return True

    def release(self) -> None:
        """One has left."""
        with self._lock:
            self._count = max(0, self._count - 1)


async def robot_check(reader: Any, writer: Any, timeout: float = 5.0) -> bool:  # noqa: ASYNC109  # its own
    """Whether the caller is a terminal: it says where its cursor is, and that a blank moves it by one cell.

    Args:
        reader: What the caller sends.
        writer: To the caller.
        timeout: Seconds for each of its two answers.
    """
    return await _measure_width(reader, writer, _PROBE, timeout) == 1


async def robot_shell(reader: Any, writer: Any) -> None:
    """For who failed `robot_check`: two questions, ten seconds each."""
    for question in ("Do robots dream of electric sheep? [yn] ", "Have you met the windowmakers? [yn] "):
        if await _ask_question(reader, writer, f"\r\n{question}", _QUESTION_SECONDS) is None:
            return
    write(writer, "\r\n")
    await writer.drain()


async def busy_shell(reader: Any, writer: Any) -> None:
    """For who comes when there is no room: say so, listen twice for half a minute, and hang up."""
    write(writer, "Machine is busy, do not touch! ")
    await writer.drain()
    await _read_line(reader, _BUSY_SECONDS)
    write(writer, "\r\nYou hear a distant explosion... ")
    await writer.drain()
    await _read_line(reader, _BUSY_SECONDS)


async def _measure_width(reader: Any, writer: Any, text: str, timeout: float) -> int | None:  # noqa: ASYNC109
    """How many cells the cursor moves when `text` is shown; None if the caller does not say."""
    _, before = await _get_cursor_position(reader, writer, timeout)
    if before is None:
        return None
    write(writer, text)
    _, after = await _get_cursor_position(reader, writer, timeout)
    if after is None:
        return None
    write(writer, f"\x1b[{before}G" + " " * (after - before) + f"\x1b[{before}G")
    return after - before


async def _get_cursor_position(
    reader: Any,
    writer: Any,
    timeout: float,  # noqa: ASYNC109
) -> tuple[int | None, int | None]:
    """Row and column as the caller's terminal reports them (DSR 6)."""
    write(writer, "\x1b[6n")
    try:
        await writer.drain()
        async with asyncio.timeout(timeout):
            return await _read_cpr_response(reader) or (None, None)
    except (TimeoutError, ConnectionError):
        return None, None


async def _read_cpr_response(reader: Any) -> tuple[int, int] | None:
    heard = ""
    while True:
        try:
            data = await reader.read(1)
        except UnicodeDecodeError:  # noise, in a strict encoding
            continue
        if not data:
            return None
        heard = (heard + (data if isinstance(data, str) else data.decode("latin-1")))[-_MAX_INPUT:]
        if found := _POSITION.search(heard):
            return int(found[1]), int(found[2])


async def _ask_question(reader: Any, writer: Any, question: str, timeout: float) -> str | None:  # noqa: ASYNC109
    """The answer to a question, which is asked again while it is blank."""
    while True:
        write(writer, question)
        await writer.drain()
        answer = await _readline_with_echo(reader, writer, timeout)
        if answer is None or answer.strip():
            return answer


async def _readline_with_echo(reader: Any, writer: Any, timeout: float) -> str | None:  # noqa: ASYNC109
    try:
        async with asyncio.timeout(timeout):
            return await _read_line_inner(reader, _MAX_INPUT, writer)
    except TimeoutError:
        return None


async def _read_line(reader: Any, timeout: float, max_len: int = _MAX_INPUT) -> str | None:  # noqa: ASYNC109
    try:
        async with asyncio.timeout(timeout):
            return await _read_line_inner(reader, max_len)
    except TimeoutError:
        return None


async def _read_line_inner(reader: Any, max_len: int, writer: Any = None) -> str:
    """Characters up to the end of a line or of the stream, `max_len` at most."""
    line = ""
    while len(line) < max_len:
        data = await reader.read(1)
        character = data if isinstance(data, str) else data.decode("latin-1")
        if not character or character in "\r\n":
            break
        line += character
        if writer is not None:
            echo(writer, character)
    return line
