"""VT: character sets that are designated and invoked (ISO 2022): line drawing, and the national ones.

A set is what it changes of ASCII. In UTF-8 they work too, on ASCII characters only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["SETS", "Charsets"]


def _replace(old: str, new: str) -> Mapping[int, str]:
    return {ord(char): other for char, other in zip(old, new, strict=True)}


_NATIONAL: Final = "#@[\\]^_`{|}~"
"""The places that ISO 646 leaves to the nations."""

_DRAWING: Final = _replace("_`abcdefghijklmnopqrstuvwxyz{|}~", " ♦▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·")
"""DEC's special graphics."""

_TECHNICAL: Final = _replace(
    "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~",
    "⎷┌─⌠⌡│⎡⎣⎤⎦⎛⎝⎞⎠⎨⎬╶╶╲╱┐┘❭␦␦␦␦≤≠≥∫∴∝∞÷Δ∇ΦΓ∼≃Θ×Λ⇔⇒≡ΠΨ␦Σ␦␦√ΩΞΥ⊂⊃∩∪∧∨¬αβχδεφγηιθκλ␦ν∂πψρστ␦ƒωξυζ←↑→↓",
)
"""DEC's technical set: pieces of large brackets and sums, Greek, relations; ␦ where there is none."""

SETS: Final[Mapping[str, Mapping[int, str]]] = {
    "B": {},  # ASCII
    "1": {},
    "0": _DRAWING,
    "2": _DRAWING,
    "A": _replace("#", "£"),  # United Kingdom
    "4": _replace(_NATIONAL, "£¾ĳ½|^_`¨ƒ¼´"),  # Dutch
    "5": _replace(_NATIONAL, "#@ÄÖÅÜ_éäöåü"),  # Finnish
    "C": _replace(_NATIONAL, "#@ÄÖÅÜ_éäöåü"),
    "R": _replace(_NATIONAL, "£à°ç§^_`éùè¨"),  # French
    "f": _replace(_NATIONAL, "£à°ç§^_`éùè¨"),
    "Q": _replace(_NATIONAL, "#àâçêî_ôéùèû"),  # French Canadian
    "9": _replace(_NATIONAL, "#àâçêî_ôéùèû"),
    "K": _replace(_NATIONAL, "#§ÄÖÜ^_`äöüß"),  # German
    "Y": _replace(_NATIONAL, "£§°çé^_ùàòèì"),  # Italian
    "E": _replace(_NATIONAL, "#ÄÆØÅÜ_äæøåü"),  # Norwegian and Danish
    "6": _replace(_NATIONAL, "#ÄÆØÅÜ_äæøåü"),
    "`": _replace(_NATIONAL, "#ÄÆØÅÜ_äæøåü"),
    "Z": _replace(_NATIONAL, "£§¡Ñ¿^_`°ñç~"),  # Spanish
    "H": _replace(_NATIONAL, "#ÉÄÖÅÜ_éäöåü"),  # Swedish
    "7": _replace(_NATIONAL, "#ÉÄÖÅÜ_éäöåü"),
    "=": _replace(_NATIONAL, "ùàéçêîèôäöüû"),  # Swiss
    ">": _TECHNICAL,
}  # fmt: skip
"""Final of the designating sequence to the set."""


class Charsets:
    """Four designated sets, and which of them is in use.

    Attributes:
        sets: Finals of G0 to G3.
        invoked: Which one is in GL: 0 to 3.
        single: Which one the next character alone is in (SS2, SS3); None if that is not so.
    """

    __slots__ = ("invoked", "sets", "single")

    def __init__(self) -> None:
        self.sets = ["B", "B", "B", "B"]
        self.invoked = 0
        self.single: int | None = None

    def copy(self) -> Charsets:
        """Another with the same state."""
        other = Charsets()
        other.sets, other.invoked, other.single = list(self.sets), self.invoked, self.single
        return other

    @property
    def plain(self) -> bool:
        """Whether characters are what they are."""
        return self.single is None and not SETS[self.sets[self.invoked]]

    def translate(self, text: str) -> str:
        """What the characters are in the sets in use."""
        if self.single is not None and text:
            first = text[0].translate(SETS[self.sets[self.single]])
            self.single = None
            return first + text[1:].translate(SETS[self.sets[self.invoked]])
        return text.translate(SETS[self.sets[self.invoked]])

    def designate(self, place: int, final: str) -> None:
        """Designate a set to G0 (0) to G3; one that we do not know is ignored."""
        if final in SETS:
            self.sets[place] = final
