"""One row of cells, kept as a list of what was written until somebody looks at it.

Most rows are written from left to right and then scroll away unseen. So writing only appends to `Row.log`;
the cells are made when the row is drawn or edited ("settled"). Scrolling moves rows, never cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, groupby, repeat
from operator import add
from typing import Any, Final

from bbsterm.screen.pens import Pen, pens_of
from bbsterm.screen.terminal import Paint, Span

__all__ = ["BUNDLED_LOG", "LONG_LOG", "PACKED_LOG", "Row"]

LONG_LOG: Final = 3 * 150
"""So many entries in a log, and whoever writes settles the row: nobody may look at it for hours."""

PACKED_LOG: Final = 3 * 32
"""The same for a row that leaves the screen: from there on cells take less memory than the log."""

BUNDLED_LOG: Final = 3 * 96
"""Up to so many, the log of such a row is bundled: hardly more memory than cells take, and less time."""

_BUNDLED_TEXT: Final = 6
"""The characters in a bundle, in rows full of them at most."""

_BUNDLED_RUNS: Final = 2
"""So many of a bundle's pens may be those of runs: they take as much memory as the pens of cells."""

_BLANKS: Final = " \u00a0"
"""What counts as blank at the end of a row: the space, and CP437's FF."""


class Row:
    """A row of `columns` cells; it is a `bbsterm.screen.terminal.Line`.

    A cell is a string: one character, with its combining marks if it has some. A wide character has a cell of
    its own and an empty string in the cell after it.

    Attributes:
        log: What was written since the row was last settled, flat: column, cells, pen, column, cells, pen ...
            The cells are a string of narrow characters, or a tuple of cells where some are not. The pen is
            that of all of them, or their pens by runs.
            Writers append here and nowhere else; they never write beyond the last column, and who writes a
            tuple sets `wide`. It is always the same list.
        columns: How many cells.
        strip: The drawing floor's; None after every change.
        changed: Whether the row looks different since `changed` was last set to False. Ask `Row.stale`.
        wrapped: Whether the text goes on in the next row.
        wide: Whether the row has, or had, cells that are not one character.
        edition: Of the canvas, when the row was looked at last (see `Canvas.refresh`).
    """

    __slots__ = (
        "_bundle",
        "_cells",
        "_pens",
        "_spans",
        "changed",
        "columns",
        "edition",
        "fill",
        "log",
        "strip",
        "wide",
        "wrapped",
    )

    def __init__(self, columns: int, fill: Pen, log: list[Any] | None = None) -> None:
        """A row of blanks, and what was written into it."""
        self.log = [] if log is None else log
        self.columns = columns
        self.fill = fill
        self.strip: object | None = None
        self.changed = True
        self.wrapped = self.wide = False
        self.edition = 0
        self._cells: str | list[str] | tuple[str] | None = None  # a tuple: packed
        self._pens: list[Pen] | None = None
        self._bundle: tuple[bytes, bytes, str, Sequence[Pen]] | None = None  # see `_make_bundle`
        self._spans: list[Span] | None = None

    # --- reading ------------------------------------------------------------------

    @property
    def stale(self) -> bool:
        """Whether the row looks different from when `changed` was set to False."""
        return self.changed or bool(self.log)

    @property
    def blinks(self) -> bool:
        """Whether any cell of this row blinks."""
        return any(span.paint.blink for span in self.spans())

    def spans(self) -> Sequence[Span]:
        """The row as runs of equal paint, from column 0 to the last."""
        cells, pens = self.settle()
        if self._spans is None:
            spans: list[Span] = []
            begin = end = 0
            paint: Paint | None = None
            for pen, run in groupby(
                pens
            ):  # by identity: runs of a pen are found without asking for its paint
                now = pen.paint
                if now is not paint and now != paint:
                    if paint is not None:
                        spans.append(_span(cells, begin, end, paint))
                    begin, paint = end, now
                end += len(list(run))
            if paint is not None:
                spans.append(_span(cells, begin, end, paint))
            self._spans = spans
        return self._spans

    def text(self) -> str:
        """The row's characters, trailing blanks removed."""
        if self._cells is None and self._bundle is None and not self.log:
            return ""
        return "".join(self.settle()[0]).rstrip(_BLANKS)

    def cells(self) -> Sequence[str]:
        """One string a column; the cell right of a wide character is empty. Read it, do not keep it."""
        return self.settle()[0]

    def cell(self, column: int) -> tuple[str, Pen]:
        """One cell's characters ("" for the right half of a wide one) and its pen."""
        cells, pens = self.settle()
        return cells[column], pens[column]

    def settle(self) -> tuple[str | list[str], list[Pen]]:
        """Make cells of what was written. What is returned belongs to the row: read it, do not keep it."""
        if self._bundle is not None:
            self._open_bundle()
        if self._cells is None or self._pens is None:
            cells: str | list[str] = " " * self.columns
            pens = [self.fill] * self.columns
        else:
            pens = self._pens
            cells = self._cells[0].split("\0") if isinstance(self._cells, tuple) else self._cells
            if not self.log and cells is self._cells:
                return cells, pens
        if self.log:
            cells = self._write_log(cells, pens)
        self.log.clear()
        self._cells, self._pens = cells, pens
        self.touch()
        return cells, pens

    def _write_log(self, cells: str | list[str], pens: list[Pen]) -> str | list[str]:
        """The cells after all that was written; `pens` is changed in place."""
        if type(cells) is str and not self.wide:
            first = self.log[:4]
            in_order = len(first) < 4 or first[0] + len(first[1]) == first[3]
            joined = self._join_log(cells, pens) if in_order else None
            return self._write_over(cells, pens) if joined is None else joined
        changed = list(cells)
        log = iter(self.log)
        for column, written, pen in zip(log, log, log, strict=True):
            length = len(written)
            _write(changed, column, written)
            pens[column : column + length] = pens_of(pen, length) if type(pen) is tuple else [pen] * length
        return changed

    def _join_log(self, cells: str, pens: list[Pen]) -> str | None:
        """The same where all was written one after the other, as art is drawn; None where it was not."""
        columns, texts = self.log[::3], self.log[1::3]
        lengths = list(map(len, texts))
        ends = list(map(add, columns, lengths))
        if ends[:-1] != columns[1:]:
            return None
        left, right = columns[0], ends[-1]
        pens[left:right] = _one_each(self.log[2::3], lengths)
        return cells[:left] + "".join(texts) + cells[right:]

    def _write_over(self, cells: str, pens: list[Pen]) -> str:
        """The same where it was written here and there."""
        changed = list(cells)
        log = iter(self.log)
        for column, written, pen in zip(log, log, log, strict=True):
            length = len(written)
            if type(pen) is tuple:
                changed[column : column + length] = written
                pens[column : column + length] = pens_of(pen, length)
            elif length == 1:
                changed[column] = written
                pens[column] = pen
            else:
                end = column + length
                changed[column:end] = written
                pens[column:end] = [pen] * length
        return "".join(changed)

    # --- changing -----------------------------------------------------------------

    def pack(self) -> None:
        """Take little memory: the row leaves the screen, and may not be looked at for long."""
        if len(self.log) > PACKED_LOG and not self._make_bundle():
            self.settle()
            self._spans = None
        if type(self._cells) is list:
            self._cells = ("\0".join(self._cells),)

    def _make_bundle(self) -> bool:
        """Keep the log as its columns, the lengths of its texts, the texts joined, and its pens, if it fits.

        It is given back to the log when somebody looks: most rows of the history are never looked at.
        """
        log = self.log
        if self.wide or self._bundle is not None or len(log) > BUNDLED_LOG:
            return False
        texts, pens = log[1::3], tuple(log[2::3])
        text = "".join(texts)
        if len(text) > _BUNDLED_TEXT * self.columns or list(map(type, pens)).count(tuple) > _BUNDLED_RUNS:
            return False
        try:
            self._bundle = bytes(log[::3]), bytes(map(len, texts)), text, pens
        except ValueError:  # a screen of more than 256 columns
            return False
        log.clear()
        return True

    def _open_bundle(self) -> None:
        assert self._bundle is not None
        columns, lengths, text, pens = self._bundle
        texts = (text[end - length : end] for end, length in zip(accumulate(lengths), lengths, strict=True))
        self._bundle = None
        self.log[:0] = chain.from_iterable(zip(columns, texts, pens, strict=True))

    def blank_from(self, column: int, fill: Pen) -> None:
        """Blank from a column to the end; the text does not go on in the next row."""
        self.wrapped = False
        if column:
            self.log += (column, " " * (self.columns - column), fill)
        else:
            self.clear(fill)

    def touch(self) -> None:
        """The row looks different now."""
        self.strip = self._spans = None
        self.changed = True

    def clear(self, fill: Pen) -> None:
        """Blank from end to end."""
        self.log.clear()
        self.fill = fill
        self.wrapped = self.wide = False
        self._cells = self._pens = self._bundle = None
        self.touch()

    def cut(self, left: int, right: int) -> tuple[str | list[str], list[Pen]]:
        """Copies of the cells from `left` to before `right`, and their pens. Half a wide one is a blank."""
        cells, pens = self.settle()
        return _cut(cells, left, right), pens[left:right]

    def replace(self, left: int, cells: Sequence[str], pens: Sequence[Pen]) -> None:
        """Put other cells and pens, as many of the one as of the other, from column `left` on."""
        own, own_pens = self.settle()
        right = left + len(pens)
        if type(own) is str and type(cells) is str:
            self._cells = own[:left] + cells + own[right:]
        else:
            own = list(own)
            _write(own, left, cells)
            self._cells, self.wide = own, True
        own_pens[left:right] = pens
        self.touch()

    def insert(self, column: int, count: int, right: int, fill: Pen) -> None:
        """Insert blanks at `column`; the cells from there move right, those that reach `right` are lost."""
        count = min(count, right - column)
        cells, pens = self.cut(column, right - count)
        self.replace(column, _join(" " * count, cells), [fill] * count + pens)

    def delete(self, column: int, count: int, right: int, fill: Pen) -> None:
        """Delete cells at `column`; those up to `right` move left, and blanks follow them."""
        count = min(count, right - column)
        cells, pens = self.cut(column + count, right)
        self.replace(column, _join(cells, " " * count), pens + [fill] * count)

    def resize(self, columns: int, fill: Pen) -> None:
        """Make the row shorter, or longer by blanks."""
        more = columns - self.columns
        if not more:
            return
        cells, pens = self.cut(0, min(columns, self.columns))
        self._cells = _join(cells, " " * more)
        self._pens = pens + [fill] * more
        self.columns = columns
        self.touch()


def _one_each(pens: list[Any], lengths: list[int]) -> list[Pen]:
    """A pen for each cell of what was written in those lengths, with those pens or with runs of pens."""
    if tuple not in map(type, pens):
        return list(chain.from_iterable(map(repeat, pens, lengths)))
    return [
        each
        for pen, length in zip(pens, lengths, strict=True)
        for each in (pens_of(pen, length) if type(pen) is tuple else repeat(pen, length))
    ]


def _span(cells: str | list[str], begin: int, end: int, paint: Paint) -> Span:
    text = cells[begin:end]
    if not isinstance(text, str):
        text = "".join(text)
    return Span(text.replace("\xa0", " "), paint, end - begin)


def _join(first: str | list[str], second: str | list[str]) -> str | list[str]:
    if isinstance(first, str) and isinstance(second, str):
        return first + second
    return [*first, *second]


def _cut(cells: str | list[str], left: int, right: int) -> str | list[str]:
    part = cells[left:right]
    if isinstance(part, str) or not part:
        return part
    if part[0] == "":
        part[0] = " "
    if right < len(cells) and cells[right] == "":
        part[-1] = " "
    return part


def _write(cells: list[str], column: int, written: Sequence[str]) -> None:
    """Write over a part of a row with wide characters: one that loses a half loses the other half too."""
    end = column + len(written)
    if column and cells[column] == "":
        cells[column - 1] = " "
    if end < len(cells) and cells[end] == "":
        cells[end] = " "
    cells[column:end] = written
