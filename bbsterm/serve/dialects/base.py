"""What every dialect can do: turn text, colours and pictures into one kind of machine's bytes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Final

from bbsterm.limits import MAX_LINES_SAID
from bbsterm.serve.glyphs import Repertoire, repertoire
from bbsterm.serve.keys import KeyTable
from bbsterm.serve.markup import PLAIN, Style, parse
from bbsterm.serve.picture import Picture

__all__ = ["Dialect"]

_LINES: Final[dict[tuple[Any, ...], tuple[bytes, Style]]] = {}
"""What was said lately: bytes, and the colours after them."""


class Dialect(ABC):
    """A caller's terminal, as something to write to. Everything returns bytes; nothing is sent from here.

    It remembers the colours it has chosen, and nothing else.
    """

    name: ClassVar[str]
    """The emulation in one word, as `bbsterm.screen` calls it: "ansi", "petscii", "atascii", "ascii"."""

    label: str
    """The same for a person to read: "ANSI, UTF-8"."""

    clears: bool = True
    """Whether a new page clears the screen; on a teletype it goes on below the last."""

    colours: ClassVar[bool] = True
    """Whether it has more than ink and paper."""

    suffix: ClassVar[str]
    """Of the art files in its own language: ".ans", ".seq" ..."""

    asks_cursor: ClassVar[bytes] = b""
    """What makes it tell where the cursor is; empty where it cannot."""

    keys: KeyTable

    columns: int = 80
    rows: int = 24
    """The size of its screen, where the caller does not say."""

    def __init__(self, encoding: str) -> None:
        self.encoding: Final = encoding
        self.repertoire: Final[Repertoire] = repertoire(encoding)
        self._style = PLAIN

    @abstractmethod
    def clear(self) -> bytes:
        """Blank the screen, cursor to its first cell, plain colours."""

    @abstractmethod
    def newline(self) -> bytes:
        """Go to the first column of the next line, in plain colours from there on."""

    @abstractmethod
    def rub_out(self, cells: int) -> bytes:
        """Take back so many cells left of the cursor, all in this row."""

    @abstractmethod
    def draw(self, picture: Picture) -> bytes:
        """Clear the screen and show a picture; the cursor ends in the first column under it."""

    @abstractmethod
    def style(self, style: Style) -> bytes:
        """Choose colours, as near as the machine can; nothing where they are chosen already."""

    def show_file(self, data: bytes) -> bytes:
        """Clear the screen and send an art file as it is; it must end in the first column of a row."""
        shown = self.clear() + data
        self.forget()
        return shown + self.style(PLAIN)

    def forget(self) -> None:
        """Something else has chosen colours: believe nothing."""
        self._style = Style(-1, -1)

    def text(self, text: str) -> bytes:
        """Characters in the colours chosen. Controls in `text` never get through."""
        return self.repertoire.encode(text)

    def say(self, markup: str, style: Style = PLAIN) -> bytes:
        """A piece of a line, with its colours (see `bbsterm.serve.markup`)."""
        return b"".join(self.style(run.style) + self.text(run.text) for run in parse(markup, style))

    def line(self, markup: str) -> bytes:
        """A whole line. What many callers are told is worked out once for each kind of machine."""
        key = (type(self), self.label, self._style, markup)
        if (found := _LINES.get(key)) is None:
            if len(_LINES) >= MAX_LINES_SAID:
                _LINES.clear()
            found = _LINES[key] = (self.say(markup) + self.newline(), self._style)
        self._style = found[1]
        return found[0]

    def bell(self) -> bytes:
        """Ring."""
        return b"\x07"
