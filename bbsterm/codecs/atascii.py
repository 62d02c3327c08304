"""ATASCII, the Atari 8-bit computers' character set (its graphics set).

Bit 7 is inverse video: 80-FF show 00-7F with ink and paper swapped. Where Unicode has the swapped picture as
a character of its own (a half block, a triangle) the table has that one, otherwise the plain one, whose lower
byte is what is sent. 0x9B is the end of a line, so it is a newline in Python. The control codes have their
pictures, which the machine shows after ESC (0x1B).
"""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import Charmap

__all__ = ["ATASCII"]

# fmt: off
_TABLE: Final = (
    "♥├🮇┘┤┐╱╲" "◢▗◣▝▘🮂▂▖"  # 00
    "♣┌─┼●▄▎┬" "┴▌└␛↑↓←→"  # 10
    " !\"#$%&'" "()*+,-./"  # 20
    "01234567" "89:;<=>?"  # 30
    "@ABCDEFG" "HIJKLMNO"  # 40
    "PQRSTUVW" "XYZ[\\]^_"  # 50
    "♦abcdefg" "hijklmno"  # 60
    "pqrstuvw" "xyz♠|🢰◀▶"  # 70
    "♥├▊┘┤┐╱╲" "◤▛◥▙▟▆🮅▜"  # 80
    "♣┌─┼◘▀🮊┬" "┴▐└\n↑↓←→"  # 90
    " !\"#$%&'" "()*+,-./"  # A0
    "01234567" "89:;<=>?"  # B0
    "@ABCDEFG" "HIJKLMNO"  # C0
    "PQRSTUVW" "XYZ[\\]^_"  # D0
    "♦abcdefg" "hijklmno"  # E0
    "pqrstuvw" "xyz♠|🢰◀▶"  # F0
)
# fmt: on

ATASCII: Final = Charmap(
    name="atascii",
    aliases=("atari8bit", "atari_8bit"),
    table=_TABLE,
    source="Unicode L2/19-025 ATARI8IG and ATARI8VG; quarter blocks where the glyph is 2 of 8 pixels",
    also={
        # What ASCII has control codes for.
        "\r": 0x9B, "\t": 0x7F, "\b": 0x7E, "\a": 0xFD, "\x1b": 0x1B, "\x7f": 0x7E,
        # Unicode's own choice of the quarter blocks, and other clients' of the disc, the bar and the arrow.
        **dict(zip("\u23b9\u23ba\u23bd\u23b8•│↰█", b"\x02\x0d\x0e\x16\x14\x7c\x7d\xa0", strict=True)),
    },
)  # fmt: skip
