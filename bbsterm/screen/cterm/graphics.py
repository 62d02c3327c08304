"""CTerm: colours. A PC's text attribute and the two colours that it shows, kept apart as SyncTERM keeps them.

The attribute is fg and bg 0 to 7, bright and blink. What is drawn are two colour numbers, which follow the
attribute until a 256-colour or true-colour SGR sets them, and again after the next SGR that touches the
attribute. SGR 7 swaps at once, and until SGR 27 what sets the foreground sets the background.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bbsterm.screen.ansi.parameters import Parameters, values
from bbsterm.screen.cterm.editing import CTermEditing
from bbsterm.screen.palette import Palette, rgb
from bbsterm.screen.pens import BLINK, BOLD, Look, Pen, Pens

__all__ = ["FLAGS", "Attribute", "CTermGraphics", "Flags", "apply"]


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


@dataclass(frozen=True, slots=True)
class Attribute:
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

    def shown_front(self, flags: Flags) -> int:
        """The foreground that the attribute shows."""
        return self.fg + 8 * (self.bright and not flags.no_bright)

    def shown_back(self, flags: Flags) -> int:
        """The background that the attribute shows."""
        return self.bg + 8 * (self.blink and flags.ice)


def _set_fg(attribute: Attribute, colour: int, flags: Flags) -> Attribute:
    """A foreground of 0 to 7. In negative it is the background that is set."""
    return _set(attribute, colour, flags, back=attribute.negative)


def _set_bg(attribute: Attribute, colour: int, flags: Flags) -> Attribute:
    return _set(attribute, colour, flags, back=not attribute.negative)


def _set(attribute: Attribute, colour: int, flags: Flags, *, back: bool) -> Attribute:
    if back:
        attribute = replace(attribute, bg=colour)
        return replace(attribute, back=attribute.shown_back(flags), back_set="")
    attribute = replace(attribute, fg=colour)
    return replace(attribute, front=attribute.shown_front(flags), front_set="")


def _show_front(attribute: Attribute, flags: Flags) -> Attribute:
    """After the bold bit changed. In negative SyncTERM shows the attribute's background as foreground."""
    if flags.no_bright:
        return attribute
    shown = attribute.shown_back(flags) if attribute.negative else attribute.shown_front(flags)
    return replace(attribute, front=shown, front_set="")


def _show_back(attribute: Attribute, flags: Flags) -> Attribute:
    """After the blink bit changed under iCE colours."""
    if not flags.ice:
        return attribute
    shown = attribute.shown_front(flags) if attribute.negative else attribute.shown_back(flags)
    return replace(attribute, back=shown, back_set="")


def _negate(attribute: Attribute, *, on: bool) -> Attribute:
    if attribute.negative is on:
        return attribute
    return replace(
        attribute,
        fg=attribute.bg,
        bg=attribute.fg,
        front=attribute.back,
        back=attribute.front,
        negative=on,
    )


def apply(attribute: Attribute, parameters: str, flags: Flags) -> Attribute:
    """The attribute after SGR with these parameters."""
    numbers = values(parameters)
    place = 0
    while place < len(numbers):
        number = numbers[place][0]
        if number in (38, 48):
            attribute, used = _extended(attribute, numbers[place:], parameters, place)
            place += used
            continue
        attribute = _apply(attribute, max(number, 0), flags)
        place += 1
    return attribute


def _apply(attribute: Attribute, number: int, flags: Flags) -> Attribute:
    match number:
        case 0:
            return Attribute()
        case 1 | 2 | 22:
            return _show_front(replace(attribute, bright=number == 1), flags)
        case 5 | 6 | 25:
            return _show_back(replace(attribute, blink=number != 25), flags)
        case 7 | 27:
            return _negate(attribute, on=number == 7)
        case 8:
            return replace(
                attribute,
                fg=attribute.bg,
                bright=False,
                blink=False,
                front=attribute.back,
                front_set=attribute.back_set,
            )
        case 39:
            return _set_fg(attribute, 7, flags)
        case 49:
            return _set_bg(attribute, 0, flags)
        case _ if 30 <= number <= 37:
            return _set_fg(attribute, number - 30, flags)
        case _ if 40 <= number <= 47:
            return _set_bg(attribute, number - 40, flags)
        case _ if 90 <= number <= 97 and not flags.no_bright:
            return _show_front(replace(_set_fg(attribute, number - 90, flags), bright=True), flags)
        case _ if 100 <= number <= 107 and flags.ice:
            return _show_back(replace(_set_bg(attribute, number - 100, flags), blink=True), flags)
    return attribute


def _extended(
    attribute: Attribute, numbers: list[tuple[int, ...]], parameters: str, place: int
) -> tuple[Attribute, int]:
    """SGR 38 and 48, in all spellings: the attribute after it, and how many parameters belong to it."""
    first = numbers[0]
    colour, used = None, 1
    if len(first) > 1:
        colour = _colour(first[1:])
    elif len(numbers) > 1 and len(numbers[1]) > 1 and numbers[1][0] in (2, 5):
        colour, used = _colour(numbers[1]), 2
    elif len(numbers) > 2 and numbers[1] == (5,):
        colour, used = _colour((5, numbers[2][0])), 3
    elif len(numbers) > 4 and numbers[1] == (2,):
        colour, used = _colour((2, *(number[0] for number in numbers[2:5]))), 5
    if colour is None:
        return attribute, used
    text = ";".join(parameters.split(";")[place : place + used])
    if (first[0] == 48) is not attribute.negative:
        return replace(attribute, back=colour, back_set=text), used
    return replace(attribute, front=colour, front_set=text), used


def _colour(numbers: tuple[int, ...]) -> int | None:
    """``5:index``, ``2:r:g:b`` or ``2:space:r:g:b`` as a colour number; None if it is no colour."""
    match numbers:
        case (5, index, *_) if 0 <= index <= 255:
            return index
        case (2, red, green, blue) | (2, _, red, green, blue, *_):
            if all(0 <= part <= 255 for part in (red, green, blue)):
                return rgb(red, green, blue)
    return None


class CTermGraphics(CTermEditing):
    """Colours.

    Attributes:
        flags: Private modes 31 to 35.
        slots: The font slots for plain, bold, blinking, and bold and blinking text.
    """

    def _make_pens(self, palette: Palette) -> Pens:
        return Pens(palette, bold_is_bright=False)

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
        self.pen = self.pen_of(attribute)

    def pen_of(self, attribute: Attribute) -> Pen:
        """The pen that draws an attribute."""
        flags = self.flags
        style = BOLD * attribute.bright | BLINK * attribute.blink
        font = (attribute.bright and flags.bright_font) + 2 * (attribute.blink and flags.blink_font)
        return self.pens.get(Look(attribute.front, attribute.back, style, self.slots[font]), attribute)

    def _next_pen(self, pen: Pen, parameters: str) -> Pen:
        return self.pen_of(apply(self.attribute, parameters, self.flags))

    def use_flag(self, mode: int, *, on: bool) -> None:
        """Private modes 31 to 35. Colours that follow the attribute follow it under the new flags."""
        before, attribute = self.flags, self.attribute
        self.flags = replace(before, **{FLAGS[mode]: on})
        if attribute.front == attribute.shown_front(before):
            attribute = replace(attribute, front=attribute.shown_front(self.flags))
        if attribute.back == attribute.shown_back(before):
            attribute = replace(attribute, back=attribute.shown_back(self.flags))
        self._flags_changed()
        self.attribute = attribute

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
        colour = rgb(*(min(numbers.number(place), 255) for place in (1, 2, 3)))
        negative = self.attribute.negative
        if (numbers.number(0) == 0) is not negative:
            self.attribute = replace(self.attribute, back=colour)
        elif (numbers.number(0) == 1) is not negative:
            self.attribute = replace(self.attribute, front=colour)
