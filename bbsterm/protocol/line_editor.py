"""Editing a line with LINEMODE's special characters (RFC 1184): by the client under EDIT, else by the server.

Keys in; what to show, what to send on and which functions were invoked out. A client turns functions into
commands (`COMMANDS`) and sends lines; a server gives lines to its shell and sends what is to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bbsterm.limits import MAX_EDITED_LINE
from bbsterm.protocol.slc import EditMode, SlcFunction, SlcTable
from bbsterm.protocol.vocabulary import Command

__all__ = ["COMMANDS", "Edit", "Invoked", "LineEditor", "Sent", "Shown"]


@dataclass(frozen=True, slots=True)
class Shown:
    """Bytes for the screen of whoever types."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """Bytes that the other side gets now: a line, or the part of one that a forwarding character ended.

    Attributes:
        data: What was typed, without a line end.
        finished: Enter was typed.
    """

    data: bytes
    finished: bool = True


@dataclass(frozen=True, slots=True)
class Invoked:
    """A function that editing does not deal with itself."""

    function: SlcFunction


Edit = Shown | Sent | Invoked

_F, _C = SlcFunction, Command

COMMANDS: Final[Mapping[SlcFunction, Command]] = {
    _F.BRK: _C.BRK,
    _F.IP: _C.IP,
    _F.AO: _C.AO,
    _F.AYT: _C.AYT,
    _F.EOR: _C.EOR,
    _F.ABORT: _C.ABORT,
    _F.EOF: _C.EOF,
    _F.SUSP: _C.SUSP,
    _F.SYNCH: _C.DM,
}
"""What a client with TRAPSIG sends for a function."""

_ENTER: Final = b"\r\n"
_BELL: Final = b"\a"
_RUB_OUT: Final = b"\b \b"
_TAB: Final = 8


class LineEditor:
    """One line at a time. It raises nothing, whatever is typed, and keeps `MAX_EDITED_LINE` bytes at most.

    Args:
        table: The special characters; what changes in it later counts at once.
        mode: TRAPSIG: signals are `Invoked`, not typed. LIT_ECHO: control characters are shown as they are,
            not as ``^C``. SOFT_TAB: a Tab is shown as blanks.
        forward: Bytes that send the line as it is (FORWARDMASK).
        encoding: So that one character is rubbed out, not one of its bytes.
    """

    def __init__(
        self,
        table: SlcTable,
        mode: EditMode = EditMode.EDIT | EditMode.TRAPSIG,
        *,
        forward: frozenset[int] = frozenset(),
        encoding: str = "utf-8",
    ) -> None:
        self.table = table
        self.mode = mode
        self.forward = forward
        self.encoding = encoding
        self._line = bytearray()
        self._literal = False
        self._after_cr = False

    @property
    def line(self) -> bytes:
        """What has been typed since the last line was sent."""
        return bytes(self._line)

    def type(self, keys: bytes) -> list[Edit]:
        """Take keys as they come; Enter is CR, LF, CR LF or CR NUL."""
        functions = self.table.characters()
        edits: list[Edit] = []
        for byte in keys:
            edits += self._key(byte, functions)
        return edits

    def _key(self, byte: int, functions: Mapping[int, SlcFunction]) -> Iterator[Edit]:
        after_cr, self._after_cr = self._after_cr, byte == 13
        if after_cr and byte in (0, 10):
            return
        if self._literal:
            self._literal = False
            yield from self._insert(byte)
        elif byte in (10, 13):
            yield Shown(_ENTER)
            yield self._send()
        elif byte in functions:
            yield from self._invoke(functions[byte], byte)
        elif byte in self.forward:
            yield from self._insert(byte)
            yield self._send(finished=False)
        else:
            yield from self._insert(byte)

    def _invoke(self, function: SlcFunction, byte: int) -> Iterator[Edit]:
        if function in _EDITING:
            yield from _EDITING[function](self)
        elif function in (_F.FORW1, _F.FORW2):
            yield from self._insert(byte)
            yield self._send(finished=False)
        elif EditMode.TRAPSIG in self.mode and (function in COMMANDS or function in (_F.XON, _F.XOFF)):
            if self.table[function].flush_in:
                self._line.clear()
            yield Invoked(function)
        else:
            yield from self._insert(byte)

    def _insert(self, byte: int) -> Iterator[Edit]:
        if len(self._line) >= MAX_EDITED_LINE:
            yield Shown(_BELL)
            return
        self._line.append(byte)
        yield Shown(self._look(byte))

    def _send(self, *, finished: bool = True) -> Sent:
        sent = Sent(bytes(self._line), finished)
        self._line.clear()
        return sent

    # --- editing ------------------------------------------------------------------------

    def _keep(self, characters: int) -> Iterator[Edit]:
        """Take away all but the first so many characters."""
        text = self._text()
        gone = text[characters:].encode(self.encoding, "surrogateescape")
        self._line[:] = text[:characters].encode(self.encoding, "surrogateescape")
        if b"\t" in gone:  # who knows how wide it was shown
            yield from self._reprint()
        elif gone:
            cells = sum(2 if self._is_control(ord(char)) else 1 for char in text[characters:])
            yield Shown(_RUB_OUT * cells)

    def _erase_character(self) -> Iterator[Edit]:
        return self._keep(max(0, len(self._text()) - 1))

    def _erase_line(self) -> Iterator[Edit]:
        return self._keep(0)

    def _erase_word(self) -> Iterator[Edit]:
        """The blanks before the cursor, and the word before them."""
        text = self._text().rstrip(" \t")
        return self._keep(max(text.rfind(" "), text.rfind("\t")) + 1)

    def _reprint(self) -> Iterator[Edit]:
        yield Shown(_ENTER + b"".join(self._look(byte) for byte in self._line))

    def _next_is_literal(self) -> Iterator[Edit]:
        self._literal = True
        return iter(())

    def _text(self) -> str:
        return self._line.decode(self.encoding, "surrogateescape")

    def _look(self, byte: int) -> bytes:
        """How a byte is shown."""
        if self._is_control(byte):
            return b"^" + bytes((byte ^ 0x40,))
        return b" " * _TAB if byte == 9 and EditMode.SOFT_TAB in self.mode else bytes((byte,))

    def _is_control(self, code: int) -> bool:
        return (code < 32 or code == 127) and code != 9 and EditMode.LIT_ECHO not in self.mode


_EDITING: Final[Mapping[SlcFunction, Callable[[LineEditor], Iterator[Edit]]]] = {
    _F.EC: LineEditor._erase_character,
    _F.EL: LineEditor._erase_line,
    _F.EW: LineEditor._erase_word,
    _F.RP: LineEditor._reprint,
    _F.LNEXT: LineEditor._next_is_literal,
}
