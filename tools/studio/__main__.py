"""`python -m tools.studio`: make the board's pictures anew."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Final

from bbsterm.serve.design.loading import builtin
from bbsterm.serve.picture import Canvas
from tools.studio.ansi import print_ansi, to_ans
from tools.studio.atascii import print_atascii
from tools.studio.menus import print_menus
from tools.studio.petscii import print_petscii
from tools.studio.text import print_name, print_text

DATA: Final = Path(__file__).parents[2] / "bbsterm" / "serve" / "data" / "art"

_TITLES: Final = {"welcome": "Welcome", "menu": "Main menu", "goodbye": "Goodbye"} | {
    piece.name: piece.title for piece in builtin().gallery
}
_PLAIN: Final = {"welcome.txt": print_name(), "goodbye.txt": b"  Thank you for calling.\n"}
"""A reader of plain text wants words."""


def make(name: str, title: str) -> dict[str, bytes]:
    """All files of one picture, by name."""
    scene = importlib.import_module(f"tools.studio.scenes.{name}")
    raster = scene.paint()
    picture = print_ansi(raster, **scene.PRINT)
    if hasattr(scene, "letter"):
        canvas = Canvas(scene.COLUMNS, scene.ROWS // 2)
        canvas.stamp(0, 0, picture)
        scene.letter(canvas)
        picture = canvas.picture()
    files = {f"{name}.ans": to_ans(picture, title=title)}
    if scene.COLUMNS == 80:
        small = scene.paint_small() if hasattr(scene, "paint_small") else raster
        files[f"{name}.seq"] = print_petscii(small)
        files[f"{name}.ata"] = print_atascii(small)
        files[f"{name}.txt"] = print_text(raster)
    if name == "menu":
        files |= print_menus(scene.paint_small())
    return files | {file: data for file, data in _PLAIN.items() if file in files}


def main() -> None:
    """Write every file."""
    DATA.mkdir(exist_ok=True)
    for name, title in _TITLES.items():
        for file, data in make(name, title).items():
            (DATA / file).write_bytes(data)
            print(f"{file:16} {len(data):6}")


if __name__ == "__main__":
    main()
