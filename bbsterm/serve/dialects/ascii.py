"""A teletype, or a terminal that says nothing about itself: printable ASCII, CR LF, and no way back."""

from __future__ import annotations

from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.keys import UTF8_KEYS
from bbsterm.serve.markup import Style
from bbsterm.serve.picture import Picture

__all__ = ["Ascii"]


class Ascii(Dialect):
    """No colours, no cursor movement; reads well aloud, in a pipe and on paper."""

    name = "ascii"
    suffix = ".txt"
    colours = False
    label = "plain text"
    clears = False
    keys = UTF8_KEYS

    def __init__(self, encoding: str = "ascii") -> None:
        super().__init__(encoding)

    def clear(self) -> bytes:
        """An empty line: what has been printed stays."""
        return b"\r\n"

    def newline(self) -> bytes:
        """CR LF (RFC 854)."""
        return b"\r\n"

    def rub_out(self, cells: int) -> bytes:
        """BS, blank, BS: on paper this strikes nothing, on every screen it rubs out."""
        return b"\x08 \x08" * cells

    def style(self, style: Style) -> bytes:
        """There are no colours."""
        return b""

    def show_file(self, data: bytes) -> bytes:
        """A text file's lines; they end in LF on disk."""
        return super().show_file(data.replace(b"\n", b"\r\n"))

    def draw(self, picture: Picture) -> bytes:
        """The picture line by line, blank lines at its top and end left out."""
        lines = picture.text()
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        return b"\r\n" + b"".join(self.text(line) + b"\r\n" for line in lines)
