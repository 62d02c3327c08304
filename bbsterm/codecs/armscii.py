"""Armenian: ARMSCII-8 (SyncTERM's font 15) and HAIK-8, the same characters moved for PC consoles (font 7)."""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import UNMAPPED, Charmap

__all__ = ["ARMSCII8", "HAIK8"]

_ASCII: Final = "".join(map(chr, range(0x80)))
_UNUSED: Final = UNMAPPED * 0x20

# fmt: off
_PUNCTUATION: Final = "\xa0֎և։)(»«—.՝,-֊…՜՛՞"    # A0-B1
_LETTERS: Final = (                               # B2-FD, each capital before its small letter
    "ԱաԲբԳգԴդԵեԶզԷէ"
    "ԸըԹթԺժԻիԼլԽխԾծԿկ"
    "ՀհՁձՂղՃճՄմՅյՆնՇշ"
    "ՈոՉչՊպՋջՌռՍսՎվՏտ"
    "ՐրՑցՒւՓփՔքՕօՖֆ"
)
# fmt: on
_HIGH: Final = _PUNCTUATION + _LETTERS + "՚" + UNMAPPED  # A0-FF

_ALSO: Final = {"§": 2, "–": 12, "ʼ": 94, "\u058d": 1}  # earlier revisions, as places in `_HIGH`

ARMSCII8: Final = Charmap(
    name="armscii8",
    aliases=("armscii_8", "armscii"),
    table=_ASCII + _UNUSED + _HIGH,
    source="AST 34.002 (1997); A1, the sign of eternity, as Unicode 7 has it",
    also={char: 0xA0 + place for char, place in _ALSO.items()},
)

HAIK8: Final = Charmap(
    name="haik8",
    aliases=("haik_8",),
    # The letters stay out of C0-DF, where PC fonts draw boxes that join over two columns of pixels.
    table=_ASCII + _HIGH[:0x40] + _UNUSED + _HIGH[0x40:],
    source="FreeBSD's console font haik8 and its screen map armscii8-2haik8",
    also={char: (0x80 if place < 0x40 else 0xA0) + place for char, place in _ALSO.items()},
)
