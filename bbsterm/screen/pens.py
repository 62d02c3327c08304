"""Pens: what a cell is drawn with. Interned, so that equal means identical; caches hang on the pen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final, NamedTuple

from bbsterm import limits
from bbsterm.screen.palette import DEFAULT, Palette
from bbsterm.screen.terminal import Paint

__all__ = [
    "BLINK",
    "BOLD",
    "CONCEAL",
    "DIM",
    "ITALIC",
    "OVERLINE",
    "PROTECTED",
    "REVERSE",
    "STRIKE",
    "UNDERLINE",
    "Look",
    "Pen",
    "PenRuns",
    "Pens",
    "Turns",
    "pens_of",
]

BOLD: Final = 1
DIM: Final = 2
ITALIC: Final = 4
UNDERLINE: Final = 8
BLINK: Final = 16
REVERSE: Final = 32
CONCEAL: Final = 64
STRIKE: Final = 128
OVERLINE: Final = 256
PROTECTED: Final = 512
"""The bits of `Look.style`. PROTECTED does not show: selective erasing spares such cells (DECSCA)."""


class Look(NamedTuple):
    """How a cell was asked to look, before the palette has its say.

    Attributes:
        foreground: A colour number (see `bbsterm.screen.palette`).
        background: The same.
        style: BOLD, BLINK ... or-ed together.
        font: The font slot, for machines that have several in use on one screen.
        link: A number for the hyperlink that the cell belongs to (OSC 8); 0 is none.
    """

    foreground: int = DEFAULT
    background: int = DEFAULT
    style: int = 0
    font: int = 0
    link: int = 0


FamilyOf = Callable[[Look, Hashable], Hashable]
"""See `Pens.__init__`."""


class Turns(dict[str, "Turns"]):
    """What a pen becomes after a sequence, as what that pen becomes after the next one: a chain of lookups.

    So many sequences in a row are followed without a loop of ours (`itertools.accumulate`).

    Attributes:
        pen: Whose turns these are.

    Raises:
        KeyError: Nobody has worked out yet what the pen becomes.
    """

    __slots__ = ("_pens", "pen")

    def __init__(self, pen: Pen, pens: Pens) -> None:
        super().__init__()
        self.pen = pen
        self._pens = pens

    def __missing__(self, sequence: str) -> Turns:
        pen = self.pen
        to = pen.family.get(sequence) or pen.next[sequence]
        self._pens.remember_turn(self, sequence, to.turns)
        return to.turns


class Pen:
    """One look, and what has been worked out about it. Made by `Pens` only.

    Attributes:
        look: What was asked for.
        state: What else the dialect must know to go on from here, where the look does not say it all.
        blank: What this pen erases with.
        next: What this pen becomes after a sequence: a cache of the dialect's. Add to it by `Pens.remember`.
        family: The same for sequences after which all pens of its family are one of that family: a cache for
            them all.
        turns: The same as a chain to follow: see `Turns`.
    """

    __slots__ = ("_edition", "_paint", "_pens", "blank", "family", "look", "next", "state", "turns")

    def __init__(self, pens: Pens, look: Look, state: Hashable, family: dict[str, Pen]) -> None:
        self.look = look
        self.state = state
        self.next: dict[str, Pen] = {}
        self.turns = Turns(self, pens)
        self.family = family
        self._pens = pens
        self._paint: Paint | None = None
        self._edition = -1
        self.blank = self

    def __repr__(self) -> str:
        return f"Pen({self.look!r})"

    @property
    def paint(self) -> Paint:
        """What to draw with, by the palette as it is now."""
        if self._paint is None or self._edition != self._pens.edition:
            self._paint = self._pens.mix(self.look)
            self._edition = self._pens.edition
        return self._paint


PenRuns = tuple[Sequence[Pen], Sequence[int], int, int]
"""The pens of some characters of a longer text: the pens of all runs in that, the lengths of those runs, the
run in which these characters begin, and how many characters into it."""


def pens_of(runs: PenRuns, count: int) -> list[Pen]:
    """A pen for each of so many characters."""
    pens, lengths, run, skip = runs
    each = [pens[run]] * min(lengths[run] - skip, count)
    while len(each) < count:
        run += 1
        each += [pens[run]] * min(lengths[run], count - len(each))
    return each


class Pens:
    """All pens of one terminal.

    Attributes:
        palette: What colour numbers mean. After changing it, call `repaint`.
        edition: Goes up when the meaning of colour numbers changes.
        bold_is_bright: Whether BOLD makes colours 0 to 7 into 8 to 15.
        bold_is_heavy: Whether BOLD shows as a heavier font too; on a PC's card it is a brighter colour only.
        blinks: Whether BLINK shows at all.
        bare_blanks: Whether erased cells have the background of the pen only, or all of its look.
        generation: How often all pens were forgotten because there were too many.
        default: What a terminal begins with.
    """

    def __init__(
        self,
        palette: Palette,
        *,
        bold_is_bright: bool = True,
        bold_is_heavy: bool = True,
        bare_blanks: bool = False,
        default: Look | None = None,
        family_of: FamilyOf | None = None,
    ) -> None:
        """Make the default pen.

        Args:
            palette: See the attribute.
            bold_is_bright: See the attribute.
            bare_blanks: See the attribute.
            default: The look of the default pen.
            family_of: What look and state have in common with those that take most sequences in the same way,
                but for colours and boldness that a sequence leaves alone.
        """
        self.palette = palette
        self.edition = 0
        self.bold_is_bright = bold_is_bright
        self.bold_is_heavy = bold_is_heavy
        self.blinks = True
        self.bare_blanks = bare_blanks
        self.generation = 0
        self._remembered = 0
        self._pens: dict[tuple[Look, Hashable], Pen] = {}
        self._families: dict[Hashable, dict[str, Pen]] = {}
        self._family_of = family_of
        self._paints: dict[Paint, Paint] = {}
        self.default = self.get(default or Look())

    def get(self, look: Look, state: Hashable = None) -> Pen:
        """The pen of that look and state: always the same (until there are more than `limits.MAX_PENS`)."""
        pen = self._pens.get((look, state))
        if pen is None:
            if len(self._pens) >= limits.MAX_PENS:
                self.forget_transitions()
                self._pens.clear()  # pens in use live on in their rows; only "equal is identical" is lost
                self._families.clear()
                self.generation += 1
            family = self._family_of(look, state) if self._family_of else None
            pen = Pen(self, look, state, self._families.setdefault(family, {}))
            self._pens[look, state] = pen
            if self.bare_blanks and look != (blank := Look(background=look.background)):
                pen.blank = self.get(blank)
        return pen

    def remember(self, pen: Pen, sequence: str, to: Pen, *, family: bool = False) -> None:
        """Cache what a pen becomes after a sequence; `family`: and all of its family, if that is of it."""
        if len(sequence) > limits.MAX_TRANSITION_KEY or not self._is_known(pen):
            return
        if self._remembered >= limits.MAX_TRANSITIONS:
            self.forget_transitions()
        (pen.family if family and to.family is pen.family else pen.next)[sequence] = to
        self._remembered += 1

    def remember_turn(self, turns: Turns, sequence: str, to: Turns) -> None:
        """Cache what was cached before, as a part of a chain."""
        if not self._is_known(turns.pen):
            return
        if self._remembered >= limits.MAX_TRANSITIONS:
            self.forget_transitions()
        turns[sequence] = to
        self._remembered += 1

    def _is_known(self, pen: Pen) -> bool:
        """Whether a pen is of this generation: nobody would ever clear the caches of an older one."""
        return self._pens.get((pen.look, pen.state)) is pen

    def forget_transitions(self) -> None:
        """What was cached in `Pen.next` and `Pen.family` is no longer true, or too much."""
        self._remembered = 0
        for family in self._families.values():
            family.clear()
        for pen in self._pens.values():
            pen.next.clear()
            pen.turns.clear()

    def repaint(self) -> None:
        """The palette or `blinks` has changed: every paint is mixed anew when it is asked for."""
        self.edition += 1
        self._paints.clear()

    def mix(self, look: Look) -> Paint:
        """The paint of a look: palette, bold-as-bright, reverse and conceal applied. Interned."""
        style, foreground = look.style, look.foreground
        if style & BOLD and self.bold_is_bright and 0 <= foreground < 8:
            foreground += 8
        front, back = self.palette.front(foreground), self.palette.back(look.background)
        if style & REVERSE:
            front, back = back, front
        if style & CONCEAL:
            front = back
        paint = Paint(
            front,
            back,
            bold=bool(style & BOLD) and self.bold_is_heavy,
            dim=bool(style & DIM),
            italic=bool(style & ITALIC),
            underline=bool(style & UNDERLINE),
            strike=bool(style & STRIKE),
            overline=bool(style & OVERLINE),
            blink=bool(style & BLINK) and self.blinks,
        )
        if len(self._paints) >= limits.MAX_PENS:
            self._paints.clear()
        return self._paints.setdefault(paint, paint)
