"""The Commodores: how the C64 and the C128's two screens differ, and what their colours look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bbsterm.screen.palette import VGA

__all__ = ["C64", "C128_40", "C128_80", "VIC_II", "Machine"]


def _colours(numbers: str) -> tuple[str, ...]:
    return tuple(f"#{number.lower()}" for number in numbers.split())


# fmt: off
VIC_II: Final[Mapping[str, tuple[str, ...]]] = {
    # The order of the chip: black white red cyan purple green blue yellow,
    # orange brown light-red dark-grey grey light-green light-blue light-grey.
    "colodore": _colours("000000 FFFFFF 813338 75CEC8 8E3C97 56AC4D 2E2C9B EDF171 "
                         "8E5029 553800 C46C71 4A4A4A 7B7B7B A9FF9F 706DEB B2B2B2"),
    "pepto":    _colours("000000 FFFFFF 68372B 70A4B2 6F3D86 588D43 352879 B8C76F "
                         "6F4F25 433900 9A6759 444444 6C6C6C 9AD284 6C5EB5 959595"),
    "icy":      _colours("000000 FFFFFF 924A40 84C5CC 9351B6 72B14B 483AA4 D5DF7C "
                         "99692D 675201 C08178 606060 8A8A8A B2EC91 867ADE AEAEAE"),
    "cgterm":   _colours("000000 FDFEFC BE1A24 30E6C6 B41AE2 1FD21E 211BAE DFF60A "
                         "B84104 6A3304 FE4A57 424540 70746F 59FE59 5F53FE A4A7A2"),
    "telix":    _colours("000000 FFFFFF 96282E 5BD6CE 9F2DAD 41B924 2724C4 EFF347 "
                         "9F4815 5E3500 DA5F66 474747 787878 91FF84 6864FF AEAEAE"),
}
"""The chip's 16 colours as people have measured them. SyncTERM uses Colodore's, and so do we at first."""

_CODES: Final = "\x90\x05\x1c\x9f\x9c\x1e\x1f\x9e\x81\x95\x96\x97\x98\x99\x9a\x9b"
"""The 16 colour codes, in the order of the chip."""

# The C128's 80-column chip drives an RGBI monitor: other colours for the same codes. As ANSI numbers.
_RGBI: Final = (0, 15, 1, 14, 13, 2, 4, 11, 5, 3, 9, 6, 8, 10, 12, 7)
# fmt: on


@dataclass(frozen=True, slots=True)
class Machine:
    """One of the Commodores, with one of its screens.

    Attributes:
        name: As people call it.
        columns: Cells in a row.
        rows: Rows on the screen.
        palette: 16 colours, ``"#rrggbb"``.
        colours: Colour code (a control character) to number in the palette.
        ink: Number of the colour a terminal program starts with.
        paper: Number of the background's colour, which PETSCII cannot change. Terminal programs make it
            black, and that is what boards draw for.
        boot_ink: The colour of the machine's own screen after switching on.
        boot_paper: And its background.
        line_rows: How many rows a logical line can have, which DEL and INST work on.
        extended: Whether it is a C128: line feed, tab stops, escape sequences.
        attributes: Whether it can underline and flash (the 80-column chip).
    """

    name: str
    columns: int
    rows: int
    palette: tuple[str, ...]
    colours: Mapping[str, int]
    ink: int
    paper: int
    boot_ink: int
    boot_paper: int
    line_rows: int
    extended: bool = False
    attributes: bool = False


_VIC: Final = dict(zip(_CODES, range(16), strict=True))

C64: Final = Machine(
    name="C64",
    columns=40,
    rows=25,
    palette=VIC_II["colodore"],
    colours=_VIC,
    ink=15,
    paper=0,
    boot_ink=14,
    boot_paper=6,
    line_rows=2,
)

C128_40: Final = replace(C64, name="C128, 40 columns", boot_ink=13, boot_paper=11, extended=True)

C128_80: Final = replace(
    C128_40,
    name="C128, 80 columns",
    columns=80,
    palette=VGA,
    colours=dict(zip(_CODES, _RGBI, strict=True)),
    boot_ink=7,
    boot_paper=0,
    line_rows=1,
    attributes=True,
)
