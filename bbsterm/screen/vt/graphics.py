"""VT: colours and styles (SGR), as xterm has them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Final

from bbsterm import limits
from bbsterm.screen.ansi.parameters import values
from bbsterm.screen.palette import DEFAULT, Palette, is_direct, rgb
from bbsterm.screen.pens import (
    BLINK,
    BOLD,
    CONCEAL,
    DIM,
    ITALIC,
    OVERLINE,
    PROTECTED,
    REVERSE,
    STRIKE,
    UNDERLINE,
    Look,
    Pen,
    Pens,
)
from bbsterm.screen.vt.editing import VtEditing

__all__ = ["VtGraphics", "apply", "family_of", "sgr_of"]

_ON: Final[Mapping[int, int]] = {
    1: BOLD, 2: DIM, 3: ITALIC, 4: UNDERLINE, 5: BLINK, 6: BLINK, 7: REVERSE, 8: CONCEAL, 9: STRIKE,
    21: UNDERLINE, 53: OVERLINE,
}  # fmt: skip
"""What SGR switches on. 21 is a double underline, which is drawn as one."""

_OFF: Final[Mapping[int, int]] = {
    22: BOLD | DIM, 23: ITALIC, 24: UNDERLINE, 25: BLINK, 27: REVERSE, 28: CONCEAL, 29: STRIKE, 55: OVERLINE,
}  # fmt: skip

_COLOURS: Final = {38: "foreground", 48: "background", 58: ""}
"""SGR that a colour follows; that of the underline is read and not drawn."""


def apply(look: Look, parameters: str, *, indexed: Callable[[int], int] = int) -> Look:
    """The look after SGR with these parameters. `indexed` makes a colour of an index (``38;5;n``)."""
    numbers = values(parameters)
    place = 0
    while place < len(numbers):
        number = max(numbers[place][0], 0)
        if number in _COLOURS:
            colour, used = _extended(numbers[place:], indexed)
            if colour is not None and _COLOURS[number]:
                look = look._replace(**{_COLOURS[number]: colour})
            place += used
            continue
        if number == 4 and len(numbers[place]) > 1:
            number = 24 if numbers[place][1] == 0 else 4
        look = _apply(look, number)
        place += 1
    return look


_FOREGROUND: Final = -1000
_BACKGROUND: Final = -2000
"""No colours, but the pen's own, whatever they are."""


@lru_cache(limits.MAX_EFFECTS)
def _effect(parameters: str, style: int, link: int, indexed: Callable[[int], int]) -> Look:
    """What SGR does to all looks with that style and link."""
    return apply(Look(_FOREGROUND, _BACKGROUND, style, link=link), parameters, indexed=indexed)


def family_of(look: Look, _state: Hashable) -> Hashable:
    """What SGR's effect depends on, but for colours and boldness that it leaves alone."""
    return look.style & ~BOLD, look.link


def _apply(look: Look, number: int) -> Look:
    if number in _ON:
        return look._replace(style=look.style | _ON[number])
    if number in _OFF:
        return look._replace(style=look.style & ~_OFF[number])
    match number:
        case 0:
            return Look(style=look.style & PROTECTED, link=look.link)
        case 39:
            return look._replace(foreground=DEFAULT)
        case 49:
            return look._replace(background=DEFAULT)
        case _ if 30 <= number <= 37:
            return look._replace(foreground=number - 30)
        case _ if 40 <= number <= 47:
            return look._replace(background=number - 40)
        case _ if 90 <= number <= 97:
            return look._replace(foreground=number - 82)
        case _ if 100 <= number <= 107:
            return look._replace(background=number - 92)
    return look


def _extended(numbers: list[tuple[int, ...]], indexed: Callable[[int], int]) -> tuple[int | None, int]:
    """The colour after 38, 48 or 58, in all spellings, and how many parameters belong to it."""
    first = numbers[0]
    if len(first) > 1:
        return _colour(first[1:], indexed), 1
    kind = numbers[1][0] if len(numbers) > 1 else -1
    if len(numbers) > 1 and len(numbers[1]) > 1:
        return _colour(numbers[1], indexed), 2
    if kind == 5 and len(numbers) > 2:
        return _colour((5, numbers[2][0]), indexed), 3
    if kind == 2:
        parts = [max(number[0], 0) for number in numbers[2:5]]
        return (_colour((2, *parts), indexed), 5) if len(parts) == 3 else (None, len(numbers))
    return None, min(len(numbers), 2)


def _colour(numbers: tuple[int, ...], indexed: Callable[[int], int]) -> int | None:
    """``5:index``, ``2:r:g:b`` or ``2:space:r:g:b`` as a colour number; None if it is no colour."""
    match numbers:
        case (5, index, *_) if 0 <= index <= 255:
            return indexed(index)
        case (2, red, green, blue) | (2, _, red, green, blue, *_):
            parts = [max(part, 0) for part in (red, green, blue)]
            if max(parts) <= 255:
                return rgb(*parts)
    return None


def sgr_of(look: Look) -> str:
    """A look as SGR parameters, beginning with 0."""
    numbers = ["0"]
    numbers += [str(number) for number, bit in _ON.items() if look.style & bit and number not in (6, 21)]
    for colour, basic, bright, extended in (
        (look.foreground, 30, 82, 38),
        (look.background, 40, 92, 48),
    ):
        if is_direct(colour):
            parts = ":".join(str(colour >> shift & 255) for shift in (16, 8, 0))
            numbers.append(f"{extended}:2::{parts}")
        elif colour >= 16:
            numbers.append(f"{extended}:5:{colour}")
        elif colour >= 0:
            numbers.append(str(colour + (basic if colour < 8 else bright)))
    return ";".join(numbers)


class VtGraphics(VtEditing):
    """Colours and styles."""

    @staticmethod
    def indexed(index: int) -> int:
        """The colour number of an index (``38;5;n``)."""
        return index

    def _make_pens(self, palette: Palette) -> Pens:
        return Pens(palette, bare_blanks=True, family_of=family_of)

    def _next_pen(self, pen: Pen, parameters: str) -> tuple[Pen, bool]:
        look = pen.look
        effect = _effect(parameters, look.style, look.link, self.indexed)
        foreground, background, style, font, link = effect
        if foreground != _FOREGROUND and background != _BACKGROUND:
            other = _effect(parameters, look.style ^ BOLD, look.link, self.indexed)
            return self.pens.get(effect), effect == other
        foreground = look.foreground if foreground == _FOREGROUND else foreground
        background = look.background if background == _BACKGROUND else background
        return self.pens.get(Look(foreground, background, style, font, link)), False
