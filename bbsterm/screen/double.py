"""Rows of a 40-column machine, two columns a cell: how they look right on a terminal with narrow cells.

ASCII becomes full-width forms, blocks and lines are stretched, other signs get a blank beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bbsterm.screen.terminal import Span

__all__ = ["double"]

_STRETCHED: Final = (
    # Half blocks and quadrants.
    "███ ▀▀▀ ▄▄▄ ▌█· ▐·█ ▘▀· ▝·▀ ▖▄· ▗·▄ ▚▀▄ ▞▄▀ ▛█▀ ▜▀█ ▙█▄ ▟▄█ "
    # Bars from the left and from the right, twice as wide; from above and below, repeated.
    "▏▎· ▎▌· ▍▊· ▋█▎ ▊█▌ ▉█▊ ▕·🮇 🮇·▐ 🮈·🮊 🮊▐█ "
    "▁▁▁ ▂▂▂ ▃▃▃ ▅▅▅ ▆▆▆ ▇▇▇ ▔▔▔ 🮂🮂🮂 🮃🮃🮃 🮅🮅🮅 "
    # Thin lines: the upright ones where they come to stand, the level ones repeated.
    "🭰🭱· 🭱🭳· 🭲🭵· 🭳·▏ 🭴·🭱 🭵·🭳 🭶🭶🭶 🭷🭷🭷 🭸🭸🭸 🭹🭹🭹 🭺🭺🭺 🭻🭻🭻 "
    "🭼🭼▁ 🭽🭽▔ 🭾▔🭾 🭿▁🭿 "
    # Box drawing, with the upright line in the left one of the two.
    "─── ││· ┌┌─ ┐┐· └└─ ┘┘· ├├─ ┤┤· ┬┬─ ┴┴─ ┼┼─ ╭╭─ ╮╮· ╰╰─ ╯╯· "
    # Slopes, in steps; diagonals and shades, repeated.
    "◤▛▘ ◥▝▜ ◣▙▖ ◢▗▟ ╱╱╱ ╲╲╲ ╳╳╳ ░░░ ▒▒▒ ▓▓▓ 🮌▒· 🮏🮏🮏 🮕🮕🮕 🮖🮖🮖 🮘🮘🮘 🮙🮙🮙"
)


class _Table(dict[int, str]):
    """For `str.translate`: whatever is not in it is drawn with a blank beside it."""

    def __missing__(self, code: int) -> str:
        return chr(code) + " "


_DOUBLED: Final = _Table(
    {ord(entry[0]): entry[1:].replace("·", " ") for entry in _STRETCHED.split()}
    | {code: chr(0xFEE0 + code) for code in range(0x21, 0x7F)}
    | {ord(" "): "  ", ord("\xa0"): "  ", ord("£"): "￡", ord("¥"): "￥", ord("¬"): "￢", ord("¦"): "￤"}
)


def double(spans: Sequence[Span]) -> list[Span]:
    """The same row, twice as wide.

    Args:
        spans: A row of narrow characters. One that has wide ones already is padded, not stretched.

    Returns:
        As many spans, of the same paints, each with twice as many columns.
    """
    return [Span(_doubled(span), span.paint, span.columns * 2) for span in spans]


def _doubled(span: Span) -> str:
    if len(span.text) == span.columns:
        return span.text.translate(_DOUBLED)
    return span.text + " " * span.columns
