"""Finding and sorting: every keystroke looks through thousands of rows in a few milliseconds.

What is compared is folded once, when an entry comes into the book. Orders are worked out once for each
profile and kept until something changes; a search then only filters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

from bbsterm.book.entry import Entry
from bbsterm.book.history import NO_STATS, Stats
from bbsterm.book.text import fold

__all__ = ["MINE", "QUICK", "VIEWS", "Index", "Row", "Sort", "Source", "View"]

MINE: Final = ""
"""The name of the list that is the user's own."""

QUICK: Final = "Quick calls"
"""The name of the list of boards that were called and are in no list."""

_TAG: Final = "tag:"
_MARK: Final = "\x1f"  # in no text of the book: it is not printable


class Sort(Enum):
    """Sort profiles, in the order in which `<` and `>` walk through them; the value is for the header."""

    LAST_CALL = "last call"
    NAME = "name"
    CALLS = "most called"
    ADDED = "added"
    CUSTOM = "my order"


class Row(NamedTuple):
    """One line of the dialer.

    Attributes:
        entry: The board.
        list: The imported list it is in; "" for the user's own, None for what is built in.
        calls: How often it was called.
        last_call: When last, in seconds since 1970; None for never.
        received: Bytes from it in all calls.
        sent: Bytes to it in all calls.
        place: Where it stands in the user's own order.
    """

    entry: Entry
    list: str | None
    calls: int
    last_call: int | None
    received: int
    sent: int
    place: int


class View(NamedTuple):
    """A virtual list: its key for `Index.search`, its title, and how many rows it has."""

    key: str
    title: str
    rows: int


class Source(NamedTuple):
    """Where entries come from: `Row.list`, and the entries in order."""

    list: str | None
    entries: Iterable[Entry]


VIEWS: Final[Mapping[str, tuple[str, Callable[[Row], bool]]]] = {
    "all": ("All", lambda row: True),
    "mine": ("My entries", lambda row: row.list == MINE),
    "favourites": ("Favourites", lambda row: row.entry.favourite),
    "recent": ("Recent", lambda row: row.last_call is not None),
    "never": ("Never called", lambda row: row.last_call is None),
    "demo": ("Demo", lambda row: row.list is None),
}
"""The lists that every book has. Each imported list is one more, with the key ``list:NAME``."""

_KEYS: Final[Mapping[Sort, Callable[[Row, str], Any]]] = {
    Sort.LAST_CALL: lambda row, name: (not row.entry.favourite, -(row.last_call or 0), name),
    Sort.NAME: lambda row, name: name,
    Sort.CALLS: lambda row, name: (-row.calls, name),
    Sort.ADDED: lambda row, name: (-(row.entry.added or 0), row.place),
    Sort.CUSTOM: lambda row, name: row.place,
}


class _Folded(NamedTuple):
    entry: Entry
    name: str
    text: str
    tags: str


class _Found(NamedTuple):
    """A row with what is compared."""

    row: Row
    text: str
    tags: str


class Index:
    """The rows of the book, ready to be searched."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._folded: dict[str, _Folded] = {}
        self._orders: dict[Sort, list[_Found]] = {}

    def fill(self, sources: Iterable[Source], stats: Mapping[str, Stats]) -> None:
        """Take these entries. An id that an earlier source has hides the later one."""
        rows: list[Row] = []
        folded: dict[str, _Folded] = {}
        for source in sources:
            for entry in source.entries:
                if entry.id in folded:
                    continue
                known = self._folded.get(entry.id)
                folded[entry.id] = known if known and known.entry is entry else _fold(entry)
                sums = stats.get(entry.id, NO_STATS)
                rows.append(
                    Row(entry, source.list, sums.calls, sums.last_call, sums.received, sums.sent, len(rows))
                )
        self.rows, self._folded, self._orders = rows, folded, {}

    def search(self, text: str, sort: Sort, view: str = "all") -> list[Row]:
        """The rows in which every word is found in name, host, a tag or the comment, sorted.

        Args:
            text: Words, and ``tag:WORD`` for rows with a tag that begins so. Case and accents do not matter.
            sort: The order.
            view: A key of `VIEWS`, or ``list:NAME``.
        """
        words, tags = _words(text)
        found = self._ordered(sort)
        for tag in tags:
            found = [each for each in found if tag in each.tags]
        for word in words:
            found = [each for each in found if word in each.text]
        rows = [each.row for each in found]
        return rows if view == "all" else list(filter(_within(view), rows))

    def views(self) -> list[View]:
        """Every virtual list with its size, the imported lists last."""
        found = [View(key, title, sum(map(within, self.rows))) for key, (title, within) in VIEWS.items()]
        names = dict.fromkeys(row.list for row in self.rows if row.list)
        return found + [
            View(f"list:{name}", name, sum(row.list == name for row in self.rows)) for name in names
        ]

    def tags(self) -> list[tuple[str, int]]:
        """Every tag and how many entries have it, the most common first."""
        counts: dict[str, int] = {}
        for row in self.rows:
            for tag in row.entry.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def _ordered(self, sort: Sort) -> list[_Found]:
        if sort not in self._orders:
            key, folded = _KEYS[sort], self._folded
            rows = sorted(self.rows, key=lambda row: key(row, folded[row.entry.id].name))
            self._orders[sort] = [
                _Found(row, folded[row.entry.id].text, folded[row.entry.id].tags) for row in rows
            ]
        return self._orders[sort]


def _within(view: str) -> Callable[[Row], bool]:
    kind, colon, name = view.partition(":")
    if colon and kind == "list":
        return lambda row: row.list == name
    return VIEWS[view][1]


def _words(text: str) -> tuple[list[str], list[str]]:
    """The words to look for, and the beginnings of tags."""
    words, tags = [], []
    for word in fold(text).split():
        if not word.startswith(_TAG):
            words.append(word)
        elif (tag := word.removeprefix(_TAG)) not in ("", "*"):
            tags.append(_MARK + tag)
    return words, tags


def _fold(entry: Entry) -> _Folded:
    tags = "".join(_MARK + tag for tag in entry.tags)
    text = fold(_MARK.join((entry.name, entry.address, *entry.tags, entry.comment)))
    return _Folded(entry, fold(entry.name), text, fold(tags))
