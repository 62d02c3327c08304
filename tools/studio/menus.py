"""The main menu of the eight-bit machines: the places at the left, a picture at the right, row by row.

They cannot send the cursor anywhere, so text and picture are woven together here, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bbsterm.serve.design.loading import builtin
from bbsterm.serve.design.model import Role
from bbsterm.serve.dialects.atascii import Atascii
from bbsterm.serve.dialects.base import Dialect
from bbsterm.serve.dialects.petscii import Petscii
from bbsterm.serve.lineedit import cells
from bbsterm.serve.markup import strip
from tools.studio.atascii import atascii_rows
from tools.studio.petscii import petscii_rows
from tools.studio.raster import Raster

__all__ = ["print_menus"]

_LEFT: Final = 22


def print_menus(raster: Raster) -> dict[str, bytes]:
    """The menu for a Commodore and for an Atari, by file name."""
    return {
        "menu-main.seq": _weave(Petscii(40), petscii_rows(raster)),
        "menu-main.ata": _weave(Atascii(40), atascii_rows(raster)),
    }


def _weave(dialect: Dialect, art: Iterable[tuple[bytes, bool]]) -> bytes:
    out = b""
    lines, rows = _lines(), list(art)
    height = max(len(lines), len(rows))
    lines += [""] * (height - len(lines))
    rows += [(b"", False)] * (height - len(rows))
    for line, (row, full) in zip(lines, rows, strict=True):
        out += dialect.say(f"{line}|07{' ' * (_LEFT - cells(strip(line)))}") + row
        dialect.forget()
        if not full:
            out += dialect.newline()
    return out


def _lines() -> list[str]:
    lines = ["|17|15 Main menu |16", "", ""]
    for item in builtin().menus["main"].items:
        if item.who is Role.EVERYBODY:
            lines.append(f" |19|15 {item.key} |16 {item.title}")
    return lines
