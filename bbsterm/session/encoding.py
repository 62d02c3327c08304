"""In which character set a call's bytes are read, on which emulation; and how they are read anew in another.

By choice, by agreement, by a font sequence, or by what the first screens look like. What was received is kept
(within a bound), so that another choice redraws the screen and the scrollback as if it had been made before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

from bbsterm import codecs, limits
from bbsterm.errors import UsageError
from bbsterm.screen.palette import PALETTES, Palette, xterm_256
from bbsterm.screen.terminal import FontSelected
from bbsterm.session.identity import RETRO

if TYPE_CHECKING:
    from bbsterm.screen.detect import EncodingDetector, Verdict
    from bbsterm.screen.terminal import Terminal
    from bbsterm.session.settings import CallSettings

__all__ = [
    "CONFIDENT",
    "LINE_ENDINGS",
    "SIZES",
    "Reader",
    "Tape",
    "fix_keys",
    "keyboard_switches",
    "kind_for",
    "new_terminal",
    "same_encoding",
]

CONFIDENT: Final = 0.75
"""From this confidence on the first screens decide by themselves. None of 350 pieces of ANSI art, read so,
was taken for a Commodore's or an Atari's."""

_MACHINES: Final[Mapping[str, tuple[str, ...]]] = {
    "petscii": ("petscii", "petscii80"),
    "petscii_unshifted": ("petscii", "petscii80"),
    "atascii": ("atascii", "atascii80"),
    "atarist": ("atarist",),
}
"""Character sets that only one machine has, and the emulations of it; the first is taken unless one is on."""

SIZES: Final[Mapping[str, tuple[int, int]]] = {
    "petscii": (40, 25),
    "petscii80": (80, 25),
    "atascii": (40, 24),
    "atascii80": (80, 25),
    "atarist": (80, 25),
}
"""Columns and rows of the machines, which have no other size."""

LINE_ENDINGS: Final[Mapping[str, bytes]] = {"cr": b"\r", "crlf": b"\r\n", "lf": b"\n"}
"""What `CallSettings.line_ending` means on the wire."""

_MUSIC: Final[Mapping[str, int]] = {"off": 1, "syncterm": 0, "banana": 1, "all": 2}  # off is read, not heard
_KEYBOARD_SWITCHES: Final = frozenset({"petscii", "petscii80", "atascii", "atascii80"})
_WITH_FONTS: Final = frozenset({"ansi", "utf8"})
_GROWTH: Final = 1.25  # the sample is looked at again when it has grown so much: judging 16 KiB takes 10 ms


class Replaced(Protocol):
    """What is done about another terminal."""

    def __call__(self, *, resized: bool) -> None:
        """`resized`: it has another size."""
        ...


class Tape:
    """The last bytes that were shown, and where the terminal was reset among them."""

    def __init__(self, size: int = limits.MAX_TAPE) -> None:
        self._size = size
        self._block = max(size // 8, 1)
        self._blocks = deque([bytearray()])  # nothing is moved when the oldest is forgotten
        self._length = 0
        self._forgotten = 0
        self._resets: list[int] = []  # counted from the first byte ever

    def __len__(self) -> int:
        return self._length

    def add(self, data: bytes) -> None:
        """Bytes were shown. The oldest are forgotten, in large pieces."""
        for start in range(0, len(data), self._block):
            part = data[start : start + self._block]
            if len(self._blocks[-1]) >= self._block:
                self._blocks.append(bytearray())
            self._blocks[-1] += part
            self._length += len(part)
        while self._length > self._size and len(self._blocks) > 1:
            self._forget(len(self._blocks.popleft()))

    def _forget(self, count: int) -> None:
        self._length -= count
        self._forgotten += count
        self._resets = [place for place in self._resets if place > self._forgotten]

    def mark_reset(self) -> None:
        """The terminal was reset: another call begins."""
        place = self._forgotten + self._length
        if self._length and place not in self._resets[-1:]:
            self._resets.append(place)

    def play(self, terminal: Terminal) -> None:
        """Show all of it on a new terminal. What it answers and reports was answered and reported before."""
        start, shown = 0, b"".join(self._blocks)
        resets = [place - self._forgotten for place in self._resets]
        for end in [*resets, len(shown)]:
            if start:
                terminal.reset()
            for at in range(start, end, limits.FEED_SLICE):
                terminal.feed(shown[at : min(at + limits.FEED_SLICE, end)])
                terminal.take_replies()
                terminal.take_events()
            start = end
        if start and resets[-1:] == [start]:
            terminal.reset()


def same_encoding(one: str, other: str) -> bool:
    """Whether two names mean the same character set."""
    return codecs.lookup(one).name == codecs.lookup(other).name


def kind_for(encoding: str, *kinds: str) -> str:
    """The emulation that shows a character set.

    Args:
        encoding: A codec's name.
        kinds: Emulations to stay with if they will do, the preferred one first.
    """
    name = codecs.lookup(encoding).name
    machines = _MACHINES.get(name)
    if machines is not None:
        return next((kind for kind in kinds if kind in machines), machines[0])
    if "vt" in kinds:
        return "vt"
    return "utf8" if name == "utf-8" else "ansi"


def keyboard_switches(kind: str, *, ansi_keys: bool, ascii_eol: bool) -> dict[str, bool]:
    """What an emulation can be told about its keyboard, as `create_terminal` takes it."""
    return {"ansi_keys": ansi_keys, "ascii_eol": ascii_eol} if kind in _KEYBOARD_SWITCHES else {}


def new_terminal(
    settings: CallSettings,
    *,
    kind: str | None = None,
    encoding: str | None = None,
    size: tuple[int, int] | None = None,
    chosen: bool | None = None,
) -> Terminal:
    """A terminal as the settings want it, but for what is said otherwise.

    Args:
        settings: Of the call.
        kind: Another emulation.
        encoding: Another character set.
        size: Columns and rows, if not the settings'.
        chosen: Whether the encoding was chosen, so that no font sequence changes it; None: whether the
            settings name one.

    Raises:
        UsageError: There is no such emulation or encoding.
    """
    from bbsterm.screen import create_terminal  # here, not above: the first call pays for the emulation

    kind = kind or settings.terminal
    columns, rows = size or (settings.columns, settings.rows)
    told: dict[str, Any] = keyboard_switches(kind, ansi_keys=settings.ansi_keys, ascii_eol=settings.ascii_eol)
    if kind in _WITH_FONTS:
        told["keeps_encoding"] = settings.encoding is not None if chosen is None else chosen
        told |= _cterm_switches(settings)
    if kind not in RETRO and settings.palette in PALETTES:
        told["palette"] = Palette(xterm_256(PALETTES[settings.palette]))
    terminal = create_terminal(
        kind,
        columns=columns,
        rows=rows,
        encoding=encoding or settings.encoding,
        scrollback=settings.scrollback,
        **told,
    )
    if kind not in RETRO:
        fix_keys(terminal, settings)
    return terminal


def _cterm_switches(settings: CallSettings) -> dict[str, Any]:
    """What an ANSI-BBS terminal can be told about its drawing."""
    told: dict[str, Any] = {"music": _MUSIC[settings.music]}
    if settings.ice is not None:
        told["ice"] = settings.ice
    if settings.wrap is not None:
        told["force_last_column_flag"] = settings.wrap == "pending"
    return told


def fix_keys(terminal: Terminal, settings: CallSettings) -> None:
    """Fix what Enter, Backspace and Delete send, where the settings say so."""
    from bbsterm.screen.base import BaseTerminal

    if isinstance(terminal, BaseTerminal):
        if settings.backspace is not None:  # as DECBKM would
            bs = settings.backspace == "bs"
            terminal.erase_keys = (b"\x08", b"\x7f") if bs else (b"\x7f", b"\x1b[3~")
        if settings.line_ending is not None:
            terminal.enter_key = LINE_ENDINGS[settings.line_ending]


class Reader:
    """Shows a call's bytes on `terminal`, and has the last word on what kind of terminal that is.

    Attributes:
        terminal: What the bytes are shown on. Another encoding is another terminal.
        kind: Its emulation, one of `bbsterm.screen.KINDS`.
        chosen: The character set that a person has chosen; nothing else changes it then.

    Args:
        settings: Of the call.
        terminal: A terminal of an earlier call (or one of another sort); a new one if None.
        tape: What that terminal has shown.
        replaced: Called when `terminal` has become another one; told whether that has another size.
    """

    def __init__(
        self,
        settings: CallSettings,
        terminal: Terminal | None,
        tape: Tape | None,
        *,
        replaced: Replaced,
    ) -> None:
        self.kind = settings.terminal
        self.chosen = settings.encoding
        self.tape = Tape() if tape is None else tape
        self.terminal = new_terminal(settings) if terminal is None else terminal
        self._settings = settings
        self._size = settings.columns, settings.rows
        self._replaced = replaced
        self._listens = settings.encoding is None and settings.terminal == "ansi" and settings.detect
        self._detector: EncodingDetector | None = None
        self._sampled = self._judged_at = 0
        self._verdict: Verdict | None = None
        self._taps: list[Callable[[bytes], None]] = []

    @property
    def retro(self) -> bool:
        """Whether this is a home computer: every key leaves at once, and every byte means something."""
        return self.kind in RETRO

    @property
    def verdict(self) -> Verdict | None:
        """What the evidence says, as of the last look; None where nobody asks: an encoding was chosen."""
        return self._verdict if self.chosen is None else None

    # --- bytes ------------------------------------------------------------------------

    def begin(self) -> None:
        """A call begins: a terminal of an earlier one is reset."""
        self.terminal.reset()
        self.tape.mark_reset()

    def show(self, data: bytes) -> None:
        """Show bytes, be they the board's or an echo of our own."""
        self.tape.add(data)
        self.terminal.feed(data)

    def receive(self, data: bytes) -> None:
        """Show bytes of the board's, and learn from them."""
        self.show(data)
        for callback in tuple(self._taps):
            callback(data)
        if self._listens and self._sampled < limits.MAX_DETECTION_SAMPLE:
            self._evidence().feed(data)
            self._sampled += len(data)

    def tap(self, callback: Callable[[bytes], None]) -> Callable[[], None]:
        """Have `callback` told of the board's bytes once they are shown; return what stops that."""
        self._taps.append(callback)

        def stop() -> None:
            if callback in self._taps:
                self._taps.remove(callback)

        return stop

    def resized(self, columns: int, rows: int) -> None:
        """A screen of this size is what there is room for."""
        self._size = columns, rows
        if not self.retro:  # a machine has the screen that it had
            self.terminal.resize(columns, rows)

    # --- evidence ----------------------------------------------------------------------

    def agreed(self, encoding: str) -> None:
        """The board and we have agreed on a character set (CHARSET). It is true from here on."""
        if self.chosen is None and not self.retro:
            self.terminal.encoding = encoding
            self._evidence().charset(encoding)
            self._look()

    def noticed(self, font: FontSelected) -> None:
        """The board chose a font; the terminal has already done what follows from it."""
        if self.chosen is None:
            self._evidence().font_selected(font.slot)
            self._look()

    def consider(self) -> None:
        """Look at the first screens, if there is more of them, and switch where they leave no doubt."""
        if self._listens and self._sampled > self._judged_at * _GROWTH:
            self._judged_at = self._sampled
            verdict = self._look()
            told_apart = not same_encoding(verdict.encoding, self.terminal.encoding)
            if told_apart and verdict.confidence >= CONFIDENT:
                self._read_in(verdict.encoding)

    def _evidence(self) -> EncodingDetector:
        if self._detector is None:
            from bbsterm.screen.detect import EncodingDetector  # here: its patterns take a while to compile

            self._detector = EncodingDetector()
        return self._detector

    def _look(self) -> Verdict:
        self._verdict = verdict = self._evidence().verdict
        return verdict

    # --- choice -------------------------------------------------------------------------

    def choose(self, encoding: str) -> None:
        """A person says what it is: read everything anew in it, and let nothing change it again.

        Raises:
            UsageError: There is no such encoding.
        """
        try:
            name = codecs.readable(encoding)
        except LookupError:
            raise UsageError(f"no encoding {encoding!r}") from None
        self._listens = False
        self.chosen = encoding
        self._read_in(encoding if codecs.find(name) is None else name)

    def _read_in(self, encoding: str) -> None:
        kind = kind_for(encoding, self.kind, self._settings.terminal)
        terminal = new_terminal(
            self._settings, kind=kind, encoding=encoding, size=self._size, chosen=self.chosen is not None
        )
        was = self.terminal.columns, self.terminal.rows
        self.tape.play(terminal)
        self.terminal, self.kind = terminal, kind
        self._replaced(resized=was != (terminal.columns, terminal.rows))
