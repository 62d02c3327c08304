"""CTerm: colours. A PC's text attribute and the two colours that it shows, kept apart as SyncTERM keeps them.

The attribute is fg and bg 0 to 7, bright and blink. What is drawn are two colour numbers, which follow the
attribute until a 256-colour or true-colour SGR sets them, and again after the next SGR that touches the
attribute. SGR 7 swaps at once, and until SGR 27 what sets the foreground sets the background.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, NamedTuple

from bbsterm import limits
from bbsterm.screen.ansi.parameters import Parameters, values
from bbsterm.screen.cterm.editing import CTermEditing
from bbsterm.screen.palette import Palette, rgb
from bbsterm.screen.pens import BLINK, BOLD, Look, Pen, Pens

__all__ = ["FLAGS", "Attribute", "Brush", "CTermGraphics", "Flags", "apply", "family_of"]


@dataclass(frozen=True, slots=True)
class Flags:
    """Private modes 31 to 35.

    Attributes:
        bright_font: 31: bold selects font 1.
        no_bright: 32: bold does not brighten.
        ice: 33: blink is a bright background.
        blink_font: 34: blink selects font 2.
        no_blink: 35: blink does not blink.
    """

    bright_font: bool = False
    no_bright: bool = False
    ice: bool = False
    blink_font: bool = False
    no_blink: bool = False


FLAGS = {31: "bright_font", 32: "no_bright", 33: "ice", 34: "blink_font", 35: "no_blink"}
"""Private mode to the name of its flag."""


class Attribute(NamedTuple):
    """What SGR works on.

    Attributes:
        fg: Foreground of the attribute, 0 to 7 in ANSI order (as it shows: after SGR 7 this is the old bg).
        bg: Background of the attribute.
        bright: The bold bit.
        blink: The blink bit.
        negative: Whether SGR 7 is in force.
        front: The colour number that is drawn as foreground.
        back: The colour number that is drawn as background.
        front_set: The SGR parameters that set `front` directly, as text for DECRQSS; empty if none did.
        back_set: The same for `back`.
    """

    fg: int = 7
    bg: int = 0
    bright: bool = False
    blink: bool = False
    negative: bool = False
    front: int = 7
    back: int = 0
    front_set: str = ""
    back_set: str = ""


class Brush:
    """An attribute while it is being changed."""

    __slots__ = (
        "back", "back_set", "bg", "blink", "bright", "fg", "flags", "front", "front_set", "negative"
    )  # fmt: skip

    def __init__(self, attribute: Attribute, flags: Flags) -> None:
        self.flags = flags
        self.take(attribute)

    def take(self, attribute: Attribute) -> None:
        """Be like that attribute."""
        (
            self.fg, self.bg, self.bright, self.blink, self.negative,
            self.front, self.back, self.front_set, self.back_set,
        ) = attribute  # fmt: skip

    def attribute(self) -> Attribute:
        """The attribute as it is now."""
        return Attribute(
            self.fg, self.bg, self.bright, self.blink, self.negative,
            self.front, self.back, self.front_set, self.back_set,
        )  # fmt: skip

    @property
    def shown_front(self) -> int:
        """The foreground that the attribute shows."""
        return self.fg + 8 * (self.bright and not self.flags.no_bright)

    @property
    def shown_back(self) -> int:
        """The background that the attribute shows."""
        return self.bg + 8 * (self.blink and self.flags.ice)

    def paint(self, colour: int, *, back: bool) -> None:
        """Set a colour of 0 to 7. In negative the other one is set."""
        if back is not self.negative:
            self.bg = colour
            self.back, self.back_set = self.shown_back, ""
        else:
            self.fg = colour
            self.front, self.front_set = self.shown_front, ""

    def set_directly(self, colour: int, text: str, *, back: bool) -> None:
        """Set a colour number beside the attribute, by SGR parameters."""
        if back is not self.negative:
            self.back, self.back_set = colour, text
        else:
            self.front, self.front_set = colour, text

    def forget_setting(self, *, back: bool) -> None:
        """Forget by which parameters a colour was set."""
        if back is not self.negative:
            self.back_set = ""
        else:
            self.front_set = ""

    def brighten(self, *, on: bool) -> None:
        """The bold bit. In negative SyncTERM shows the attribute's background as foreground."""
        self.bright = on
        if not self.flags.no_bright:
            self.front, self.front_set = self.shown_back if self.negative else self.shown_front, ""

    def blinking(self, *, on: bool) -> None:
        """The blink bit, which is seen in a colour under iCE only."""
        self.blink = on
        if self.flags.ice:
            self.back, self.back_set = self.shown_front if self.negative else self.shown_back, ""

    def negate(self, *, on: bool) -> None:
        """SGR 7 and 27: swap at once."""
        if self.negative is not on:
            self.negative = on
            self.fg, self.bg = self.bg, self.fg
            self.front, self.back = self.back, self.front

    def conceal(self) -> None:
        """SGR 8: the foreground becomes the background."""
        self.fg, self.front, self.front_set = self.bg, self.back, self.back_set
        self.bright = self.blink = False

    def select(self, number: int) -> None:
        """One parameter of SGR."""
        match number:
            case 0:
                self.take(_PLAIN)
            case 1 | 2 | 22:
                self.brighten(on=number == 1)
            case 5 | 6 | 25:
                self.blinking(on=number != 25)
            case 7 | 27:
                self.negate(on=number == 7)
            case 8:
                self.conceal()
            case 39:
                self.paint(7, back=False)
            case 49:
                self.paint(0, back=True)
            case _ if 30 <= number <= 37:
                self.paint(number - 30, back=False)
            case _ if 40 <= number <= 47:
                self.paint(number - 40, back=True)
            case _ if 90 <= number <= 97 and not self.flags.no_bright:
                self.paint(number - 90, back=False)
                self.brighten(on=True)
            case _ if 100 <= number <= 107 and self.flags.ice:
                self.paint(number - 100, back=True)
                self.blinking(on=True)


_PLAIN: Final = Attribute()

_LEFT_OUT_INDEX: Final = 15
"""What SGR 38;5 without an index selects."""

_FG, _BG, _FRONT, _BACK = -1000, -2000, -3000, -4000
_UNKNOWN: Final = Attribute(
    fg=_FG, bg=_BG, front=_FRONT, back=_BACK, front_set="its own", back_set="its own too"
)
"""An attribute of no colours: where they are found after SGR, a pen keeps its own."""

_KEPT: Final = frozenset((*range(_FG, _FG + 9, 8), *range(_BG, _BG + 9, 8), _FRONT, _BACK, *_UNKNOWN[-2:]))


def family_of(look: Look, state: Hashable) -> Hashable:
    """What SGR's effect depends on, but for colours and brightness that it leaves alone."""
    return (look.link, *(state if isinstance(state, Attribute) else _PLAIN)[3:5])


@lru_cache(limits.MAX_EFFECTS)
def _effect(parameters: str, bits: tuple[bool, bool, bool], flags: Flags) -> tuple[Attribute, bool]:
    """What SGR does to all attributes with those three bits (bright, blink, negative).

    And whether it leaves nothing of their colours, and would do the same if bright were the other way.
    """
    unknown = _UNKNOWN._replace(bright=bits[0], blink=bits[1], negative=bits[2])
    effect = apply(unknown, parameters, flags)
    other = apply(unknown._replace(bright=not bits[0]), parameters, flags)
    return effect, _KEPT.isdisjoint(effect) and effect == other


def _fill(effect: Attribute, own: Attribute) -> Attribute:
    """The effect on an attribute: its own colours where they are kept, perhaps bright."""
    kept: dict[Any, Any] = {
        _FG: own.fg, _FG + 8: own.fg + 8, _BG: own.bg, _BG + 8: own.bg + 8,
        _FRONT: own.front, _BACK: own.back,
        _UNKNOWN.front_set: own.front_set, _UNKNOWN.back_set: own.back_set,
    }  # fmt: skip
    filled: list[Any] = [kept.get(part, part) for part in effect]
    return Attribute(*filled)


def apply(attribute: Attribute, parameters: str, flags: Flags) -> Attribute:
    """The attribute after SGR with these parameters."""
    brush, numbers, place = Brush(attribute, flags), values(parameters), 0
    while place < len(numbers):
        number = numbers[place][0]
        if number not in (38, 48):
            brush.select(max(number, 0))
            place += 1
            continue
        colour, used = _extended(numbers[place:])
        brush.forget_setting(back=number == 48)
        if colour is not None:
            text = ";".join(parameters.split(";")[place : place + used])
            brush.set_directly(colour, text, back=number == 48)
        place += used
    return brush.attribute()


def _extended(numbers: list[tuple[int, ...]]) -> tuple[int | None, int]:
    """SGR 38 and 48, in all spellings: the colour number, and how many parameters belong to it."""
    first = numbers[0]
    if len(first) > 1:
        return _colour(first[1:]), 1
    if len(numbers) > 1 and len(numbers[1]) > 1 and numbers[1][0] in (2, 5):
        return _colour(numbers[1]), 2
    if len(numbers) > 2 and numbers[1] == (5,):
        index = numbers[2][0]
        return _colour((5, _LEFT_OUT_INDEX if index < 0 else index)), 3
    if len(numbers) > 4 and numbers[1] == (2,):
        return _direct([number[0] for number in numbers[2:5]]), 5
    return None, 1


def _colour(numbers: tuple[int, ...]) -> int | None:
    """``5:index``, ``2:r:g:b`` or ``2:space:r:g:b`` as a colour number; None if it is no colour."""
    match [max(number, 0) for number in numbers]:
        case [5, index] if index <= 255:
            return index
        case [2, red, green, blue] | [2, _, red, green, blue, *_]:
            return _direct([red, green, blue])
    return None


def _direct(parts: list[int]) -> int | None:
    """Red, green and blue as a colour number; None if it is no colour.

    A part that was left out is 255, as in CTerm; where that makes white, CTerm takes it for no colour.
    """
    red, green, blue = (255 if part < 0 else part for part in parts)
    if max(red, green, blue) > 255 or (min(parts) < 0 and min(red, green, blue) == 255):
        return None
    return rgb(red, green, blue)


class CTermGraphics(CTermEditing):
    """Colours.

    Attributes:
        flags: Private modes 31 to 35.
        slots: The font slots for plain, bold, blinking, and bold and blinking text.
    """

    def _make_pens(self, palette: Palette) -> Pens:
        return Pens(palette, bold_is_bright=False, bold_is_heavy=False, family_of=family_of)

    def _power_on(self) -> None:
        super()._power_on()
        self.flags = Flags()
        self.slots = (0, 0, 0, 0)
        self._flags_changed()
        self.attribute = Attribute()

    @property
    def attribute(self) -> Attribute:
        """What SGR works on."""
        state = self.pen.state
        return state if isinstance(state, Attribute) else Attribute()

    @attribute.setter
    def attribute(self, attribute: Attribute) -> None:
        self.pen = self.pen_of(attribute, self.pen.look.link)

    def pen_of(self, attribute: Attribute, link: int) -> Pen:
        """The pen that draws an attribute, as part of a link if that is not 0."""
        flags = self.flags
        style = BOLD * attribute.bright | BLINK * attribute.blink
        font = (attribute.bright and flags.bright_font) + 2 * (attribute.blink and flags.blink_font)
        look = Look(attribute.front, attribute.back, style, self.slots[font], link)
        return self.pens.get(look, attribute)

    def _next_pen(self, pen: Pen, parameters: str) -> tuple[Pen, bool]:
        own = pen.state if isinstance(pen.state, Attribute) else _PLAIN
        effect, same = _effect(parameters, own[2:5], self.flags)
        return self.pen_of(effect if same else _fill(effect, own), pen.look.link), same

    def use_flag(self, mode: int, *, on: bool) -> None:
        """Private modes 31 to 35. Colours that follow the attribute follow it under the new flags."""
        before, after = Brush(self.attribute, self.flags), Brush(self.attribute, self.flags)
        self.flags = after.flags = replace(self.flags, **{FLAGS[mode]: on})
        if before.front == before.shown_front:
            after.front = after.shown_front
        if before.back == before.shown_back:
            after.back = after.shown_back
        self._flags_changed()
        self.attribute = after.attribute()

    def _flags_changed(self) -> None:
        """Pens go other ways from now on; and blinking may begin or end on the whole screen."""
        self.pens.forget_transitions()
        blinks = not (self.flags.ice or self.flags.no_blink)
        if blinks is not self.pens.blinks:
            self.pens.blinks = blinks
            self.pens.repaint()
            self.refresh()

    def on_csi_t(self, numbers: Parameters) -> None:
        """CT24BC: a 24-bit background (0) or foreground (1)."""
        if len(numbers) < 4:
            return
        colour = _direct([number % 256 if number >= 0 else -1 for number in numbers[1:4]])
        if colour is None:
            return
        negative = self.attribute.negative
        if (numbers.number(0) == 0) is not negative:
            self.attribute = self.attribute._replace(back=colour)
        elif (numbers.number(0) == 1) is not negative:
            self.attribute = self.attribute._replace(front=colour)
