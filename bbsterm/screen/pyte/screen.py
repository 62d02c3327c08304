"""`Screen`: a `pyte.Screen` whose methods are carried out by a terminal of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pyte
from pyte import charsets, graphics
from pyte import modes as mo
from pyte.screens import Char, Margins

from bbsterm.screen.ansi.core import AnsiCore
from bbsterm.screen.palette import rgb
from bbsterm.screen.pyte.cells import BufferView, CursorView, blank, reversed_video
from bbsterm.screen.vt.terminal import VtTerminal

__all__ = ["PyteVt", "Screen"]

if TYPE_CHECKING:  # what are variables there are views of the terminal here, which mypy cannot be told
    _Base = object
else:
    _Base = pyte.Screen

_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f]")

_PRIVATE: Final = 5
"""Pyte's numbers of private modes are shifted by so many bits."""


class PyteVt(VtTerminal):
    """A VT whose 256 colours have no names (pyte tells ``38;5;1`` from ``31``), and no line comes back."""

    refills = False

    @staticmethod
    def indexed(index: int) -> int:
        """The colour itself."""
        return rgb(*bytes.fromhex(graphics.FG_BG_256[index]))


class Screen(_Base):
    """A `pyte.Screen` on top of a terminal of ours.

    Every method is what pyte's is: a control function. It is carried out by `terminal`, which stays open to
    everything else that a terminal can do (`take_replies`, `take_events`, `history` ...).

    Attributes:
        terminal: The emulation.
        icon_name: What OSC 1 said.
    """

    def __init__(self, columns: int, lines: int, *, terminal: AnsiCore | None = None) -> None:
        """A screen of so many columns and lines.

        Args:
            columns: Width in cells.
            lines: Height in cells.
            terminal: Show this one instead of a new VT; its size is the screen's. See `of`.
        """
        self.terminal = terminal or PyteVt(columns, lines, may_resize=True, encoding="utf-8")
        self.icon_name = ""
        self.savepoints: list[Any] = []
        self.saved_columns: int | None = None
        self.g0_charset, self.g1_charset, self.charset = charsets.LAT1_MAP, charsets.VT100_MAP, 0
        if terminal is None:
            self._begin_anew()

    @classmethod
    def of(cls, terminal: AnsiCore) -> Screen:
        """The screen of a terminal that there is already, such as `create_terminal` makes."""
        return cls(terminal.columns, terminal.rows, terminal=terminal)

    def _begin_anew(self) -> None:
        self.terminal.tabs.discard(0)
        self.terminal.run("\x1b[?40h")

    # --- what there is to see -------------------------------------------------------------

    @property
    def columns(self) -> int:
        """Width in cells."""
        return self.terminal.columns

    @property
    def lines(self) -> int:
        """Height in cells."""
        return self.terminal.rows

    @property
    def buffer(self) -> BufferView:
        """Lines by number, characters by column."""
        return BufferView(self.terminal)

    @property
    def cursor(self) -> CursorView:
        """Where the cursor is, and what it draws with."""
        return CursorView(self.terminal)

    @property
    def display(self) -> list[str]:
        """The screen as text, one string a line, as wide as the screen."""
        return ["".join(row.settle()[0]).replace("\xa0", " ") for row in self.terminal.grid]

    @property
    def dirty(self) -> set[int]:
        """Lines that look different since this set was cleared."""
        return self.terminal.dirty

    @property
    def tabstops(self) -> set[int]:
        """Columns with a tab stop."""
        return self.terminal.tabs

    @property
    def title(self) -> str:
        """What the program called the window; printable, and not longer than `limits.MAX_TITLE`."""
        return self.terminal.title

    @property
    def default_char(self) -> Char:
        """A blank."""
        return blank(self.terminal)

    @property
    def margins(self) -> Margins | None:
        """First and last line of the scrolling region, from 0; None when it is the whole screen."""
        top, bottom = self.terminal.top, self.terminal.bottom - 1
        return None if (top, bottom) == (0, self.lines - 1) else Margins(top, bottom)

    @property
    def mode(self) -> set[int]:
        """Pyte's numbers of the modes that are set."""
        terminal = self.terminal
        modes = {
            mo.LNM: getattr(terminal, "newline", False) or getattr(terminal, "lf_expand", False),
            mo.IRM: terminal.insert,
            mo.DECTCEM: terminal.visible,
            mo.DECSCNM: reversed_video(terminal),
            mo.DECOM: terminal.origin,
            mo.DECAWM: terminal.autowrap,
            mo.DECCOLM: self.saved_columns is not None,
        }
        return {mode for mode, on in modes.items() if on}

    # --- what can be done -------------------------------------------------------------------

    def run(self, text: str) -> None:
        """Take decoded text with control functions in it."""
        self.before_event("run")
        self.terminal.run(self.terminal.prepare(text))
        self._answer()

    def feed(self, data: bytes) -> None:
        """Take bytes, in the terminal's encoding."""
        self.before_event("feed")
        self.terminal.feed(data)
        self._answer()

    def before_event(self, event: str) -> None:
        """Called before anything is done."""

    def _answer(self) -> None:
        if replies := self.terminal.take_replies():
            self.write_process_input(replies.decode("latin-1"))

    def _say(self, function: str, *numbers: int | None, mark: str = "") -> None:
        told = ";".join("" if number is None else str(max(number, 0)) for number in numbers)
        self.run(f"\x1b[{mark}{told}{function}")

    def draw(self, data: str) -> None:
        """Draw characters; controls among them are left out."""
        self.before_event("draw")
        table = self.g1_charset if self.charset else self.g0_charset
        if table in (charsets.IBMPC_MAP, charsets.VAX42_MAP):
            data = data.translate(table)
        self.terminal.on_text(_CONTROLS.sub("", data))

    def reset(self) -> None:
        """Blank, with the modes of the beginning."""
        self.terminal.reset()
        self.icon_name = ""
        self.saved_columns = None
        self.g0_charset, self.g1_charset, self.charset = charsets.LAT1_MAP, charsets.VT100_MAP, 0
        self._begin_anew()

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Another size. Lines come in below, and go at the top."""
        terminal = self.terminal
        lines, columns = lines or self.lines, columns or self.columns
        if (lines, columns) == (self.lines, self.columns):
            return
        row, column, surplus = terminal.y, terminal.x, max(self.lines - lines, 0)
        terminal.go_to(self.lines - 1, column)
        terminal.resize(columns, lines)
        terminal.go_to(row - surplus, column)
        terminal.tabs.discard(0)

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """DECSTBM."""
        self._say("r", top, bottom)

    def set_mode(self, *modes: int, **told: Any) -> None:
        """SM, DECSET (`private`, or numbers as `pyte.modes` has them)."""
        self._switch(modes, on=True, private=bool(told.get("private")))

    def reset_mode(self, *modes: int, **told: Any) -> None:
        """RM, DECRST."""
        self._switch(modes, on=False, private=bool(told.get("private")))

    def _switch(self, modes: tuple[int, ...], *, on: bool, private: bool) -> None:
        for mode in modes:
            shifted = not private and mode > mo.LNM and mode % (1 << _PRIVATE) == 0
            number = mode >> _PRIVATE if shifted else mode
            before = self.columns
            self._say("h" if on else "l", number, mark="?" if private or shifted else "")
            if number == mo.DECCOLM >> _PRIVATE and (private or shifted):
                self._remember_columns(before, on=on)

    def _remember_columns(self, before: int, *, on: bool) -> None:
        """DECCOLM: the way back from 132 columns is to as many as there were."""
        if not on and self.saved_columns is not None:
            self.terminal.resize(self.saved_columns, self.lines)
            self.saved_columns = None
        elif on and self.saved_columns is None:
            self.saved_columns = before

    def define_charset(self, code: str, mode: str) -> None:
        """SCS. The PC's sets (U, V) are pyte's own affair: they turn Latin-1 into CP437."""
        table = charsets.MAPS.get(code)
        if mode == "(" and table is not None:
            self.g0_charset = table
        elif mode == ")" and table is not None:
            self.g1_charset = table
        self.run(f"\x1b{mode}{code if code not in 'UV' else 'B'}")

    def shift_in(self) -> None:
        """SI: G0."""
        self.charset = 0
        self.run("\x0f")

    def shift_out(self) -> None:
        """SO: G1."""
        self.charset = 1
        self.run("\x0e")

    def set_title(self, param: str) -> None:
        """OSC 2."""
        self.terminal.call(param)

    def set_icon_name(self, param: str) -> None:
        """OSC 1."""
        self.icon_name = param

    def carriage_return(self) -> None:
        """CR."""
        self.run("\r")

    def index(self) -> None:
        """IND."""
        self.run("\x1bD")

    def reverse_index(self) -> None:
        """RI."""
        self.run("\x1bM")

    def linefeed(self) -> None:
        """LF."""
        self.run("\n")

    def tab(self) -> None:
        """HT."""
        self.run("\t")

    def backspace(self) -> None:
        """BS."""
        self.run("\b")

    def save_cursor(self) -> None:
        """DECSC: there is one place to save to, as on a VT."""
        self.run("\x1b7")

    def restore_cursor(self) -> None:
        """DECRC."""
        self.run("\x1b8")

    def insert_lines(self, count: int | None = None) -> None:
        """IL."""
        self._say("L", count)

    def delete_lines(self, count: int | None = None) -> None:
        """DL."""
        self._say("M", count)

    def insert_characters(self, count: int | None = None) -> None:
        """ICH."""
        self._say("@", count)

    def delete_characters(self, count: int | None = None) -> None:
        """DCH."""
        self._say("P", count)

    def erase_characters(self, count: int | None = None) -> None:
        """ECH."""
        self._say("X", count)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """EL, DECSEL."""
        self._say("K", how, mark="?" if private else "")

    def erase_in_display(self, how: int = 0, *_rest: Any, **told: Any) -> None:
        """ED, DECSED."""
        self._say("J", how, mark="?" if told.get("private") else "")

    def set_tab_stop(self) -> None:
        """HTS."""
        self.run("\x1bH")

    def clear_tab_stop(self, how: int = 0) -> None:
        """TBC."""
        self._say("g", how)

    def ensure_hbounds(self) -> None:
        """The cursor is always on the screen; a pending wrap is forgotten."""
        self.terminal.stay()

    def ensure_vbounds(self, use_margins: bool | None = None) -> None:
        """Put the cursor between the margins, in origin mode or if told to."""
        if use_margins or self.terminal.origin:
            row = max(self.terminal.top, min(self.terminal.y, self.terminal.bottom - 1))
            self.terminal.go_to(row, self.terminal.x)

    def cursor_up(self, count: int | None = None) -> None:
        """CUU."""
        self._say("A", count)

    def cursor_up1(self, count: int | None = None) -> None:
        """CPL."""
        self._say("F", count)

    def cursor_down(self, count: int | None = None) -> None:
        """CUD."""
        self._say("B", count)

    def cursor_down1(self, count: int | None = None) -> None:
        """CNL."""
        self._say("E", count)

    def cursor_back(self, count: int | None = None) -> None:
        """CUB."""
        self._say("D", count)

    def cursor_forward(self, count: int | None = None) -> None:
        """CUF."""
        self._say("C", count)

    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        """CUP."""
        self._say("H", line, column)

    def cursor_to_column(self, column: int | None = None) -> None:
        """CHA."""
        self._say("G", column)

    def cursor_to_line(self, line: int | None = None) -> None:
        """VPA."""
        self._say("d", line)

    def bell(self, *_rest: Any) -> None:
        """BEL."""
        self.run("\a")

    def alignment_display(self) -> None:
        """DECALN."""
        self.run("\x1b#8")

    def select_graphic_rendition(self, *attrs: int, **_told: Any) -> None:
        """SGR."""
        self._say("m", *attrs)

    def report_device_attributes(self, mode: int = 0, **told: Any) -> None:
        """DA. The answer goes to `write_process_input`."""
        if not told.get("private"):
            self._say("c", mode)

    def report_device_status(self, mode: int = 0, **told: Any) -> None:
        """DSR. The answer goes to `write_process_input`."""
        self._say("n", mode, mark="?" if told.get("private") else "")

    def write_process_input(self, data: str) -> None:
        """What the terminal answers. Overridden by whoever wants to know, as with pyte."""

    def debug(self, *_rest: Any, **_told: Any) -> None:
        """What pyte's streams call for a sequence that they do not know: nothing."""
