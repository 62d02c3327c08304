"""Code page 437 as the IBM PC's video card draws it: a picture for the control bytes too.

Python's own ``cp437`` has the C0 controls at 00-1F and DEL at 7F; a board that means to show them (and BBS
art does) means these pictures. Acting on CR, LF, ESC and friends first is the terminal's business.
"""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import Charmap

__all__ = ["CP437_ART"]

# fmt: off
_TABLE: Final = (
    "\x00☺☻♥♦♣♠•" "◘○◙♂♀♪♫☼"  # 00
    "►◄↕‼¶§▬↨" "↑↓→←∟↔▲▼"  # 10
    " !\"#$%&'" "()*+,-./"  # 20
    "01234567" "89:;<=>?"  # 30
    "@ABCDEFG" "HIJKLMNO"  # 40
    "PQRSTUVW" "XYZ[\\]^_"  # 50
    "`abcdefg" "hijklmno"  # 60
    "pqrstuvw" "xyz{|}~⌂"  # 70
    "Çüéâäàåç" "êëèïîìÄÅ"  # 80
    "ÉæÆôöòûù" "ÿÖÜ¢£¥₧ƒ"  # 90
    "áíóúñÑªº" "¿⌐¬½¼¡«»"  # A0
    "░▒▓│┤╡╢╖" "╕╣║╗╝╜╛┐"  # B0
    "└┴┬├─┼╞╟" "╚╔╩╦╠═╬╧"  # C0
    "╨╤╥╙╘╒╓╫" "╪┘┌█▄▌▐▀"  # D0
    "αßΓπΣσµτ" "ΦΘΩδ∞φε∩"  # E0
    "≡±≥≤⌠⌡÷≈" "°∙·√ⁿ²■\xa0"  # F0
)
# fmt: on

CP437_ART: Final = Charmap(
    name="cp437_art",
    aliases=("ibmpc_video", "cp437_video"),
    table=_TABLE,
    source="Unicode L2/19-025 IBMPCVID; 80-FF as Microsoft's CP437.TXT",
    # The same pictures under their other names: the Greek and the mathematical letters, crossed circles.
    also=dict(zip("β\u03bc\u2126∈∑ϕ∅øØ", b"\xe1\xe6\xea\xee\xe4\xed\xed\xed\xed", strict=True)),
)
