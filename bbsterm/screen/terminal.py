"""What every emulation offers to the floors above: the `Terminal` protocol and the values it speaks in.

A `Terminal` takes the board's bytes and the user's keys, and offers rows to draw and bytes to answer. It does
no I/O, reads no clock and raises nothing, whatever the board sends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from bbsterm.screen.mouse import Action, Button

__all__ = [
    "BaudRateSelected",
    "BellRang",
    "Cursor",
    "FontSelected",
    "Line",
    "ModesChanged",
    "MouseReporting",
    "MusicPlayed",
    "Note",
    "Paint",
    "ScreenEvent",
    "Span",
    "Terminal",
    "TitleChanged",
]


class Paint(NamedTuple):
    """How a run of cells looks once palette, bold, reverse, iCE and conceal have been applied.

    Colours are ``"#rrggbb"``. Paints are interned by the terminal, so `is` and hashing are cheap; a drawing
    floor caches its own style for each.
    """

    foreground: str
    background: str
    bold: bool = False
    dim: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    overline: bool = False
    blink: bool = False


class Span(NamedTuple):
    """Neighbouring cells of equal paint. `text` is printable; `columns` counts cells (wide ones are two)."""

    text: str
    paint: Paint
    columns: int


class Line(Protocol):
    """One row of the screen or of the scrollback."""

    strip: object | None
    """The drawing floor keeps here what it made of this row; set to None by the terminal on every change."""

    @property
    def blinks(self) -> bool:
        """Whether any cell of this row blinks."""
        ...

    def spans(self) -> Sequence[Span]:
        """The row from column 0 to the last, filling the terminal's whole width."""
        ...

    def text(self) -> str:
        """The row's characters, trailing blanks removed."""
        ...

    def cells(self) -> Sequence[str]:
        """One string a column; the cell right of a wide character is empty. Read it, do not keep it."""
        ...


class Cursor(NamedTuple):
    """Where the board has the cursor: row and column from 0."""

    row: int
    column: int
    visible: bool = True


class MouseReporting(Enum):
    """What the board wants to know of the mouse (private modes 9, 1000, 1002, 1003)."""

    OFF = 0
    PRESS = 9
    BUTTONS = 1000
    DRAG = 1002
    ALL = 1003


@dataclass(frozen=True, slots=True)
class ScreenEvent:
    """Something a board did that is not a cell."""


@dataclass(frozen=True, slots=True)
class BellRang(ScreenEvent):
    """BEL."""


@dataclass(frozen=True, slots=True)
class TitleChanged(ScreenEvent):
    """The board named itself (OSC 0, 2). For our status row; printable and cut to `limits.MAX_TITLE`."""

    title: str


class Note(NamedTuple):
    """One note of ANSI music: frequency in Hz (0 is a rest) and how long it sounds and lasts, in ms."""

    frequency: float
    sounding: float
    duration: float


@dataclass(frozen=True, slots=True)
class MusicPlayed(ScreenEvent):
    """The board played a tune (ANSI music)."""

    notes: tuple[Note, ...]
    background: bool = False


@dataclass(frozen=True, slots=True)
class BaudRateSelected(ScreenEvent):
    """The board wants its text shown at this many bits per second; 0 is full speed (CSI * r)."""

    rate: int


@dataclass(frozen=True, slots=True)
class FontSelected(ScreenEvent):
    """The board chose a font slot (CSI Ps1 ; Ps2 SP D); `encoding` is what its bytes now mean."""

    slot: int
    name: str
    encoding: str


@dataclass(frozen=True, slots=True)
class ModesChanged(ScreenEvent):
    """Mouse reporting, bracketed paste, doorway or a similar mode changed: look at the terminal again."""


@runtime_checkable
class Terminal(Protocol):
    """An emulation: bytes in; rows, answers and events out; keys in, bytes out."""

    name: str
    """The emulation in one word: "ansi", "vt", "petscii", "atascii", "atarist"."""

    encoding: str
    """The character set its bytes are in, as the status row shows it: "cp437", "utf-8"."""

    columns: int
    rows: int

    @property
    def cursor(self) -> Cursor:
        """Where the cursor is, always inside the screen."""
        ...

    @property
    def mouse(self) -> MouseReporting:
        """What the board wants to know of the mouse."""
        ...

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
    ) -> bytes | None:
        """Bytes for something the mouse did at a cell; None where the board has not asked to be told."""
        ...

    def link(self, line: Line, column: int) -> str | None:
        """Where a cell of one of our rows leads that the board made a link (OSC 8)."""
        ...

    @property
    def bracketed_paste(self) -> bool:
        """Whether a paste should be wrapped in ESC [200~ and ESC [201~."""
        ...

    @property
    def history(self) -> Sequence[Line]:
        """Rows that left the screen, oldest first."""
        ...

    @property
    def scrolled(self) -> int:
        """How many rows have left the screen so far: the oldest ones in `history` may be forgotten."""
        ...

    def feed(self, data: bytes) -> None:
        """Take bytes from the board. Never raises; any split of the same bytes has the same effect."""
        ...

    def line(self, row: int) -> Line:
        """The row as it is now, from 0. Scrolling moves the same `Line` to another row."""
        ...

    def take_dirty(self) -> set[int]:
        """Rows that look different since the last call, cursor included; and forget them."""
        ...

    def take_replies(self) -> bytes:
        """Bytes the emulation answers to the board (DSR, DA ...); and forget them."""
        ...

    def take_events(self) -> list[ScreenEvent]:
        """Bells, titles, tunes ... in order; and forget them."""
        ...

    def press(self, key: str, character: str | None = None) -> bytes | None:
        """Bytes for a key, under Textual's name for it; None when this machine has no such key."""
        ...

    def encode(self, text: str) -> bytes:
        """Bytes for text in the board's character set; a newline is Enter."""
        ...

    def resize(self, columns: int, rows: int) -> None:
        """Change the screen's size, keeping what is on it."""
        ...

    def reset(self) -> None:
        """Back to the state after switching on: blank screen, default modes. History stays."""
        ...

    def display(self) -> list[str]:
        """The screen as text, one string a row, trailing blanks removed."""
        ...
