"""What the home computers share: a screen of their own size, immediate wrap, tab stops, no answers."""

from __future__ import annotations

from dataclasses import replace

from bbsterm import limits
from bbsterm.screen.base import BaseTerminal
from bbsterm.screen.keyboards import Keyboard
from bbsterm.screen.keys import KeyModes, encode_text
from bbsterm.screen.palette import Palette
from bbsterm.screen.pens import Pens

__all__ = ["RetroTerminal"]


class RetroTerminal(BaseTerminal):
    """A terminal that is a home computer. A machine adds `feed` and the meaning of its control codes.

    Attributes:
        pen: What the next character is drawn with.
        blank: What erased cells are made of.
        tabs: The columns of the tab stops.
        ansi_keys: Whether cursor and function keys send escape sequences (``--ansi-keys``).
        ascii_eol: Whether Enter sends CR (``--ascii-eol``).
    """

    def __init__(
        self,
        columns: int,
        rows: int,
        *,
        encoding: str,
        palette: Palette,
        keyboard: Keyboard,
        scrollback: int = limits.SCROLLBACK_LINES,
        ansi_keys: bool = False,
        ascii_eol: bool = False,
    ) -> None:
        pens = Pens(palette, bold_is_bright=False, bold_is_heavy=False)
        super().__init__(columns, rows, pens=pens, keyboard=keyboard, scrollback=scrollback)
        self.encoding = encoding
        self.ansi_keys = ansi_keys
        self.ascii_eol = ascii_eol
        self.pen = self.blank = pens.default
        self.tabs = self.default_tabs()
        self._held_down = ""
        self._switched_on: set[str] = set()

    @property
    def key_modes(self) -> KeyModes:
        """What the entry has said about the keyboard."""
        inverse = "inverse" in self._switched_on
        return KeyModes(
            encoding=self.encoding, ansi_keys=self.ansi_keys, ascii_eol=self.ascii_eol, inverse=inverse
        )

    def press(self, key: str, character: str | None = None) -> bytes | None:
        """Bytes for a key. Empty for one that holds a modifier down, or switches something."""
        if not self._held_down:
            if key in self.keyboard.sticky:
                self._held_down = self.keyboard.sticky[key]
                return b""
            if key in self.keyboard.toggles:
                self._switched_on ^= {self.keyboard.toggles[key]}
                return b""
            return super().press(key, character)
        key, self._held_down = f"{self._held_down}+{key}", ""
        return super().press(key)

    def encode(self, text: str) -> bytes:
        """Bytes for text in the machine's character set, never inverse; newlines become Enter."""
        return encode_text(self.keyboard, text, replace(self.key_modes, inverse=False))

    def reset(self) -> None:
        """Back to the state after switching on: blank screen, default modes. History stays."""
        self.x = self.y = 0
        self.visible = True
        self.pen = self.blank
        self.tabs = self.default_tabs()
        self._held_down = ""
        self._switched_on.clear()
        self.renew(self.blank)

    def resize(self, columns: int, rows: int) -> None:
        """Change the screen's size, keeping what is on it. The machines themselves never do that."""
        gone = self.resize_grid(columns, rows, self.blank, cursor_row=self.y)
        self.x = min(self.x, self.columns - 1)
        self.y = min(max(self.y - gone, 0), self.rows - 1)
        self.tabs = self.default_tabs()

    # --- what the machines share ----------------------------------------------------

    def print(self, run: str) -> None:
        """Draw characters at the cursor; after the last column they go on in the next row, at once."""
        put, pen, columns, x = self.put, self.pen, self.columns, self.x
        start, length = 0, len(run)
        while start < length:
            end = start + columns - x
            put(self.y, x, run[start:end], pen)
            if end > length:
                self.x = x + length - start
                return
            self.x = x = 0
            self.wrap()
            start = end

    def wrap(self) -> None:
        """Go on in the next row, remembering that the text does."""
        row = self.grid[self.y]
        self.line_feed()
        row.wrapped = True

    def line_feed(self) -> None:
        """One row down; at the bottom the screen scrolls, and its top row is history."""
        if self.y < self.rows - 1:
            self.y += 1
        else:
            self.scroll_up(0, self.rows, 1, self.blank, keep=True)

    def clear_screen(self) -> None:
        """A blank screen; the old one is history."""
        self.keep_screen()
        self.renew(self.blank)
        self.x = self.y = 0

    def next_tab(self) -> int | None:
        """The next tab stop right of the cursor, if there is one."""
        return min((stop for stop in self.tabs if stop > self.x), default=None)

    def default_tabs(self) -> set[int]:
        """Every eighth column."""
        return set(range(8, self.columns, 8))
