"""Colours: the palettes that pens point into, and how a look becomes a paint.

A colour is an int: 0 to 255 is an entry of the palette, `DEFAULT` is whatever the terminal draws with when
nothing was asked for, and `rgb(...)` is a colour of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

__all__ = ["CGA", "DEFAULT", "PALETTES", "VGA", "XTERM", "Palette", "is_direct", "rgb", "xterm_256"]

DEFAULT: Final = -1

_DIRECT: Final = 1 << 24


def rgb(red: int, green: int, blue: int) -> int:
    """A 24-bit colour (each part 0 to 255) as a colour number that is no palette entry."""
    return _DIRECT | red << 16 | green << 8 | blue


def is_direct(colour: int) -> bool:
    """Whether the colour is a 24-bit one rather than a palette entry or the default."""
    return colour >= _DIRECT


# fmt: off
VGA: Final = (
    "#000000", "#a80000", "#00a800", "#a85400", "#0000a8", "#a800a8", "#00a8a8", "#a8a8a8",
    "#545454", "#ff5454", "#54ff54", "#ffff54", "#5454ff", "#ff54ff", "#54ffff", "#ffffff",
)
"""The text colours of a VGA card in ANSI order, as SyncTERM draws them; 3 is brown (6-bit 42, 21, 0)."""

CGA: Final = (
    "#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa",
    "#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff",
)
"""The same for a CGA monitor."""

XTERM: Final = (
    "#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
    "#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff",
)
"""The same as xterm has them."""
# fmt: on

PALETTES: Final[Mapping[str, tuple[str, ...]]] = {"vga": VGA, "cga": CGA, "xterm": XTERM}
"""Sixteen colours by name, for the ANSI terminals; a home computer has its own."""

_CUBE: Final = (0, 95, 135, 175, 215, 255)


def xterm_256(basic: Iterable[str]) -> list[str]:
    """`basic`'s 16 colours, then xterm's 6x6x6 cube (16 to 231) and 24 greys (232 to 255)."""
    cube = [f"#{r:02x}{g:02x}{b:02x}" for r in _CUBE for g in _CUBE for b in _CUBE]
    greys = [f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(8, 248, 10)]
    return [*basic, *cube, *greys]


class Palette:
    """The colours a terminal draws with now. A board may change entries (OSC 4) and take that back.

    Attributes:
        changed: The entries that differ from the palette as it was made, index to ``"#rrggbb"``.
    """

    def __init__(self, colours: Iterable[str], *, foreground: int = 7, background: int = 0) -> None:
        self._original = tuple(colours)
        self._colours = list(self._original)
        self._defaults = (foreground, background)
        self.foreground = foreground
        self.background = background
        self.changed: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._colours)

    def __getitem__(self, colour: int) -> str:
        """``"#rrggbb"`` of a palette entry or a 24-bit colour. A number that is neither is black."""
        if colour >= _DIRECT:
            return f"#{colour & 0xFFFFFF:06x}"
        return self._colours[colour] if 0 <= colour < len(self._colours) else "#000000"

    def front(self, colour: int) -> str:
        """The same for a foreground, where `DEFAULT` has a meaning."""
        return self[self.foreground if colour == DEFAULT else colour]

    def back(self, colour: int) -> str:
        """The same for a background."""
        return self[self.background if colour == DEFAULT else colour]

    def change(self, index: int, colour: str) -> None:
        """Make an entry another colour. An index outside the palette changes nothing."""
        if 0 <= index < len(self._colours):
            self._colours[index] = self.changed[index] = colour

    def restore(self, index: int | None = None) -> None:
        """One entry (or all of them, and the defaults) as it was at first."""
        if index is None:
            self._colours = list(self._original)
            self.changed = {}
            self.foreground, self.background = self._defaults
        elif 0 <= index < len(self._colours):
            self._colours[index] = self._original[index]
            self.changed.pop(index, None)
