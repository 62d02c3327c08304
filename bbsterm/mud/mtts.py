"""MTTS, the MUD Terminal Type Standard: the third TTYPE answer is "MTTS n", a set of bits."""

from __future__ import annotations

import re
from enum import IntFlag
from typing import Final

__all__ = ["Mtts", "mtts_decode", "mtts_encode"]

_FORM: Final = re.compile(r"MTTS\s+(\d{1,9})", re.IGNORECASE)


class Mtts(IntFlag):
    """What a MUD client can do, as the standard numbers it."""

    ANSI = 1
    VT100 = 2
    UTF8 = 4
    COLORS_256 = 8
    MOUSE_TRACKING = 16
    OSC_COLOR_PALETTE = 32
    SCREEN_READER = 64
    PROXY = 128
    TRUECOLOR = 256
    MNES = 512
    MSLP = 1024
    SSL = 2048


def mtts_encode(bits: Mtts) -> str:
    """The terminal type that announces `bits`: "MTTS 13"."""
    return f"MTTS {int(bits)}"


def mtts_decode(terminal_type: str) -> Mtts | None:
    """The bits of a terminal type, or None when it is not "MTTS n". Bits unknown to us are kept."""
    found = _FORM.fullmatch(terminal_type.strip())
    return Mtts(int(found[1])) if found else None
