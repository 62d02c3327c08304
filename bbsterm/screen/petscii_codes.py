"""What a Commodore does on a control code: the C64's KERNAL ($E716, $E7D4, $E891), the C128's editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bbsterm.screen.pens import REVERSE
from bbsterm.screen.petscii_screen import PetsciiScreen
from bbsterm.screen.terminal import BellRang

__all__ = ["C64_CODES", "C128_CODES"]


def _return(self: PetsciiScreen) -> None:
    """0D, and 8D by the same path: column 1 of the next line; reverse, quotes and inserting are over."""
    look = self.pen.look
    self.pen = self.pens.get(look._replace(style=look.style & ~REVERSE))
    self.quoting, self.inserting = False, 0
    self.x = 0
    self.line_feed()


def _line_feed(self: PetsciiScreen) -> None:
    self.line_feed()


def _home(self: PetsciiScreen) -> None:
    self.x = self.y = 0


def _clear(self: PetsciiScreen) -> None:
    self.clear_screen()


def _up(self: PetsciiScreen) -> None:
    self.y = max(self.y - 1, 0)


def _left(self: PetsciiScreen) -> None:
    """9D: from column 1 to the end of the row above; stops at home."""
    if self.x:
        self.x -= 1
    elif self.y:
        self.x, self.y = self.columns - 1, self.y - 1


def _right(self: PetsciiScreen) -> None:
    """1D: from the last column to the start of the next row; scrolls at the end."""
    if self.x < self.columns - 1:
        self.x += 1
    else:
        self.x = 0
        self.line_feed()


def _delete(self: PetsciiScreen) -> None:
    """14: the character on the left goes, and the rest of the logical line follows."""
    if not self.x and not self.y:
        return
    _left(self)
    self.delete_cells(self.y, self.x, 1, self.blank)
    if self.goes_on(self.y):
        below = self.y + 1
        char, pen = self.grid[below].cell(0)
        self.put(self.y, self.columns - 1, char, pen)
        self.delete_cells(below, 0, 1, self.blank)


def _insert(self: PetsciiScreen) -> None:
    """94: a blank comes in, and the rest of the logical line moves right."""
    if self.goes_on(self.y):
        below = self.y + 1
        char, pen = self.grid[self.y].cell(self.columns - 1)
        self.insert_cells(below, 0, 1, self.blank)
        self.put(below, 0, char, pen)
    self.insert_cells(self.y, self.x, 1, self.blank)


def _bell(self: PetsciiScreen) -> None:
    self.tell(BellRang())


def _lock(self: PetsciiScreen) -> None:
    self.locked = True


def _unlock(self: PetsciiScreen) -> None:
    self.locked = False


def _text_set(self: PetsciiScreen) -> None:
    self.graphics = False


def _graphics_set(self: PetsciiScreen) -> None:
    self.graphics = True


def _tab(self: PetsciiScreen) -> None:
    """09 on a C128: to the next tab stop, else to the end of the row."""
    stop = self.next_tab()
    self.x = self.columns - 1 if stop is None else stop


def _toggle_tab(self: PetsciiScreen) -> None:
    self.tabs ^= {self.x}


def _all_tabs(self: PetsciiScreen) -> None:
    self.tabs = self.default_tabs()


def _no_tabs(self: PetsciiScreen) -> None:
    self.tabs = set()


def _cancel(self: PetsciiScreen) -> None:
    """ESC O: no reverse, underline, flash, quotes or inserting any more."""
    self.pen = self.pens.get(self.pen.look._replace(style=0))
    self.quoting, self.inserting = False, 0


def _erase_to_start(self: PetsciiScreen) -> None:
    self.erase(self.y, 0, self.x + 1, self.blank)


def _erase_to_end(self: PetsciiScreen) -> None:
    self.erase(self.y, self.x, self.columns, self.blank)


def _erase_below(self: PetsciiScreen) -> None:
    _erase_to_end(self)
    self.erase_rows(self.y + 1, self.rows, self.blank)


def _delete_line(self: PetsciiScreen) -> None:
    self.scroll_up(self.y, self.rows, 1, self.blank)


def _insert_line(self: PetsciiScreen) -> None:
    self.scroll_down(self.y, self.rows, 1, self.blank)


def _line_start(self: PetsciiScreen) -> None:
    self.x = 0


def _line_end(self: PetsciiScreen) -> None:
    """ESC K: to the last character of the row."""
    self.x = max(len(self.grid[self.y].text()) - 1, 0)


def _scroll_up(self: PetsciiScreen) -> None:
    self.scroll_up(0, self.rows, 1, self.blank)


def _scroll_down(self: PetsciiScreen) -> None:
    self.scroll_down(0, self.rows, 1, self.blank)


def _nothing(self: PetsciiScreen) -> None:
    """An escape sequence about windows, the bell or the cursor's shape."""


Action = Callable[[PetsciiScreen], None]

C64_CODES: Final[Mapping[str, Action]] = {
    "\x07": _bell,
    "\x08": _lock,
    "\x09": _unlock,
    "\x0d": _return,
    "\x0e": _text_set,
    "\x11": _line_feed,
    "\x13": _home,
    "\x14": _delete,
    "\x1d": _right,
    "\x8d": _return,
    "\x8e": _graphics_set,
    "\x91": _up,
    "\x93": _clear,
    "\x94": _insert,
    "\x9d": _left,
}
"""What a C64 acts on. Colours and styles are the pen's; all other codes do nothing."""

_ESCAPES: Final[Mapping[str, Action]] = {
    "@": _erase_below,
    "d": _delete_line,
    "i": _insert_line,
    "j": _line_start,
    "k": _line_end,
    "o": _cancel,
    "p": _erase_to_start,
    "q": _erase_to_end,
    "v": _scroll_up,
    "w": _scroll_down,
    "y": _all_tabs,
    "z": _no_tabs,
}

C128_CODES: Final[Mapping[str, Action]] = {
    **C64_CODES,
    "\x08": _toggle_tab,
    "\x09": _tab,
    "\x0a": _line_feed,
    "\x0b": _lock,
    "\x0c": _unlock,
    "\x18": _toggle_tab,
    **{f"\x1b{letter}": _ESCAPES.get(letter, _nothing) for letter in "@abcdefghijklmnopqrstuvwxyz"},
    **{f"\x1b{letter.upper()}": _ESCAPES.get(letter, _nothing) for letter in "abcdefghijklmnopqrstuvwxyz"},
}
"""What a C128 acts on. The published lists disagree on 08 and 18 (tab) and on 0B and 0C (lock)."""
