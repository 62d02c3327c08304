"""The fonts a board can choose by number (``CSI Ps1 ; Ps2 SP D``), and which character set each means.

SyncTERM's slots 0 to 45. A font changes what bytes mean, never the size of the screen.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["CELL_HEIGHT", "FIRST_LOADABLE", "FONTS", "FONT_SIZES", "LOADED", "Font", "font"]


class Font(NamedTuple):
    """One slot.

    Attributes:
        slot: Its number.
        name: What SyncTERM calls it.
        encoding: The codec of its characters, for `bbsterm.codecs.lookup`. For fonts of other machines it is
            the nearest there is.
        heights: The cell heights in pixels that it exists for. SyncTERM refuses it in other text modes.
    """

    slot: int
    name: str
    encoding: str
    heights: tuple[int, ...]


_ALL: Final = (16, 14, 8)
_THIN: Final = (16, 8)
_TALL: Final = (16,)

# fmt: off
FONTS: Final[tuple[Font, ...]] = (
    Font(0,  "Codepage 437 English",                   "cp437",             (16, 14, 8, 20)),
    Font(1,  "Codepage 1251 Cyrillic, (swiss)",        "cp1251",            _TALL),
    Font(2,  "Russian koi8-r",                         "koi8_r",            _ALL),
    Font(3,  "ISO-8859-2 Central European",            "iso8859_2",         _ALL),
    Font(4,  "ISO-8859-4 Baltic wide (VGA 9bit mapped)", "iso8859_4",       _TALL),
    Font(5,  "Codepage 866 (c) Russian",               "cp866",             _TALL),
    Font(6,  "ISO-8859-9 Turkish",                     "iso8859_9",         _TALL),
    Font(7,  "haik8 codepage (use only with armscii8 screenmap)", "haik8",  _ALL),
    Font(8,  "ISO-8859-8 Hebrew",                      "iso8859_8",         _ALL),
    Font(9,  "Ukrainian font koi8-u",                  "koi8_u",            _ALL),
    Font(10, "ISO-8859-15 West European, (thin)",      "iso8859_15",        _TALL),
    Font(11, "ISO-8859-4 Baltic (VGA 9bit mapped)",    "iso8859_4",         _ALL),
    Font(12, "Russian koi8-r (b)",                     "koi8_r",            _TALL),
    Font(13, "ISO-8859-4 Baltic wide",                 "iso8859_4",         _TALL),
    Font(14, "ISO-8859-5 Cyrillic",                    "iso8859_5",         _ALL),
    Font(15, "ARMSCII-8 Character set",                "armscii8",          _ALL),
    Font(16, "ISO-8859-15 West European",              "iso8859_15",        _ALL),
    Font(17, "Codepage 850 Multilingual Latin I, (thin)", "cp850",          _THIN),
    Font(18, "Codepage 850 Multilingual Latin I",      "cp850",             _ALL),
    Font(19, "Codepage 865 Norwegian, (thin)",         "cp865",             _THIN),
    Font(20, "Codepage 1251 Cyrillic",                 "cp1251",            _ALL),
    Font(21, "ISO-8859-7 Greek",                       "iso8859_7",         _ALL),
    Font(22, "Russian koi8-r (c)",                     "koi8_r",            _TALL),
    Font(23, "ISO-8859-4 Baltic",                      "iso8859_4",         _ALL),
    Font(24, "ISO-8859-1 West European",               "latin_1",           _ALL),
    Font(25, "Codepage 866 Russian",                   "cp866",             _ALL),
    Font(26, "Codepage 437 English, (thin)",           "cp437",             _THIN),
    Font(27, "Codepage 866 (b) Russian",               "cp866",             _TALL),
    Font(28, "Codepage 865 Norwegian",                 "cp865",             _ALL),
    Font(29, "Ukrainian font cp866u",                  "cp866_u",           _ALL),
    Font(30, "ISO-8859-1 West European, (thin)",       "latin_1",           _TALL),
    Font(31, "Codepage 1131 Belarusian, (swiss)",      "cp1131",            _TALL),
    Font(32, "Commodore 64 (UPPER)",                   "petscii_unshifted", _THIN),
    Font(33, "Commodore 64 (Lower)",                   "petscii",           _THIN),
    Font(34, "Commodore 128 (UPPER)",                  "petscii_unshifted", _THIN),
    Font(35, "Commodore 128 (Lower)",                  "petscii",           _THIN),
    Font(36, "Atari",                                  "atascii",           _THIN),
    Font(37, "P0T NOoDLE (Amiga)",                     "latin_1",           (16, 14)),
    Font(38, "mO'sOul (Amiga)",                        "latin_1",           _THIN),
    Font(39, "MicroKnight Plus (Amiga)",               "latin_1",           _TALL),
    Font(40, "Topaz Plus (Amiga)",                     "latin_1",           _TALL),
    Font(41, "MicroKnight (Amiga)",                    "latin_1",           _THIN),
    Font(42, "Topaz (Amiga)",                          "latin_1",           (16, 14)),
    Font(43, "Prestel",                                "ascii",             (16, 20)),
    Font(44, "Atari ST",                               "atarist",           _THIN),
    Font(45, "RIPterm",                                "cp437",             (14, 8)),
)
# fmt: on

FIRST_LOADABLE: Final = len(FONTS)
"""The first slot that a board may load a font of its own into (``DCS CTerm:Font``); the last is 255."""

LOADED: Final = Font(-1, "Remote Defined Font", "cp437", _ALL)
"""What a font is that a board has loaded: its glyphs are not ours to draw, so it is a nicer code page 437."""

CELL_HEIGHT: Final = 16
"""How many lines of pixels a cell of an 80x25 screen has."""

FONT_SIZES: Final = {0: 4096, 1: 3584, 2: 2048}
"""Bytes of a font 16, 14 and 8 pixels high, by the number in ``CSI = slot ; size {``."""


def font(slot: int) -> Font | None:
    """The font in a slot; None where there is none."""
    return FONTS[slot] if 0 <= slot < len(FONTS) else None
