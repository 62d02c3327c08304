"""SGR: from one pen to the next."""

from __future__ import annotations

from bbsterm import limits
from bbsterm.screen.ansi.editing import Editing
from bbsterm.screen.ansi.parameters import Parameters, parse
from bbsterm.screen.palette import DEFAULT, rgb
from bbsterm.screen.pens import BLINK, BOLD, CONCEAL, DIM, ITALIC, OVERLINE, REVERSE, STRIKE, UNDERLINE, Look

__all__ = ["Graphics"]

_ON = {1: BOLD, 2: DIM, 3: ITALIC, 4: UNDERLINE, 5: BLINK, 6: BLINK, 7: REVERSE, 8: CONCEAL, 9: STRIKE,
       21: UNDERLINE, 53: OVERLINE}  # fmt: skip
_OFF = {22: BOLD | DIM, 23: ITALIC, 24: UNDERLINE, 25: BLINK, 27: REVERSE, 28: CONCEAL, 29: STRIKE,
        55: OVERLINE}  # fmt: skip


class Graphics(Editing):
    """Colours and attributes."""

    def select_graphics(self, parameters: str) -> None:
        """SGR, from the text of its parameters."""
        pen = self.pen.next.get(parameters)
        if pen is None:
            if len(self.pen.next) >= limits.MAX_TRANSITIONS:
                self.pen.next.clear()
            pen = self.pens.get(apply(self.pen.look, parse(parameters)[1] or Parameters((0,))))
            self.pen.next[parameters] = pen
        self.pen = pen


def apply(look: Look, parameters: Parameters) -> Look:
    """The look after SGR with these parameters."""
    foreground, background, style = look.foreground, look.background, look.style
    numbers = iter([max(number, 0) for number in parameters])
    for number in numbers:
        if number == 0:
            foreground, background, style = DEFAULT, DEFAULT, 0
        elif number in _ON:
            style |= _ON[number]
        elif number in _OFF:
            style &= ~_OFF[number]
        elif 30 <= number <= 37:
            foreground = number - 30
        elif 40 <= number <= 47:
            background = number - 40
        elif number == 39:
            foreground = DEFAULT
        elif number == 49:
            background = DEFAULT
        elif 90 <= number <= 97:
            foreground = number - 82
        elif 100 <= number <= 107:
            background = number - 92
        elif number in (38, 48):
            kind = next(numbers, 0)
            colour = None
            if kind == 5:
                colour = min(next(numbers, 0), 255)
            elif kind == 2:
                red, green, blue = (min(next(numbers, 0), 255) for _ in range(3))
                colour = rgb(red, green, blue)
            if colour is not None and number == 38:
                foreground = colour
            elif colour is not None:
                background = colour
    return look._replace(foreground=foreground, background=background, style=style)
