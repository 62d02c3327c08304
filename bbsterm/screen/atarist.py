"""The Atari ST's VT52: DEC's terminal with what TOS added, colours above all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bbsterm import limits
from bbsterm.codecs.atarist import ATARIST as CHARMAP
from bbsterm.screen.keyboards_atari import ATARIST as KEYBOARD
from bbsterm.screen.palette import Palette
from bbsterm.screen.pens import REVERSE
from bbsterm.screen.retro import RetroTerminal
from bbsterm.screen.terminal import BellRang

__all__ = ["RESOLUTIONS", "AtariStTerminal", "create"]

# fmt: off
_LOW: Final = (
    "#ffffff", "#ff0000", "#00ff00", "#ffff00", "#0000ff", "#ff00ff", "#00ffff", "#b6b6b6",
    "#6d6d6d", "#ff6d6d", "#6dff6d", "#ffff6d", "#6d6dff", "#ff6dff", "#6dffff", "#000000",
)
# fmt: on
_MEDIUM: Final = ("#ffffff", "#ff0000", "#00ff00", "#000000")

RESOLUTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "low": _LOW,
    "medium": _MEDIUM * 4,
    "high": ("#ffffff", "#000000") * 8,
}
"""What 16 colour numbers look like: 16 colours, 4, or 2. Paper is 0 and ink 15 after switching on."""

_TOKEN: Final = re.compile(
    rb"(?P<run>[\x20-\xff]+)"
    rb"|(?P<escape>\x1b(?:Y[\x00-\xff]{2}|[bc][\x00-\xff]|[^Ybc]))"
    rb"|(?P<unfinished>\x1b[\x00-\xff]{0,2}\Z)"
    rb"|(?P<control>[\x00-\x1f])"
)


class AtariStTerminal(RetroTerminal):
    """An Atari ST calling a board.

    Attributes:
        autowrap: Whether text goes on in the next row; at first the last column is overwritten.
    """

    name = "atarist"

    def __init__(
        self,
        columns: int = 80,
        rows: int = 25,
        *,
        encoding: str = "atarist",
        resolution: str | None = None,
        scrollback: int = limits.SCROLLBACK_LINES,
    ) -> None:
        """Switch the machine on.

        Args:
            columns: 80, or 40 in low resolution.
            rows: 25.
            encoding: "atarist".
            resolution: "low", "medium" or "high"; None chooses by the columns.
            scrollback: Lines of history.
        """
        colours = RESOLUTIONS[resolution or ("low" if columns < 80 else "medium")]
        super().__init__(
            columns,
            rows,
            encoding=encoding,
            palette=Palette(colours, foreground=15, background=0),
            keyboard=KEYBOARD,
            scrollback=scrollback,
        )
        self._power_on()

    def _power_on(self) -> None:
        self.autowrap = False
        self._saved: tuple[int, int] | None = None
        self._held = b""

    def reset(self) -> None:
        """Back to the state after switching on: blank screen, default modes. History stays."""
        self.blank = self.pens.default
        super().reset()
        self._power_on()

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        data, self._held = self._held + data, b""
        for token in _TOKEN.finditer(data):
            kind, found = token.lastgroup, token[0]
            if kind == "run":
                self._draw(codecs.charmap_decode(found, "strict", CHARMAP.table)[0])
            elif kind == "escape":
                escape = _ESCAPES.get(found[1:2])
                if escape is not None:
                    escape(self, found[2:])
            elif kind == "unfinished":
                self._held = found
            elif found in _CONTROLS:
                _CONTROLS[found](self)

    def _draw(self, run: str) -> None:
        room = self.columns - self.x
        if len(run) < room:
            self.put(self.y, self.x, run, self.pen)
            self.x += len(run)
        elif self.autowrap:
            self.print(run)
        else:
            # What does not fit lands on the last column, each character on the one before it.
            self.put(self.y, self.x, run[: room - 1] + run[-1], self.pen)
            self.x = self.columns - 1

    def take_pen(self, **changes: int) -> None:
        """Another colour or style from now on. Erased cells take the colours, never reversed."""
        look = self.pen.look._replace(**changes)
        self.pen, self.blank = self.pens.get(look), self.pens.get(look._replace(style=0))


# --- control codes -----------------------------------------------------------------------


def _bell(self: AtariStTerminal) -> None:
    self.tell(BellRang())


def _backspace(self: AtariStTerminal) -> None:
    self.x = max(self.x - 1, 0)


def _tab(self: AtariStTerminal) -> None:
    stop = self.next_tab()
    self.x = self.columns - 1 if stop is None else stop


def _line_feed(self: AtariStTerminal) -> None:
    self.line_feed()


def _return(self: AtariStTerminal) -> None:
    self.x = 0


_CONTROLS: Final[Mapping[bytes, Callable[[AtariStTerminal], None]]] = {
    b"\x07": _bell,
    b"\x08": _backspace,
    b"\x09": _tab,
    b"\x0a": _line_feed,
    b"\x0b": _line_feed,
    b"\x0c": _line_feed,
    b"\x0d": _return,
}
"""What it acts on; all other control codes do nothing."""


# --- escape sequences ----------------------------------------------------------------------


def _up(self: AtariStTerminal, _: bytes) -> None:
    self.y = max(self.y - 1, 0)


def _down(self: AtariStTerminal, _: bytes) -> None:
    self.y = min(self.y + 1, self.rows - 1)


def _right(self: AtariStTerminal, _: bytes) -> None:
    self.x = min(self.x + 1, self.columns - 1)


def _left(self: AtariStTerminal, _: bytes) -> None:
    self.x = max(self.x - 1, 0)


def _clear(self: AtariStTerminal, _: bytes) -> None:
    self.clear_screen()


def _home(self: AtariStTerminal, _: bytes) -> None:
    self.x = self.y = 0


def _reverse_line_feed(self: AtariStTerminal, _: bytes) -> None:
    if self.y:
        self.y -= 1
    else:
        self.scroll_down(0, self.rows, 1, self.blank)


def _erase_below(self: AtariStTerminal, _: bytes) -> None:
    self.erase(self.y, self.x, self.columns, self.blank)
    self.erase_rows(self.y + 1, self.rows, self.blank)


def _erase_to_end(self: AtariStTerminal, _: bytes) -> None:
    self.erase(self.y, self.x, self.columns, self.blank)


def _insert_line(self: AtariStTerminal, _: bytes) -> None:
    self.scroll_down(self.y, self.rows, 1, self.blank)
    self.x = 0


def _delete_line(self: AtariStTerminal, _: bytes) -> None:
    self.scroll_up(self.y, self.rows, 1, self.blank)
    self.x = 0


def _move(self: AtariStTerminal, place: bytes) -> None:
    """ESC Y row column, each 32 more than it is. A place outside the screen is its nearest edge."""
    row, column = place[0] - 32, place[1] - 32
    if row >= 0 and column >= 0:
        self.x, self.y = min(column, self.columns - 1), min(row, self.rows - 1)


def _foreground(self: AtariStTerminal, colour: bytes) -> None:
    self.take_pen(foreground=colour[0] & 15)


def _background(self: AtariStTerminal, colour: bytes) -> None:
    self.take_pen(background=colour[0] & 15)


def _erase_above(self: AtariStTerminal, _: bytes) -> None:
    self.erase(self.y, 0, self.x + 1, self.blank)
    self.erase_rows(0, self.y, self.blank)


def _show_cursor(self: AtariStTerminal, _: bytes) -> None:
    self.visible = True


def _hide_cursor(self: AtariStTerminal, _: bytes) -> None:
    self.visible = False


def _save(self: AtariStTerminal, _: bytes) -> None:
    self._saved = (self.x, self.y)


def _restore(self: AtariStTerminal, _: bytes) -> None:
    x, y = self._saved or (self.x, self.y)
    self.x, self.y = min(x, self.columns - 1), min(y, self.rows - 1)


def _erase_line(self: AtariStTerminal, _: bytes) -> None:
    self.erase(self.y, 0, self.columns, self.blank)
    self.x = 0


def _erase_to_start(self: AtariStTerminal, _: bytes) -> None:
    self.erase(self.y, 0, self.x + 1, self.blank)


def _reverse(self: AtariStTerminal, _: bytes) -> None:
    self.take_pen(style=self.pen.look.style | REVERSE)


def _not_reverse(self: AtariStTerminal, _: bytes) -> None:
    self.take_pen(style=self.pen.look.style & ~REVERSE)


def _wrap(self: AtariStTerminal, _: bytes) -> None:
    self.autowrap = True


def _no_wrap(self: AtariStTerminal, _: bytes) -> None:
    self.autowrap = False


_ESCAPES: Final[Mapping[bytes, Callable[[AtariStTerminal, bytes], None]]] = {
    b"A": _up,
    b"B": _down,
    b"C": _right,
    b"D": _left,
    b"E": _clear,
    b"H": _home,
    b"I": _reverse_line_feed,
    b"J": _erase_below,
    b"K": _erase_to_end,
    b"L": _insert_line,
    b"M": _delete_line,
    b"Y": _move,
    b"b": _foreground,
    b"c": _background,
    b"d": _erase_above,
    b"e": _show_cursor,
    b"f": _hide_cursor,
    b"j": _save,
    b"k": _restore,
    b"l": _erase_line,
    b"o": _erase_to_start,
    b"p": _reverse,
    b"q": _not_reverse,
    b"v": _wrap,
    b"w": _no_wrap,
}
"""After ESC. Graphics mode (F, G), hold screen ([, \\) and keypad modes (=, >) do nothing on an ST."""


def create(
    *, columns: int = 80, rows: int = 25, encoding: str = "atarist", **settings: Any
) -> AtariStTerminal:
    """An Atari ST for `bbsterm.screen.create_terminal`.

    Args:
        columns: Less than 80 is low resolution with 40, otherwise medium with 80.
        rows: Ignored: there are 25.
        encoding: Ignored: it is the ST's own.
        **settings: `AtariStTerminal`'s other arguments.
    """
    del rows, encoding
    return AtariStTerminal(80 if columns >= 80 else 40, **settings)
