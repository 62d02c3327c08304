"""Stretches of text and colour changes, drawn in bulk: what art and logs are made of.

Such a stretch is cut at its colour changes by what Python does without a loop of ours, and the pens are
looked up likewise. The text that is left is cut into rows; a row refers to the list of the whole stretch for
its pens, and makes its own only when somebody looks at it. Where something else comes between, the fast loop
(`bbsterm.screen.ansi.loop`) takes a piece, and then this goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice, repeat
from operator import contains, getitem
from typing import Final

from bbsterm.screen.ansi.runs import AnsiRuns
from bbsterm.screen.canvas import Unseen
from bbsterm.screen.pens import Pen, PenRuns, pens_of

__all__ = ["PIECE", "AnsiStretches"]

_COLOURS: Final = re.compile(r"\[[0-;]*")
"""SGR, but for its ESC and m."""

PIECE: Final = 8 * 1024
"""Characters looked at together, and drawn together if there is nothing but colours among them."""

_SMALL_PIECE: Final = 2 * 1024
"""The same where a piece has something else: of these, those that have take the fast loop."""


class AnsiStretches(AnsiRuns):
    """Text with colours."""

    def _take(self, lines: Iterator[tuple[str, str]], *, odd: bool) -> int:
        raise NotImplementedError

    @property
    def _may_stretch(self) -> bool:
        """Whether text simply goes where the cursor is, and all rows scroll to the history."""
        return self._full and self.keeps and self.quick and self.parser.idle

    _piece = PIECE  # so much is looked at together: what a board sends stays alike for a while

    def _take_stretches(self, text: str, size: int) -> int:
        """Take text whose only control characters are ESC and CR LF, every character one cell.

        Args:
            text: As much as there is.
            size: How many characters to look at together.

        Returns:
            How many characters were not taken, because the encoding changed.
        """
        begin = 0
        while begin < len(text):
            if not self._may_stretch:
                return self._take_lines_plainly(text[begin:])
            end = text.find("\x1b", begin + size)
            piece, begin = text[begin:end] if end >= 0 else text[begin:], end if end >= 0 else len(text)
            left = self._take_piece(piece, size)
            if self.parser.halted:
                return left + len(text) - begin
        return 0

    def _take_piece(self, text: str, size: int) -> int:
        """The same with a part of it, which was found by that size."""
        sequences, marks = text.count("\x1b"), text.count("m")
        if marks < sequences:
            return self._take_otherwise(text, size)
        if marks == sequences and "m[" not in text:  # then one m ends each, or what is found is no colour
            words, *pieces = text.replace("\x1b", "m").split("m")
            heads, texts = pieces[::2], [words, *pieces[1::2]]
        else:
            words, *parts = text.split("\x1b")
            if not all(map(contains, parts, repeat("m"))):
                return self._take_otherwise(text, size)
            cut = [part.partition("m") for part in parts]
            heads, texts = [head for head, _, _ in cut], [words, *(rest for _, _, rest in cut)]
        pens = self._follow_colours(heads)
        if len(pens) < sequences:
            return self._take_otherwise(text, size)
        self._draw_runs([self.pen, *pens], texts)
        self._piece = PIECE
        return 0

    def _take_otherwise(self, text: str, size: int) -> int:
        """Take a piece with something else than colours in it: small ones, and then by the fast loop."""
        if size > _SMALL_PIECE:
            self._piece = _SMALL_PIECE
            return self._take_stretches(text, _SMALL_PIECE)
        return self._take_lines_plainly(text)

    def _take_lines_plainly(self, text: str) -> int:
        """Take text whose only control characters are ESC and CR LF, by the fast loop."""
        return self._take(zip(chain(("",), repeat("\r\n")), text.split("\r\n"), strict=False), odd=False)

    def _follow_colours(self, colours: Sequence[str]) -> list[Pen]:
        """The pen after each of the colour changes, up to the first that is none."""
        try:
            return list(map(self.pen.family.__getitem__, colours))
        except KeyError:  # one that leaves something as it was
            pass
        try:
            turns = accumulate(colours, getitem, initial=self.pen.turns)
            return [each.pen for each in islice(turns, 1, None)]
        except KeyError:  # one that was not met before, or is none
            return self._learn_colours(colours)

    def _learn_colours(self, colours: Sequence[str]) -> list[Pen]:
        """The same one by one: what the pen becomes is worked out where nobody has met it."""
        pen, pens = self.pen, list[Pen]()
        for colour in colours:
            to = pen.family.get(colour) or pen.next.get(colour)
            if to is None:
                if not _COLOURS.fullmatch(colour):
                    break
                to = self.pen_after(pen, colour)
            pen = to
            pens.append(pen)
        return pens

    def _draw_runs(self, pens: Sequence[Pen], texts: Sequence[str]) -> None:
        """Draw runs of characters, each with its pen, and obey the CR LFs among them."""
        lengths, text = list(map(len, texts)), "".join(texts)
        if text:
            self._lay_out(text, pens, lengths)
        self.pen = pens[-1]
        if not texts[-1]:
            self._remember("")

    def _lay_out(self, text: str, pens: Sequence[Pen], lengths: list[int]) -> None:
        """The same with the runs joined, and their lengths. The cursor moves, and the pen does not change."""
        grid, columns, longest, last = self.grid, self.columns, self._longest, self.rows - 1
        behind = not self.deferred  # whose pen scrolls: that of the last character, or of the next one
        ends = list(accumulate(lengths))
        x, y, end = self.x, self.y, -2
        shared = len(pens) <= len(text)  # else rows would keep more than they have cells
        below: list[Unseen] = []  # rows to scroll in; the cursor is in the last one

        def run_at(place: int) -> int:
            return bisect_right(ends, place)

        for line in text.split("\r\n"):
            start, end = end + 2, end + 2 + len(line)
            scrolls = False
            blank = self.pen
            if start:
                x, scrolls = 0, y == last
                if scrolls:
                    blank = pens[run_at(start - 1)].blank
                else:
                    y += 1
            if start == end:
                if scrolls:
                    below.append((columns, blank, "", blank, False))
                continue
            run = run_at(start)
            skip = start - ends[run] + lengths[run]
            if not scrolls:
                while x + end - start > longest:
                    room = columns - x
                    row = grid[y]
                    runs = pens, lengths, run, skip
                    if not x:  # all of the row is written over
                        row.log[:] = 0, text[start : start + room], runs if shared else _own(runs, room)
                    elif room:
                        row.log += x, text[start : start + room], _own(runs, room)
                    row.wrapped, x = True, 0
                    start += room
                    run = run_at(start - behind)
                    if y == last:
                        scrolls, blank = True, pens[run].blank
                    if behind and start < end:
                        run = run_at(start)
                    skip = start - ends[run] + lengths[run]
                    if scrolls:
                        break
                    y += 1
                else:
                    if start != end:
                        grid[y].log += x, text[start:end], _own((pens, lengths, run, skip), end - start)
                        x += end - start
                    continue
            while end - start > longest:
                cut = start + columns
                runs = pens, lengths, run, skip
                below.append((columns, blank, text[start:cut], runs if shared else _own(runs, columns), True))
                start = cut
                run = run_at(start - behind)
                blank = pens[run].blank
                if behind and start < end:
                    run = run_at(start)
                skip = start - ends[run] + lengths[run]
            x = end - start
            runs = pens, lengths, run, skip
            below.append((columns, blank, text[start:end], runs if shared else _own(runs, x), False))
        if below:
            self._scroll_in(below)
        self.x, self.y = x, y
        self._remember(line or ("\n" if end else None))


def _own(runs: PenRuns, count: int) -> PenRuns:
    """The same pens without the rest of the stretch: on the screen much may be written over a row."""
    return pens_of(runs, count), b"\1" * count, 0, 0
