"""ATASCII: the dialect of Atari 8-bit boards, on 40 columns or on an XEP80's 80.

Bit 7 of a character is inverse video. The cursor moves wrap round in their row or column and never scroll.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bbsterm import limits
from bbsterm.codecs.atascii import ATASCII as CHARMAP
from bbsterm.screen.keyboards_atari import ATASCII as KEYBOARD
from bbsterm.screen.palette import VGA, Palette
from bbsterm.screen.pens import REVERSE
from bbsterm.screen.retro import RetroTerminal
from bbsterm.screen.terminal import BellRang

__all__ = ["AtasciiTerminal", "create"]

_ANTIC: Final = ("#005181", "#60b7e7")
"""Paper and ink of the graphics 0 screen, as SyncTERM has them."""

_XEP80: Final = (VGA[0], VGA[7])
"""The XEP80 drives a monochrome monitor: grey on black."""

# Every byte as the picture of its lower half: which of the two it is drawn in is the pen's business.
_PICTURES: Final = CHARMAP.table[:0x80] * 2

_EOL: Final = 0x9B

_REST: Final = rb"|(?P<inverse>[\x80-\x9a\xa0-\xfc]+)|(?P<literal>\x1b[\x00-\xff])|(?P<control>[\x00-\xff])"
_TOKEN: Final = re.compile(rb"(?P<plain>[\x00-\x1a\x20-\x7c]+)" + _REST)
_TOKEN_ASCII: Final = re.compile(rb"(?P<plain>[\x00-\x09\x0b\x0c\x0e-\x1a\x20-\x7c]+)" + _REST)
"""With ASCII's line ends CR and LF are obeyed, not drawn."""


class AtasciiTerminal(RetroTerminal):
    """An Atari 400, 800, XL or XE calling a board."""

    name = "atascii"

    def __init__(
        self,
        columns: int = 40,
        rows: int = 24,
        *,
        encoding: str = "atascii",
        ansi_keys: bool = False,
        ascii_eol: bool = False,
        scrollback: int = limits.SCROLLBACK_LINES,
    ) -> None:
        """Switch the machine on.

        Args:
            columns: 40, or 80 for an XEP80.
            rows: 24, or 25 for an XEP80.
            encoding: "atascii".
            ansi_keys: Cursor and function keys send escape sequences.
            ascii_eol: Enter sends CR, and the board's CR and LF are obeyed (for boards that are not Ataris).
            scrollback: Lines of history.
        """
        palette = Palette(_XEP80 if columns >= 80 else _ANTIC, foreground=1, background=0)
        super().__init__(
            columns,
            rows,
            encoding=encoding,
            palette=palette,
            keyboard=KEYBOARD,
            scrollback=scrollback,
            ansi_keys=ansi_keys,
            ascii_eol=ascii_eol,
        )
        self._plain = self.blank
        self._inverse = self.pens.get(self.blank.look._replace(style=REVERSE))
        self._actions = _ACTIONS_ASCII if ascii_eol else _ACTIONS
        self._tokens = (_TOKEN_ASCII if ascii_eol else _TOKEN).finditer
        self._held = b""

    def reset(self) -> None:
        """Back to the state after switching on: blank screen, default modes. History stays."""
        super().reset()
        self._held = b""

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        data, self._held = self._held + data, b""
        for token in self._tokens(data):
            kind, found = token.lastgroup, token[0]
            if kind == "plain":
                self.pen = self._plain
                self._draw(found)
            elif kind == "inverse":
                self.pen = self._inverse
                self._draw(found)
            elif kind == "literal":
                self._draw_literally(found[1:])
            elif found == b"\x1b":  # nothing comes after it, or it would be a literal
                self._held = found
            else:
                self._actions[found](self)

    def _draw(self, characters: bytes) -> None:
        run = codecs.charmap_decode(characters, "strict", _PICTURES)[0]
        end = self.x + len(run)
        if end < self.columns:
            self.put(self.y, self.x, run, self.pen)
            self.x = end
        else:
            self.print(run)

    def _draw_literally(self, character: bytes) -> None:
        """ESC makes pictures of control codes too; only the end of a line stays what it is."""
        if character[0] == _EOL:
            _end_of_line(self)
            return
        self.pen = self._inverse if character[0] & 0x80 else self._plain
        self._draw(character)


# --- the control codes -------------------------------------------------------------------


def _end_of_line(self: AtasciiTerminal) -> None:
    self.x = 0
    self.line_feed()


def _up(self: AtasciiTerminal) -> None:
    self.y = (self.y - 1) % self.rows


def _down(self: AtasciiTerminal) -> None:
    self.y = (self.y + 1) % self.rows


def _left(self: AtasciiTerminal) -> None:
    self.x = (self.x - 1) % self.columns


def _right(self: AtasciiTerminal) -> None:
    self.x = (self.x + 1) % self.columns


def _clear(self: AtasciiTerminal) -> None:
    self.clear_screen()


def _backspace(self: AtasciiTerminal) -> None:
    if self.x:
        self.x -= 1
        self.erase(self.y, self.x, self.x + 1, self.blank)


def _tab(self: AtasciiTerminal) -> None:
    """7F: to the next tab stop, or to the start of the next row."""
    stop = self.next_tab()
    if stop is None:
        _end_of_line(self)
    else:
        self.x = stop


def _clear_tab(self: AtasciiTerminal) -> None:
    self.tabs.discard(self.x)


def _set_tab(self: AtasciiTerminal) -> None:
    self.tabs.add(self.x)


def _delete_line(self: AtasciiTerminal) -> None:
    self.scroll_up(self.y, self.rows, 1, self.blank)
    self.x = 0


def _insert_line(self: AtasciiTerminal) -> None:
    self.scroll_down(self.y, self.rows, 1, self.blank)
    self.x = 0


def _bell(self: AtasciiTerminal) -> None:
    self.tell(BellRang())


def _delete_character(self: AtasciiTerminal) -> None:
    self.delete_cells(self.y, self.x, 1, self.blank)


def _insert_character(self: AtasciiTerminal) -> None:
    self.insert_cells(self.y, self.x, 1, self.blank)


def _carriage_return(self: AtasciiTerminal) -> None:
    self.x = 0


def _line_feed(self: AtasciiTerminal) -> None:
    self.line_feed()


_Action = Callable[[AtasciiTerminal], None]

_ACTIONS: Final[Mapping[bytes, _Action]] = {
    b"\x1c": _up,
    b"\x1d": _down,
    b"\x1e": _left,
    b"\x1f": _right,
    b"\x7d": _clear,
    b"\x7e": _backspace,
    b"\x7f": _tab,
    b"\x9b": _end_of_line,
    b"\x9c": _delete_line,
    b"\x9d": _insert_line,
    b"\x9e": _clear_tab,
    b"\x9f": _set_tab,
    b"\xfd": _bell,
    b"\xfe": _delete_character,
    b"\xff": _insert_character,
}

_ACTIONS_ASCII: Final[Mapping[bytes, _Action]] = {**_ACTIONS, b"\r": _carriage_return, b"\n": _line_feed}


def create(
    *, columns: int = 40, rows: int = 24, encoding: str = "atascii", **settings: Any
) -> AtasciiTerminal:
    """An Atari for `bbsterm.screen.create_terminal`.

    Args:
        columns: Less than 80 is the computer's own screen of 24 rows, otherwise an XEP80's of 25.
        rows: Ignored.
        encoding: Ignored: it is ATASCII.
        **settings: `AtasciiTerminal`'s other arguments.
    """
    del rows, encoding
    if columns >= 80:
        return AtasciiTerminal(80, 25, **settings)
    return AtasciiTerminal(40, 24, **settings)
