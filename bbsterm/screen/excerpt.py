"""Parts of lines, which are lines themselves: what was marked can be exported like a whole screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bbsterm.screen.terminal import Line, Span

__all__ = ["Excerpt", "cut", "whole_cells"]

_BLANKS = " \u00a0"


@dataclass(slots=True)
class Excerpt:
    """Some neighbouring cells of a line, as they were when they were cut out."""

    kept: tuple[Span, ...]
    strip: object | None = field(default=None, compare=False)

    @property
    def blinks(self) -> bool:
        """Whether any of the cells blinks."""
        return any(span.paint.blink for span in self.kept)

    def spans(self) -> Sequence[Span]:
        """The cells as runs of equal paint."""
        return self.kept

    def text(self) -> str:
        """The characters, trailing blanks removed."""
        return "".join(span.text for span in self.kept).rstrip(_BLANKS)

    def cells(self) -> Sequence[str]:
        """One string a column, where every character is one column wide; what is not stays together."""
        cells: list[str] = []
        for text, _paint, columns in self.kept:
            cells += text if len(text) == columns else [text, *[""] * (columns - 1)]
        return cells


def whole_cells(cells: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """The same columns, with both halves of a wide character wherever one of them is among them."""
    start, end = max(0, start), min(end, len(cells))
    if 0 < start < end and cells[start] == "":
        start -= 1
    if start < end < len(cells) and cells[end] == "":
        end += 1
    return start, end


def cut(line: Line, start: int, end: int) -> Excerpt:
    """The cells of columns `start` to before `end`; a wide character that is half inside is inside."""
    cells = line.cells()
    start, end = whole_cells(cells, start, end)
    kept, at = [], 0
    for span in line.spans():
        first, last = max(start, at), min(end, at + span.columns)
        if first < last:
            text = "".join(cells[first:last]).replace("\xa0", " ")
            kept.append(Span(text, span.paint, last - first))
        at += span.columns
    return Excerpt(tuple(kept))
