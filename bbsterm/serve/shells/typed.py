"""Reading what a caller types, key by key, with echo and rubbing out; escape sequences are left out."""

from __future__ import annotations

import re
from collections.abc import Generator
from typing import Any, Final

from bbsterm.limits import MAX_EDITED_LINE
from bbsterm.serve.shells.clusters import cells, without_last

__all__ = [
    "LineEditor",
    "echo",
    "filter_ansi",
    "next_key",
    "readline",
    "readline2",
    "readline_async",
    "write",
]

_ENTER: Final = "\r\n"
_AFTER_CR: Final = "\n\0"
_RUB_OUT: Final = "\b\x7f"
_LONGEST: Final = 256
"""Characters of an escape sequence; what is longer is no longer taken for one."""

_SEQUENCE: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\"
    r"|O[ -~]|[(-+][ -~]|[@-NQ-Z\\^_])"
)
_BEGINNING: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|P[^\x1b]*\x1b?|O|[(-+])?")


class LineEditor:
    """One line at a time, from its end: typing adds, Backspace and Delete take away.

    Args:
        max_visible_width: Cells of the longest line; 0 is as many as `limits.MAX_EDITED_LINE` characters.
    """

    def __init__(self, max_visible_width: int = 0) -> None:
        self._room = max_visible_width
        self._line = ""
        self._after_cr = False

    def feed(self, character: str) -> tuple[str, str | None]:
        """Take one character; return what to echo, and the line if this one ended it."""
        after_cr, self._after_cr = self._after_cr, character == "\r"
        if after_cr and character in _AFTER_CR:
            return "", None
        if character in _ENTER:
            line, self._line = self._line, ""
            return "", line
        if character in _RUB_OUT:
            self._line, rubbed_out = without_last(self._line)
            return rubbed_out, None
        longer = self._line + character
        if len(longer) > MAX_EDITED_LINE or (self._room and cells(longer) > self._room):
            return "", None
        self._line = longer
        return character, None


def readline(
    _reader: Any, writer: Any, max_visible_width: int = 0
) -> Generator[str | None, str | bytes, None]:
    """A generator that is sent characters and gives a line whenever one is complete, else None.

    >>> line = readline(reader, writer)
    >>> next(line)
    >>> command = line.send(character)
    """
    editor = LineEditor(max_visible_width)
    line: str | None = None
    while True:
        character = yield line
        line = None
        for each in _text(character):
            shown, line = editor.feed(each)
            if shown:
                echo(writer, shown)


async def readline_async(reader: Any, writer: Any, max_visible_width: int = 0) -> str | None:
    """The next line; None at the end of the stream. What is left of the last line's end is passed over."""
    editor = LineEditor(max_visible_width)
    character = await filter_ansi(reader, writer)
    while character and character in _AFTER_CR:
        character = await filter_ansi(reader, writer)
    while character:
        shown, line = editor.feed(character)
        if shown:
            echo(writer, shown)
        if line is not None:
            return line
        character = await filter_ansi(reader, writer)
    return None


readline2 = readline_async
"""Its name in old programs."""


async def filter_ansi(reader: Any, _writer: Any) -> str:
    """The next character that is typed; what cursor and function keys send is passed over. "" at the end."""
    while len(key := await next_key(reader)) > 1:
        continue
    return key


async def next_key(reader: Any) -> str:
    """The next character that is typed, or all of what a cursor or function key sends. "" at the end."""
    character = sequence = _text(await reader.read(1))
    while sequence[:1] == "\x1b":
        character = _text(await reader.read(1))
        if not character or len(sequence) >= _LONGEST:
            break
        sequence += character
        if _SEQUENCE.fullmatch(sequence):
            return sequence
        if not _BEGINNING.fullmatch(sequence):
            break
    return character


def write(writer: Any, text: str) -> None:
    """Write text, whether the writer is one of text or of bytes."""
    writer.write(text.encode() if getattr(writer, "is_binary_writer", False) else text)


def echo(writer: Any, text: str) -> None:
    """Echo text, whether the writer is one of text or of bytes."""
    writer.echo(text.encode() if getattr(writer, "is_binary_writer", False) else text)


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode("latin-1")
