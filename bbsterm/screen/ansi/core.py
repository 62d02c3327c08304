"""What the ANSI terminals share: the state, and how bytes become calls of a dialect's methods.

A dialect (`bbsterm.screen.cterm`, `bbsterm.screen.vt`) adds tables that say which control function is which
method, and the methods.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import ClassVar, Final

from bbsterm import limits
from bbsterm.screen.ansi.decoding import CONTROLS, decoder, is_odd, is_single_byte
from bbsterm.screen.ansi.drawing import AnsiDrawing
from bbsterm.screen.ansi.parameters import Parameters
from bbsterm.screen.ansi.parser import Listener, Parser
from bbsterm.screen.ansi.syntax import Grammar
from bbsterm.screen.keyboards import Keyboard
from bbsterm.screen.palette import VGA, Palette, xterm_256
from bbsterm.screen.pens import Pen, Pens
from bbsterm.screen.terminal import BellRang, ModesChanged, MouseReporting, TitleChanged

__all__ = ["AnsiCore", "Call"]


_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\x1b")) + b"\x7f"
_OBEYED: Final = bytes(CONTROLS - set(b"\x1b"))

Call = tuple[Callable[[Parameters], None], Parameters]
"""The method for a control sequence, and what it is told."""


def _nothing(_numbers: Parameters) -> None:
    """What a control function that we do not know does."""


@cache
def _colours() -> tuple[str, ...]:
    return tuple(xterm_256(VGA))


class AnsiCore(AnsiDrawing):
    """A terminal that reads escape sequences. See `AnsiDrawing` for more attributes.

    Attributes:
        origin: Whether the cursor counts from the region's corner (DECOM).
        tabs: Columns with a tab stop.
        title: What the board called itself last.
        last: The character that REP repeats; empty if the last thing was none.
        controls_met: Bytes that are control characters, but for ESC.
    """

    rules: ClassVar[Grammar]
    keys: ClassVar[Keyboard]
    defers: ClassVar[bool]
    """What `deferred` is after switching on."""
    c1: ClassVar[bool] = False
    """Whether 80 to 9F of 8-bit character sets are control characters where the set has no picture."""
    glyphs: ClassVar[bool] = False
    """Whether control characters without a meaning are pictures."""
    sequences: ClassVar[Mapping[str, str]]
    """Control sequences: private mark, intermediates and final, to the name of a method (of `Parameters`)."""
    escapes: ClassVar[Mapping[str, str]]
    """Escape sequences without ESC, to the name of a method."""
    controls: ClassVar[Mapping[str, str]]
    """Control characters, to the name of a method."""

    def __init__(
        self,
        columns: int = 80,
        rows: int = 25,
        *,
        encoding: str = "cp437",
        scrollback: int = limits.SCROLLBACK_LINES,
        palette: Palette | None = None,
    ) -> None:
        """Switch on.

        Args:
            columns: Width in cells.
            rows: Height in cells.
            encoding: The board's character set: "cp437", "utf-8", or any that Python or we know.
            scrollback: Lines of history.
            palette: The colours, if not a VGA card's.

        Raises:
            LookupError: Nobody knows that encoding.
        """
        pens = self._make_pens(palette or Palette(_colours()))
        super().__init__(columns, rows, pens=pens, keyboard=self.keys, scrollback=scrollback)
        self.parser = Parser(self.rules, self)
        self.encoding = encoding
        self._sequences = {function: getattr(self, name) for function, name in self.sequences.items()}
        self._escapes = {function: getattr(self, name) for function, name in self.escapes.items()}
        self._controls = {char: getattr(self, name) for char, name in self.controls.items()}
        self._power_on()

    def _make_pens(self, palette: Palette) -> Pens:
        return Pens(palette)

    def _power_on(self) -> None:
        """Everything as after switching on, but for the cells."""
        self.x = self.y = 0
        self.held = False
        self.visible = True
        self.pen = self.pens.default
        self.top, self.bottom = 0, self.rows
        self.left, self.right = 0, self.columns
        self.origin = False
        self.autowrap = True
        self.deferred = self.defers
        self.insert = False
        self.tabs = set(range(0, self.columns, 8))
        self.last = ""
        self.base = None
        self.title = ""
        self._mouse = MouseReporting.OFF
        self._bracketed_paste = False

    @property
    def encoding(self) -> str:
        """The character set of the board's bytes. It may change in the middle of a call (CHARSET, fonts)."""
        return self._encoding

    @encoding.setter
    def encoding(self, name: str) -> None:
        self._decode = decoder(name, c1=self.c1, glyphs=self.glyphs)
        self.controls_met = _OBEYED if self.glyphs and is_single_byte(name) else _CONTROLS
        self.may_be_odd = is_odd(name)
        self._encoding = name
        self.parser.halt()

    # --- what is asked from above -----------------------------------------------------

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        while data:
            text = self.prepare(self._decode(data))
            taken = self.run(text)
            if taken == len(text):
                return
            # The encoding changed, and only between encodings of one byte a character does it do so here.
            data = data[taken:]

    def run(self, text: str) -> int:
        """Take characters, by the plain parser.

        Returns:
            How many were taken: all, unless the encoding changed.
        """
        self.parser.resume()
        return self.parser.feed(text)

    def prepare(self, text: str) -> str:
        """The text before it is taken apart. A dialect may spell things in another way."""
        return text

    def reset(self) -> None:
        """Back to the state after switching on: blank screen, default modes. History stays."""
        self.keep_screen()
        self.parser.reset()
        self._power_on()
        self.renew(self.pens.default)

    def resize(self, columns: int, rows: int) -> None:
        """Change the screen's size, keeping what is on it. Margins go back to the edges."""
        old_columns, old_rows = self.columns, self.rows
        gone = self.resize_grid(columns, rows, self.pens.default, cursor_row=self.y)
        if (old_columns, old_rows) == (self.columns, self.rows):
            return
        self.top, self.bottom, self.left, self.right = 0, self.rows, 0, self.columns
        new = set(range(-old_columns % 8 + old_columns, self.columns, 8))
        self.tabs = {stop for stop in self.tabs | new if stop < self.columns}
        self.go_to(self.y - gone, self.x)

    @property
    def mouse(self) -> MouseReporting:
        """What the board wants to know of the mouse."""
        return self._mouse

    @property
    def bracketed_paste(self) -> bool:
        """Whether a paste should be wrapped in ESC [200~ and ESC [201~."""
        return self._bracketed_paste

    # --- what the parser says ---------------------------------------------------------

    def on_text(self, text: str) -> None:
        """Draw characters; a control character among them is drawn as a glyph or not at all."""
        raise NotImplementedError

    def on_control(self, char: str) -> None:
        """A control character."""
        self.last, self.base = "", None
        handler = self._controls.get(char)
        if handler is not None:
            handler()

    def on_escape(self, function: str) -> None:
        """An escape sequence."""
        self.last, self.base = "", None
        handler = self._escapes.get(function)
        if handler is not None:
            handler()

    def on_sequence(self, parameters: str, function: str) -> None:
        """A control sequence."""
        if function == "m" and (not parameters or parameters[0] not in "<=>?"):
            self.select_graphics(parameters)
            self.forget_last()
        else:
            self.do(*self.method_of(parameters, function))

    def method_of(self, parameters: str, function: str) -> Call:
        """The method for a control sequence, and what it is told."""
        mark, numbers = self._parse(parameters)
        method = self._sequences.get(mark + function) if numbers is not None else None
        return (method or _nothing), numbers or Parameters()

    def do(self, method: Callable[[Parameters], None], numbers: Parameters) -> None:
        """Call the method for a control sequence."""
        method(numbers)
        self.forget_last()

    def forget_last(self) -> None:
        """After a control sequence there is no character to repeat or to combine with."""
        self.last, self.base = "", None

    def _parse(self, parameters: str) -> tuple[str, Parameters | None]:
        """The private mark and the numbers; None for what is no list of numbers."""
        raise NotImplementedError

    def select_graphics(self, parameters: str) -> None:
        """SGR: change the pen."""
        self.pen = self.pen_after(self.pen, "[" + parameters)

    def pen_after(self, pen: Pen, sequence: str) -> Pen:
        """What a pen becomes after SGR, of which ESC and m are left out."""
        to = pen.family.get(sequence) or pen.next.get(sequence)
        if to is None:
            to, family = self._next_pen(pen, sequence[1:])
            self.pens.remember(pen, sequence, to, family=family)
        return to

    def _next_pen(self, pen: Pen, parameters: str) -> tuple[Pen, bool]:
        """What the pen becomes after SGR with these parameters, and whether all of its family become that."""
        raise NotImplementedError

    def on_string(self, kind: str, body: str) -> None:
        """A control string."""

    def on_music(self, tune: str) -> None:
        """A tune."""

    def on_broken(self, sequence: str, char: str) -> None:
        """Show a sequence and the character that broke it. REP sees none of that."""
        last = self.last
        Listener.on_broken(self, sequence, char)
        self.last = last

    # --- what several dialects say ----------------------------------------------------

    def ring(self) -> None:
        """BEL."""
        self.last = ""
        self.tell(BellRang())

    def call(self, title: str) -> None:
        """Take a title: printable characters only, for our own status row."""
        self.title = "".join(filter(str.isprintable, title))[: limits.MAX_TITLE]
        self.tell(TitleChanged(self.title))

    def report_mouse(self, mode: int, *, on: bool) -> None:
        """Private modes 9, 1000, 1002 and 1003."""
        self._mouse = MouseReporting(mode) if on else MouseReporting.OFF
        self.tell(ModesChanged())

    def bracket_pastes(self, *, on: bool) -> None:
        """Private mode 2004."""
        self._bracketed_paste = on
        self.tell(ModesChanged())
