"""PETSCII, the text set: lower and upper case, as most boards use it (a Commodore's 0x0E selects it).

The control codes (00-1F, 80-9F) stand for themselves, so that text with colours makes the round trip; what
they do is `bbsterm.screen.petscii`'s business. C0-DF repeat 60-7F and E0-FE repeat A0-BE, byte for byte, and
the KERNAL draws FF as DE; a keyboard sends the higher ones, a codec the lower.
"""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import Charmap

__all__ = ["PETSCII"]

# fmt: off
_TABLE: Final = (
    "\x00\x01\x02\x03\x04\x05\x06\x07" "\x08\t\n\x0b\x0c\r\x0e\x0f"  # 00
    "\x10\x11\x12\x13\x14\x15\x16\x17" "\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f"  # 10
    " !\"#$%&'" "()*+,-./"  # 20
    "01234567" "89:;<=>?"  # 30
    "@abcdefg" "hijklmno"  # 40
    "pqrstuvw" "xyz[£]↑←"  # 50
    "─ABCDEFG" "HIJKLMNO"  # 60
    "PQRSTUVW" "XYZ┼🮌│🮖🮘"  # 70
    "\x80\x81\x82\x83\x84\x85\x86\x87" "\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f"  # 80
    "\x90\x91\x92\x93\x94\x95\x96\x97" "\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f"  # 90
    "\xa0▌▄▔▁▏▒▕" "🮏🮙🮇├▗└┐▂"  # A0
    "┌┴┬┤▎▍🮈🮂" "🮃▃✓▖▝┘▘▚"  # B0
    "─ABCDEFG" "HIJKLMNO"  # C0
    "PQRSTUVW" "XYZ┼🮌│🮖🮘"  # D0
    "\xa0▌▄▔▁▏▒▕" "🮏🮙🮇├▗└┐▂"  # E0
    "┌┴┬┤▎▍🮈🮂" "🮃▃✓▖▝┘▘🮖"  # F0
)
# fmt: on

PETSCII: Final = Charmap(
    name="petscii",
    aliases=("petscii_shifted", "petscii_lower", "cbm", "commodore", "c64", "c128"),
    table=_TABLE,
    source="Unicode L2/19-025 C64IALT, checked against the C64's character ROM 901225-01",
    # ASCII that a Commodore lacks, as what looks most like it (the pound sign is where the backslash is).
    also={"^": 0x5E, "_": 0xA4, "\\": 0x5C, "`": 0x27, "|": 0x7D},
)
