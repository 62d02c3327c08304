"""What a stream of bytes makes of a screen, in a form that can be written down, one line a stream.

A line is a JSON object: ``name``; ``mode`` and ``emulation`` as the adapter takes them; ``size``, columns and
rows; ``stream``, the board's bytes as Latin-1; ``cursor``, row and column from 1; ``replies``, Latin-1;
``rows``, for every row that is not blank its number from 1 and its runs of equal look, each
`[text, foreground, background]` with a 1 after it where it blinks. Blanks at the end of a row are left out.
A character that the adapter gives by its code is ASCII, or else from U+E000 on.
"""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.goldens.adapter import Adapter

__all__ = ["FILES", "picture_of", "pictures"]

FILES = sorted(Path(__file__).parent.glob("*.jsonl"))


def pictures() -> list[dict[str, Any]]:
    """All that are written down."""
    return [json.loads(line) for file in FILES for line in file.read_text("utf-8").split("\n") if line]


def picture_of(name: str, mode: str, emulation: str, size: list[int], stream: str) -> dict[str, Any]:
    """What our terminal makes of a stream."""
    adapter = Adapter(mode, emulation, *size)
    adapter.feed(stream.encode("latin-1"))
    return {
        "name": name,
        "mode": mode,
        "emulation": emulation,
        "size": size,
        "stream": stream,
        "cursor": list(adapter.cursor()),
        "replies": adapter.replies().decode("latin-1"),
        "rows": _rows(adapter.cells()),
    }


def _rows(cells: list[list[tuple[Any, ...]]]) -> dict[str, list[list[Any]]]:
    blank = [0, *_look((" ", *_most_frequent(cells)))]
    rows = {}
    for number, row in enumerate(cells, 1):
        runs = [[_text(run), *look] for look, run in _runs(row)]
        if runs and runs[-1][1:] == blank[1:]:
            runs[-1][0] = runs[-1][0].rstrip(" ")
        runs = [run for run in runs if run[0]]
        if runs:
            rows[str(number)] = runs
    return rows


def _most_frequent(cells: list[list[tuple[Any, ...]]]) -> tuple[Any, ...]:
    """The look of the last cell of the last row: what a screen is mostly made of."""
    return tuple(cells[-1][-1][1:])


def _runs(row: list[tuple[Any, ...]]) -> list[tuple[list[Any], list[tuple[Any, ...]]]]:
    return [(look, list(run)) for look, run in groupby(row, key=_look)]


def _look(cell: tuple[Any, ...]) -> list[Any]:
    return [cell[1], cell[2], *([1] if cell[3] & 1 else [])]


def _text(run: list[tuple[Any, ...]]) -> str:
    return "".join(_character(cell[0]) for cell in run)


def _character(char: str | int) -> str:
    if isinstance(char, str):
        return char
    return chr(char if 0x20 <= char < 0x7F else 0xE000 + char)
