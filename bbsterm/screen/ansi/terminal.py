"""The ANSI terminals: what each control function is, and how bytes reach them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bbsterm import limits
from bbsterm.screen.ansi.decoding import C0_GLYPHS, decoder
from bbsterm.screen.ansi.parameters import parse
from bbsterm.screen.ansi.profile import BBS, Profile
from bbsterm.screen.ansi.reports import Reports
from bbsterm.screen.ansi.parser import Parser
from bbsterm.screen.terminal import BellRang, TitleChanged

__all__ = ["AnsiTerminal"]

COUNTED: Final[Mapping[str, str]] = {
    "A": "cursor_up", "B": "cursor_down", "C": "cursor_forward", "D": "cursor_back",
    "E": "cursor_down1", "F": "cursor_up1", "G": "cursor_to_column", "`": "cursor_to_column",
    "d": "cursor_to_line", "a": "cursor_forward", "e": "line_position_relative",
    "j": "cursor_back", "k": "line_position_backward",
    "I": "tab_forward", "Z": "tab_back", "@": "insert_characters", "P": "delete_characters",
    "X": "erase_characters", "L": "insert_lines", "M": "delete_lines",
    "S": "scroll_text_up", "T": "scroll_text_down", "b": "repeat",
}  # fmt: skip
"""Control sequences with one count, 1 if left out: final to method."""

CHOSEN: Final[Mapping[str, str]] = {"J": "erase_in_display", "K": "erase_in_line", "g": "clear_tab_stop"}
"""Control sequences with one choice, 0 if left out."""

LISTED: Final[Mapping[str, str]] = {"H": "on_position", "f": "on_position", "r": "on_margins"}
"""Control sequences that take all parameters."""

ESCAPES: Final[Mapping[str, str]] = {
    "7": "save_cursor", "8": "restore_cursor", "D": "index", "E": "next_line", "H": "set_tab_stop",
    "M": "reverse_index", "c": "reset",
}  # fmt: skip

CONTROLS: Final[Mapping[str, str]] = {
    "\a": "bell", "\b": "backspace", "\t": "tab", "\n": "linefeed", "\r": "carriage_return",
}  # fmt: skip


class AnsiTerminal(Reports):
    """ANSI-BBS or a VT, as the profile says."""

    def __init__(
        self,
        columns: int = 80,
        rows: int = 25,
        *,
        profile: Profile = BBS,
        encoding: str = "cp437",
        scrollback: int = limits.SCROLLBACK_LINES,
    ) -> None:
        super().__init__(columns, rows, profile=profile, scrollback=scrollback)
        self.name = profile.name
        self.encoding = encoding
        self._parser = Parser(profile.rules, self)

    @property
    def encoding(self) -> str:
        """The character set of the board's bytes. It may change in the middle of a call (CHARSET, fonts)."""
        return self._encoding

    @encoding.setter
    def encoding(self, name: str) -> None:
        self._decode = decoder(name)
        self._encoding = name

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        self._parser.feed(self._decode(data))

    def reset(self) -> None:
        """RIS: as after switching on. The history stays."""
        self.keep_screen()
        self._power_on()
        self.renew(self.pen)

    def resize(self, columns: int, rows: int) -> None:
        """Change the screen's size, keeping what is on it."""
        old = (self.columns, self.rows)
        gone = self.resize_grid(columns, rows, self.pens.default, cursor_row=self.y)
        if old == (self.columns, self.rows):
            return
        self.top, self.bottom, self.left, self.right = 0, self.rows, 0, self.columns
        self.tabs |= set(range(8 * (old[0] // 8 + 1), self.columns, 8))
        self.tabs = {stop for stop in self.tabs if stop < self.columns}
        self.go_to(self.y - gone, self.x)

    # --- the parser's listener --------------------------------------------------------

    def on_text(self, text: str) -> None:
        """Characters to draw. A control character among them (shown, not obeyed) is drawn as its glyph."""
        self.draw(text.translate(C0_GLYPHS))

    def on_control(self, char: str) -> None:
        """A control character."""
        if char in CONTROLS:
            getattr(self, CONTROLS[char])()
        elif char == "\f" and self.profile.bbs:
            self.clear_screen()
            self.go_to(0, 0)
        elif char in "\v\f":
            if self.profile.bbs:
                self.on_text(char)
            else:
                self.linefeed()
        elif self.profile.bbs and char not in "\0\x7f":
            self.on_text(char)

    def on_escape(self, function: str) -> None:
        """An escape sequence."""
        if function in ESCAPES:
            getattr(self, ESCAPES[function])()

    def on_sequence(self, parameters: str, function: str) -> None:
        """A control sequence."""
        if function == "m" and parameters[:1] not in ("<", "=", ">", "?"):
            self.select_graphics(parameters)
            return
        mark, numbers = parse(parameters)
        if numbers is None:
            return
        match function:
            case "h" | "l":
                self.on_modes(mark, numbers, on=function == "h")
            case "c":
                self.on_device_attributes(mark, numbers)
            case "n":
                self.on_status(mark, numbers)
            case "s" if not mark:
                self.save_cursor()
            case "u" if not mark:
                self.restore_cursor()
            case _ if mark:
                pass
            case _ if function in COUNTED:
                getattr(self, COUNTED[function])(numbers.count())
            case _ if function in CHOSEN:
                getattr(self, CHOSEN[function])(numbers.number(0))
            case _ if function in LISTED:
                getattr(self, LISTED[function])(numbers)

    def on_string(self, kind: str, body: str) -> None:
        """A control string."""
        if kind == "]" and body[:2] in ("0;", "2;"):
            title = "".join(filter(str.isprintable, body[2:]))[: limits.MAX_TITLE]
            self.title = title
            self.tell(TitleChanged(title))

    def bell(self) -> None:
        """BEL."""
        self.tell(BellRang())
