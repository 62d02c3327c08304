"""A terminal without a screen, for `--plain`: what the board sends goes on as text, for a terminal or a file.

It keeps to the `Terminal` protocol, so a call does not know the difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from bbsterm.screen import create_terminal
from bbsterm.screen.ansi.decoding import C0_GLYPHS, decoder
from bbsterm.screen.ansi.parser import Listener, Parser
from bbsterm.screen.ansi.syntax import BBS, VT
from bbsterm.screen.terminal import Cursor, Line, MouseReporting, ScreenEvent, Span, Terminal
from bbsterm.session.encoding import fix_keys, keyboard_switches

if TYPE_CHECKING:
    from bbsterm.screen.mouse import Action, Button
    from bbsterm.screen.writer import AtariStWriter, AtasciiWriter, PetsciiWriter
    from bbsterm.session.settings import CallSettings

__all__ = ["RESTORE", "AnsiPassage", "RetroPassage", "StreamTerminal", "TextPassage"]

Write = Callable[[str], None]

RESTORE: Final = (
    "\x1b[0m\x1b[?25h\x1b[?7h\x1b[4l\x1b[?9;1000;1002;1003;1005;1006;2004l\x1b>\x1b(B\x0f"
    "\x1b7\x1b[r\x1b8"  # the margins' end would send the cursor home
)
"""Undoes what a board may have left in the user's terminal: colours, cursor, mouse, margins, fonts."""

_TOKEN: Final = re.compile(r"([^\x00-\x1f\x7f]+)|\x1b\[([0-9;]*)([@-~])")
_SAFE: Final = {
    **C0_GLYPHS,
    **dict.fromkeys(range(0x7F, 0xA0)),
}  # C1 would be commands to the user's terminal
_CLEAR: Final = "\x1b[2J\x1b[H"
_PRIVATE: Final = ("<", "=", ">", "?")
_TUNES: Final = frozenset("|N")  # CSI | and CSI N begin ANSI music


def _nothing() -> None:
    """What is done about music until there is a parser to tell."""


class AnsiPassage(Listener):
    """For a terminal: cursor movements and colours pass, and whatever could harm its user does not.

    Control strings (titles, clipboards, device control) are dropped, and so are window operations. Where the
    PC shows a glyph for a control character, the glyph is sent; FF and ED 2 clear and home, as boards expect.

    Attributes:
        expect_music: Called when the next characters are a tune.

    Args:
        write: Where the text goes.
        bbs: The board takes us for ANSI-BBS rather than a VT.
    """

    _CONTROLS: Final = frozenset("\a\b\t\n\r")
    _ESCAPES: Final = frozenset({"7", "8", "D", "E", "M", "H", "=", ">", "(0", "(B", ")0", ")B"})
    _SEQUENCES: Final = frozenset("ABCDEFGHIJKLMPSTXZ@`abcdefghlmnrsu")
    _REPORTS: Final = frozenset({"", "0", "5", "6"})  # CSI c, 5 n and 6 n: the questions boards live by
    _MODES: Final = frozenset({"7", "9", "25", "1000", "1002", "1003", "1005", "1006", "2004"})

    def __init__(self, write: Write, *, bbs: bool) -> None:
        self._write = write
        self._bbs = bbs
        self.expect_music = _nothing

    def on_text(self, text: str) -> None:
        """Pass text; of a broken sequence, what it looked like."""
        self._write(text if text.isprintable() else text.translate(_SAFE))

    def on_control(self, char: str) -> None:
        """Pass what moves the cursor; show the PC's picture of the others."""
        if char in self._CONTROLS:
            self._write(char)
        elif self._bbs and char == "\f":
            self._write(_CLEAR)
        elif self._bbs and char not in "\0\x7f":
            self._write(C0_GLYPHS[ord(char)])

    def on_escape(self, function: str) -> None:
        """Pass the harmless ones. A full reset is a clear screen here: it is not the board's terminal."""
        if function in self._ESCAPES:
            self._write("\x1b" + function)
        elif function == "c":
            self._write("\x1b[0m" + _CLEAR)

    def on_sequence(self, parameters: str, function: str) -> None:
        """Pass movements, colours and erasing; of private modes, those that `RESTORE` undoes. Drop tunes."""
        if self._bbs and function in _TUNES:
            self.expect_music()
            return
        if function not in self._SEQUENCES or (function in "cn" and parameters not in self._REPORTS):
            return
        if parameters[:1] in _PRIVATE:
            modes = parameters[1:].split(";") if parameters[0] == "?" and function in "hl" else [""]
            if not self._MODES.issuperset(modes):
                return
        self._write(f"\x1b[{parameters}{function}")
        if self._bbs and function == "J" and parameters == "2":
            self._write("\x1b[H")

    def on_string(self, kind: str, body: str) -> None:
        """Drop titles, clipboards and the like."""

    def on_music(self, tune: str) -> None:
        """Drop tunes."""


class TextPassage(Listener):
    """For a file or a pipe: text in lines. Movements that begin a line or skip cells are followed."""

    def __init__(self, write: Write, *, bbs: bool) -> None:
        self._out = write
        self._bbs = bbs
        self.expect_music = _nothing
        self._in_line = False
        self._after_cr = False

    def on_text(self, text: str) -> None:
        """Write text; after a CR that no LF followed, on a line of its own."""
        if self._after_cr:
            self._break()
        self._out(text if text.isprintable() else text.translate(_SAFE))
        self._in_line = True

    def on_control(self, char: str) -> None:
        """End lines, keep tabs, show the PC's pictures; BEL, BS and NUL are nothing in a file."""
        if char == "\r":
            self._after_cr = True
        elif char == "\n":
            self._newline()
        elif char == "\f":
            self._break()
        elif char == "\t":
            self.on_text(" ")
        elif self._bbs and char not in "\0\a\b\x7f":
            self.on_text(C0_GLYPHS[ord(char)])

    def on_escape(self, function: str) -> None:
        """No text."""

    def on_sequence(self, parameters: str, function: str) -> None:
        """Skipped cells are blanks; going to another line begins one."""
        if self._bbs and function in _TUNES:
            self.expect_music()
        elif function == "C":
            count = int(parameters[:5]) if parameters.isascii() and parameters.isdigit() else 1
            self.on_text(" " * min(max(count, 1), 132))
        elif function in _LINE_BREAKS:
            self._break()

    def on_string(self, kind: str, body: str) -> None:
        """No text."""

    def on_music(self, tune: str) -> None:
        """No text."""

    def _break(self) -> None:
        if self._in_line:
            self._newline()
        self._after_cr = False

    def _newline(self) -> None:
        self._out("\n")
        self._in_line = self._after_cr = False


_LINE_BREAKS: Final = frozenset("HfJBEd")


class RetroPassage:
    """For a file, from a home computer: its characters, and newlines; colours and movements are dropped."""

    _ENTER: Final = re.compile(r"\r\n?|\n")

    def __init__(self, write: Write) -> None:
        self._write = write

    def feed(self, text: str) -> None:
        """Write what is text."""
        lines = self._ENTER.split(text)
        self._write("\n".join("".join(filter(str.isprintable, line)) for line in lines))


class StreamTerminal:
    """The `Terminal` that has no screen.

    Args:
        kind: The emulation the board is told of.
        encoding: The board's character set; None for the emulation's own.
        write: Takes text, in the order in which it came.
        ansi: Whether control sequences mean something to whoever reads it.
        columns: Width in cells, as the board is told.
        rows: Height in cells.
        ansi_keys: Home computers send escape sequences for cursor and function keys.
        ascii_eol: Home computers send CR for Enter; an Atari obeys the board's CR and LF.
        settings: Of the call, for what Enter, Backspace and Delete send.
    """

    mouse: Final = MouseReporting.OFF
    bracketed_paste: Final = False
    history: Sequence[Line] = ()
    scrolled: Final = 0
    cursor: Final = Cursor(0, 0)

    def __init__(
        self,
        kind: str,
        encoding: str | None,
        write: Write,
        *,
        ansi: bool,
        columns: int = 80,
        rows: int = 25,
        ansi_keys: bool = False,
        ascii_eol: bool = False,
        settings: CallSettings | None = None,
    ) -> None:
        switches = keyboard_switches(kind, ansi_keys=ansi_keys, ascii_eol=ascii_eol)
        self._repainted = _writer(kind, encoding, switches) if ansi else None
        self._keys: Terminal = self._repainted or create_terminal(
            kind, columns=columns, rows=rows, encoding=encoding, **switches
        )
        if settings is not None and self._repainted is None:
            fix_keys(self._keys, settings)
        self.name = self._keys.name
        self.columns, self.rows = self._keys.columns, self._keys.rows
        self._pending: list[str] = []
        self._write = write
        self._retro = RetroPassage(self._pending.append) if self.name not in ("ansi", "vt") else None
        bbs = self.name == "ansi"
        passage = (AnsiPassage if ansi else TextPassage)(self._pending.append, bbs=bbs)
        self._passage = passage
        self._parser = Parser(BBS if bbs else VT, passage)
        passage.expect_music = self._parser.expect_music
        self.encoding = self._keys.encoding

    @property
    def encoding(self) -> str:
        """The character set of the board's bytes."""
        return self._encoding

    @encoding.setter
    def encoding(self, name: str) -> None:
        self._decode = decoder(name)
        self._encoding = self._keys.encoding = name

    def feed(self, data: bytes) -> None:
        """Decode, and pass on."""
        if self._repainted is not None:
            self._repainted.feed(data)
            self._write(self._repainted.take_text())
            return
        text = self._decode(data)
        if self._retro is not None:
            self._retro.feed(text)
        else:
            self._pass(text)
        if self._pending:
            self._write("".join(self._pending))
            self._pending.clear()

    def _pass(self, text: str) -> None:
        """The fast lane: runs of text and plain control sequences whole, all else character by character."""
        parser, passage, at = self._parser, self._passage, 0
        while at < len(text):
            found = _TOKEN.match(text, at) if parser.idle else None
            if found is None:
                parser.feed(text[at])
                at += 1
                continue
            at = found.end()
            if found[1]:
                passage.on_text(found[1])
            else:
                passage.on_sequence(found[2], found[3])

    def press(self, key: str, character: str | None = None) -> bytes | None:
        """Bytes for a key, as the emulation has them."""
        return self._keys.press(key, character)

    def encode(self, text: str) -> bytes:
        """Bytes for text in the board's character set; newlines become Enter."""
        return self._keys.encode(text)

    def mouse_report(
        self,
        action: Action,
        button: Button,
        column: int,
        row: int,
        *,
        shift: bool = False,
        meta: bool = False,
        ctrl: bool = False,
    ) -> None:
        """Nothing: there is no mouse here."""

    def link(self, line: Line, column: int) -> None:
        """No links: there is no screen."""

    def resize(self, columns: int, rows: int) -> None:
        """Only remembered: there is no screen. A home computer keeps its own."""
        if self._retro is None:
            self.columns, self.rows = columns, rows

    def line(self, row: int) -> Line:
        """A blank line: there is no screen."""
        return _NOTHING

    def take_dirty(self) -> set[int]:
        """No rows: there is no screen."""
        return set()

    def take_replies(self) -> bytes:
        """No answers: the user's own terminal gives them."""
        return b""

    def take_events(self) -> list[ScreenEvent]:
        """No events: a bell has been passed on."""
        return []

    def reset(self) -> None:
        """There is nothing to begin anew."""

    def display(self) -> list[str]:
        """No rows: there is no screen."""
        return []


def _writer(
    kind: str, encoding: str | None, switches: dict[str, bool]
) -> PetsciiWriter | AtasciiWriter | AtariStWriter | None:
    """What repaints a home computer's screen on the user's terminal; None for those that need none."""
    from bbsterm.screen.writer import AtariStWriter, AtasciiWriter, PetsciiWriter  # here: few calls need them

    match kind:
        case "petscii" | "petscii80":
            return PetsciiWriter(
                80 if kind.endswith("80") else 40, encoding=encoding or "petscii", **switches
            )
        case "atascii":
            return AtasciiWriter(40, 24, **switches)
        case "atascii80":
            return AtasciiWriter(80, 25, **switches)
        case "atarist":
            return AtariStWriter(80)
    return None


class _Nothing:
    """A line of no screen."""

    strip: object | None = None
    blinks = False

    def spans(self) -> Sequence[Span]:
        return ()

    def text(self) -> str:
        return ""

    def cells(self) -> Sequence[str]:
        return ()


_NOTHING: Final = _Nothing()
