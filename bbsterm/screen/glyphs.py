"""For terminals whose fonts lack what boards draw with: the same pictures from simpler characters.

``full`` is what the tables have, with Unicode 13's Symbols for Legacy Computing. ``basic`` does without
those: box drawing and block elements only, as every console font has. ``ascii`` is for terminals that are not
UTF-8.
Every substitute is as wide as what it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

__all__ = ["LEVELS", "PROBE", "guess", "judge", "substitute"]

LEVELS: Final = ("full", "basic", "ascii")
"""The settings, richest first."""

_BASIC: Final = (
    # Thin lines: an eighth of a cell, at one of eight places.
    "🭰│ 🭱│ 🭲│ 🭳│ 🭴│ 🭵│ 🭶▔ 🭷─ 🭸─ 🭹─ 🭺─ 🭻▁ 🭼└ 🭽┌ 🭾┐ 🭿┘ "
    # Bars from above and from the right.
    "🮂▔ 🮃▀ 🮄▀ 🮅▀ 🮆█ 🮇▕ 🮈▐ 🮉▐ 🮊▐ 🮋█ "
    # Half shades, checker boards, stripes.
    "🮌▒ 🮍▒ 🮎▒ 🮏▒ 🮐▒ 🮑▓ 🮒▓ 🮔▓ 🮕▒ 🮖▒ 🮗═ 🮘▒ 🮙▒ "
    # Arrows, and the Atari ST's signs.
    "🢰↖ ✓√ 🮽╳ 🮾╱ 🮿◊ 🯰0 🯱1 🯲2 🯳3 🯴4 🯵5 🯶6 🯷7 🯸8 🯹9"
)

_ASCII: Final = (
    "─- │| ┌+ ┐+ └+ ┘+ ├+ ┤+ ┬+ ┴+ ┼+ ╭. ╮. ╰` ╯' ╱/ ╲\\ ╳X "
    "═= ║| ╒+ ╓+ ╔+ ╕+ ╖+ ╗+ ╘+ ╙+ ╚+ ╛+ ╜+ ╝+ ╞+ ╟+ ╠+ ╡+ ╢+ ╣+ ╤+ ╥+ ╦+ ╧+ ╨+ ╩+ ╪+ ╫+ ╬+ "
    "█# ▀\" ▄_ ▌[ ▐] ▘` ▝' ▖, ▗. ▚\\ ▞/ ▛F ▜7 ▙L ▟J ░. ▒% ▓# ■# □o ▪. "
    "▁_ ▂_ ▃_ ▅# ▆# ▇# ▔^ ▏| ▎| ▍[ ▋# ▊# ▉# ▕| ◤/ ◥\\ ◣\\ ◢/ "
    "♠^ ♥v ♦o ♣& ●* ○o ◘* ◙* •* ∙. ·. ✓v ☺O ☻@ ☼* ♂m ♀f ♪, ♫; ►> ◄< ▲^ ▼v ▬= ▶> ◀< "
    "↑^ ↓v ←< →> ↔- ↕| ↨| ↖\\ ⇧^ ⇩v ⇨> ⇦< ‼! ¶P §S ⌂^ ∟L ␛e "
    "£L ¢c ¥Y ƒf ₧P ⌐- ¬- «< »> ¡! ¿? ¯- °o ±+ ²2 ³3 ⁿn ¹1 ½/ ¼/ ¾/ ÷/ ×x √v ∞8 ≈~ ≡= ≥> ≤< ⌠( ⌡) ∩n ∈E "
    "πp αa ßB βB ΓG ΣE σs µu τt ΦO ΘO ΩO δd φo εe ∮o ∧^ ∫( ¤o ©c ®R ™T †+ ´' ¨\" ¸, ªa ºo ÆA æa ØO øo Đd ðd "
    "Þp þp"
)


def _table(pairs: str) -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in pairs.split()}


class _Ascii(dict[int, str]):
    """For `str.translate`: an accented letter is its letter, and what nobody knows is a question mark."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if code >= 0x80:
            plain = unicodedata.normalize("NFKD", _SIMPLER.get(code, char))[0]
            char = _ASCII_SIGNS.get(ord(plain), plain)
            char = " " if char.isspace() else char if char.isascii() else "?"
            if unicodedata.east_asian_width(chr(code)) in "WF":
                char += " "
            elif unicodedata.combining(chr(code)):
                char = ""
        return char


_SIMPLER: Final = _table(_BASIC)
_ASCII_SIGNS: Final = _table(_ASCII)
_TABLES: Final[Mapping[str, dict[int, str]]] = {"basic": _SIMPLER, "ascii": _Ascii(_ASCII_SIGNS)}


def substitute(text: str, level: str) -> str:
    """`text` as a terminal of that level can draw it, in as many columns."""
    table = _TABLES.get(level)
    return text if table is None or text.isascii() else text.translate(table)


# --- which level a terminal has ------------------------------------------------------------

PROBE: Final = "\r🮂\x1b[6n\r─\x1b[6n\r    \r".encode()
"""Sent to the host terminal: two characters, after each of which it is asked where the cursor is."""

_REPORT: Final = re.compile(rb"\x1b\[\d+;(\d+)R")


def judge(reply: bytes) -> str | None:
    """The level of a terminal that answered `PROBE` so; None if it has not answered (yet).

    A terminal that takes U+1FB82 for one column wide knows Unicode 13; whether its font does, nobody can ask.
    """
    columns = [int(column) for column in _REPORT.findall(reply)]
    if len(columns) < 2:
        return None
    legacy, line = columns[:2]
    if line != 2:
        return "ascii"
    return "full" if legacy == 2 else "basic"


def guess(environ: Mapping[str, str]) -> str:
    """The level by what the environment says, for terminals that are not asked."""
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    if "utf" not in locale.lower():
        return "ascii"
    return "basic" if environ.get("TERM", "") in ("linux", "cons25", "xterm-old") else "full"
