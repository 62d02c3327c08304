"""Text put here and there in bulk: what full-screen programs, forms and animations are made of.

A piece in which there is nothing but places (CUP), colours (SGR) and text without the letters that end those
is cut at all of these at once, and what is found is looked up in one go. What is left for a loop of ours is
to append each text to the log of its row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from bbsterm import limits
from bbsterm.screen.ansi.stretches import PIECE, AnsiStretches
from bbsterm.screen.pens import Pen

__all__ = ["AnsiPlaces"]


class AnsiPlaces(AnsiStretches):
    """Text at places."""

    _places: ClassVar[dict[str, tuple[int, int]]] = {}
    """CUP met before by any terminal, without its ESC and H: row and column from 0."""

    _spots: ClassVar[dict[tuple[int, int], dict[str, tuple[int, int]]]] = {}
    """The same by the size of a screen, with the H, and never beyond that screen."""

    def _learn_place(self, sequence: str, row: int, column: int) -> None:
        if len(self._places) >= limits.MAX_STEPS:
            self._places.clear()
            self._spots.clear()
        self._places[sequence[1:-1]] = row, column
        self._known_spots()[sequence[1:]] = min(row, self.rows - 1), min(column, self.columns - 1)

    def _known_spots(self) -> dict[str, tuple[int, int]]:
        size = self.columns, self.rows
        spots = self._spots.get(size)
        if spots is None:
            if len(self._spots) >= limits.MAX_SIZES_MET:
                self._spots.clear()
            places = self._places.copy()  # another thread's terminal may be learning
            spots = self._spots[size] = {
                f"{head}H": (min(row, self.rows - 1), min(column, self.columns - 1))
                for head, (row, column) in places.items()
            }
        return spots

    def _take_otherwise(self, text: str, size: int) -> int:
        places = text.count("H")
        pure = places and places + text.count("m") == text.count("\x1b") and "\n" not in text
        if pure and "m[" not in text and self._take_places(text, places):
            self._piece = PIECE
            return 0
        return super()._take_otherwise(text, size)

    def _take_places(self, text: str, count: int) -> bool:
        """Take a piece with as many sequences as letters that end a place or a colour; so many are places.

        After none of these letters comes what looks like the beginning of a sequence.

        Returns:
            Whether that could be done: these are what the letters end, and all places were met before.
        """
        words, *pieces = text.replace("H", "H\x1b").replace("m", "\x1b").split("\x1b")
        heads, texts = pieces[::2], pieces[1::2]
        places = list(map(self._known_spots().get, heads))
        colours = [head for head, place in zip(heads, places, strict=True) if place is None]
        if len(heads) != len(texts) or len(colours) + count != len(heads):
            return False
        pens = self._follow_colours(colours)
        if len(pens) < len(colours):
            return False
        if words:
            self.x, self.y = self._run(self.x, self.y, words, self.pen)
        self._draw_at(places, texts, iter(pens))
        self._remember(texts[-1])
        return True

    def _draw_at(
        self, places: Iterable[tuple[int, int] | None], texts: Iterable[str], pens: Iterator[Pen]
    ) -> None:
        """Draw each text: at a place, or where the last one ends, in the next pen."""
        longest = self._longest
        logs = [row.log for row in self.grid]
        x, y, pen = self.x, self.y, self.pen
        for place, text in zip(places, texts, strict=True):
            if place is None:
                pen = next(pens)
            else:
                y, x = place
            if text:
                end = x + len(text)
                if end <= longest:
                    logs[y] += x, text, pen
                    x = end
                else:
                    x, y = self._run(x, y, text, pen)
                    logs = [row.log for row in self.grid]
        self.x, self.y, self.pen = x, y, pen
