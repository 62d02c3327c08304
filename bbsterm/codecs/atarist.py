"""The Atari ST's character set (TOS), as text and as the system font draws it.

As text the bytes 00-1F are the ASCII controls; the font has pictures for them (arrows, digits of an LED
display, the Atari logo and J. R. "Bob" Dobbs, the last two in the private use area).
"""

from __future__ import annotations

from typing import Final

from bbsterm.codecs.charmap import Charmap

__all__ = ["ATARIST", "ATARIST_ART"]

# fmt: off
_FONT: Final = (
    "\x00⇧⇩⇨⇦🮽🮾🮿" "✓🕒🔔♪␌␍\uf82a\uf82b"  # 00
    "🯰🯱🯲🯳🯴🯵🯶🯷" "🯸🯹ə␛\uf82c\uf82d\uf82e\uf82f"  # 10
    " !\"#$%&'" "()*+,-./"  # 20
    "01234567" "89:;<=>?"  # 30
    "@ABCDEFG" "HIJKLMNO"  # 40
    "PQRSTUVW" "XYZ[\\]^_"  # 50
    "`abcdefg" "hijklmno"  # 60
    "pqrstuvw" "xyz{|}~⌂"  # 70
    "Çüéâäàåç" "êëèïîìÄÅ"  # 80
    "ÉæÆôöòûù" "ÿÖÜ¢£¥ßƒ"  # 90
    "áíóúñÑªº" "¿⌐¬½¼¡«»"  # A0
    "ãõØøœŒÀÃ" "Õ¨´†¶©®™"  # B0
    "ĳĲאבגדהו" "זחטיכלמנ"  # C0
    "סעפצקרשת" "ןךםףץ§∧∞"  # D0
    "αβΓπΣσµτ" "ΦΘΩδ∮φ∈∩"  # E0
    "≡±≥≤⌠⌡÷≈" "°∙·√ⁿ²³¯"  # F0
)
# fmt: on

_CONTROLS: Final = "".join(map(chr, range(0x20)))
_SOURCE: Final = "Unicode L2/19-025 ATARISTV"
_ALSO: Final = {"ϕ": 0xED}  # one published table has this phi, the others the one we show

ATARIST: Final = Charmap(
    name="atarist",
    aliases=("atari", "atari_st", "tos"),
    table=_CONTROLS + _FONT[0x20:],
    source=_SOURCE,
    also=_ALSO,
)

ATARIST_ART: Final = Charmap(
    name="atarist_art", aliases=("atarist_video",), table=_FONT, source=_SOURCE, also=_ALSO
)
