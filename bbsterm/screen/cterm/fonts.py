"""CTerm's font slots. We draw with the user's font; what changes with a slot is what bytes mean."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["FIRST_FREE", "FONTS", "FONT_SIZES", "LOADED", "Font"]


class Font(NamedTuple):
    """One slot: SyncTERM's name for it, and the character set that its glyphs are in."""

    name: str
    encoding: str


FONTS: Final = (
    Font("Codepage 437 English", "cp437"),  # 0
    Font("Codepage 1251 Cyrillic (swiss)", "cp1251"),
    Font("Russian koi8-r", "koi8_r"),
    Font("ISO-8859-2 Central European", "iso8859_2"),
    Font("ISO-8859-4 Baltic wide (VGA 9bit mapped)", "iso8859_4"),
    Font("Codepage 866 (c) Russian", "cp866"),
    Font("ISO-8859-9 Turkish", "iso8859_9"),
    Font("haik8 codepage", "haik8"),
    Font("ISO-8859-8 Hebrew", "iso8859_8"),
    Font("Ukrainian font koi8-u", "koi8_u"),
    Font("ISO-8859-15 West European (thin)", "iso8859_15"),  # 10
    Font("ISO-8859-4 Baltic (VGA 9bit mapped)", "iso8859_4"),
    Font("Russian koi8-r (b)", "koi8_r"),
    Font("ISO-8859-4 Baltic wide", "iso8859_4"),
    Font("ISO-8859-5 Cyrillic", "iso8859_5"),
    Font("ARMSCII-8 Character set", "armscii_8"),
    Font("ISO-8859-15 West European", "iso8859_15"),
    Font("Codepage 850 Multilingual Latin I (thin)", "cp850"),
    Font("Codepage 850 Multilingual Latin I", "cp850"),
    Font("Codepage 865 Norwegian (thin)", "cp865"),
    Font("Codepage 1251 Cyrillic", "cp1251"),  # 20
    Font("ISO-8859-7 Greek", "iso8859_7"),
    Font("Russian koi8-r (c)", "koi8_r"),
    Font("ISO-8859-4 Baltic", "iso8859_4"),
    Font("ISO-8859-1 West European", "latin_1"),
    Font("Codepage 866 Russian", "cp866"),
    Font("Codepage 437 English (thin)", "cp437"),
    Font("Codepage 866 (b) Russian", "cp866"),
    Font("Codepage 865 Norwegian", "cp865"),
    Font("Ukrainian font cp866u", "cp866u"),
    Font("ISO-8859-1 West European (thin)", "latin_1"),  # 30
    Font("Codepage 1131 Belarusian (swiss)", "cp1131"),
    Font("Commodore 64 (UPPER)", "petscii_unshifted"),
    Font("Commodore 64 (Lower)", "petscii"),
    Font("Commodore 128 (UPPER)", "petscii_unshifted"),
    Font("Commodore 128 (Lower)", "petscii"),
    Font("Atari", "atascii"),
    Font("P0T NOoDLE (Amiga)", "latin_1"),
    Font("mO'sOul (Amiga)", "latin_1"),
    Font("MicroKnight Plus (Amiga)", "latin_1"),
    Font("Topaz Plus (Amiga)", "latin_1"),  # 40
    Font("MicroKnight (Amiga)", "latin_1"),
    Font("Topaz (Amiga)", "latin_1"),
    Font("Prestel", "latin_1"),
    Font("Atari ST", "atarist"),
    Font("RIPterm", "cp437"),
)
"""Slot number to font (cterm.adoc, and SyncTERM's table)."""

FIRST_FREE: Final = len(FONTS)
"""The first slot that a board may load a font of its own into."""

LOADED: Final = Font("Remote Defined Font", "cp437")
"""What a font is that the board has loaded: we have not its glyphs, and take it for a nicer code page 437."""

FONT_SIZES: Final = {0: 4096, 1: 3584, 2: 2048}
"""Bytes of a font 16, 14 and 8 pixels high, by the number in ``CSI = slot ; size {``."""
