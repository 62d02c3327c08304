"""PETSCII, the graphics set: capitals and pictures, as a Commodore has it after switching on (0x8E).

The control codes stand for themselves, as in `bbsterm.codecs.petscii`.
"""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import Charmap

__all__ = ["PETSCII_UNSHIFTED"]

# fmt: off
_TABLE: Final = (
    "\x00\x01\x02\x03\x04\x05\x06\x07" "\x08\t\n\x0b\x0c\r\x0e\x0f"  # 00
    "\x10\x11\x12\x13\x14\x15\x16\x17" "\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"  # 10
    " !\"#$%&'" "()*+,-./"  # 20
    "01234567" "89:;<=>?"  # 30
    "@ABCDEFG" "HIJKLMNO"  # 40
    "PQRSTUVW" "XYZ[£]↑←"  # 50
    "─♠🭲🭸🭷🭶🭺🭱" "🭴╮╰╯🭼╲╱🭽"  # 60
    "🭾●🭻♥🭰╭╳○" "♣🭵♦┼🮌│π◥"  # 70
    "\x80\x81\x82\x83\x84\x85\x86\x87" "\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f"  # 80
    "\x90\x91\x92\x93\x94\x95\x96\x97" "\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f"  # 90
    "\xa0▌▄▔▁▏▒▕" "🮏◤🮇├▗└┐▂"  # A0
    "┌┴┬┤▎▍🮈🮂" "🮃▃🭿▖▝┘▘▚"  # B0
    "─♠🭲🭸🭷🭶🭺🭱" "🭴╮╰╯🭼╲╱🭽"  # C0
    "🭾●🭻♥🭰╭╳○" "♣🭵♦┼🮌│π◥"  # D0
    "\xa0▌▄▔▁▏▒▕" "🮏◤🮇├▗└┐▂"  # E0
    "┌┴┬┤▎▍🮈🮂" "🮃▃🭿▖▝┘▘π"  # F0
)
# fmt: on

PETSCII_UNSHIFTED: Final = Charmap(
    name="petscii_unshifted",
    aliases=("petscii_upper", "petscii_graphics"),
    table=_TABLE,
    source="Unicode L2/19-025 C64IPRI, checked against the C64's character ROM 901225-01",
    # The ROM's disc fills the cell (U+25CF), Unicode's table has the bullet; ASCII as in the text set.
    also={"•": 0x71, "^": 0x5E, "_": 0xA4, "\\": 0x5C, "`": 0x27, "|": 0x7D},
)
