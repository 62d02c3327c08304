"""What is in the address book and how it is found: rows, names, orders, lists, tags; calls and probes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from bbsterm.book.address import split
from bbsterm.book.entry import DEMO, Entry
from bbsterm.book.history import CallRecord, History, Probe, Stats
from bbsterm.book.lists import ListInfo, Lists
from bbsterm.book.quick import QuickCalls, key_of
from bbsterm.book.search import MINE, QUICK, Index, Row, Sort, Source, View
from bbsterm.book.state import State
from bbsterm.book.store import Store
from bbsterm.book.text import fold
from bbsterm.errors import ConfigError

if TYPE_CHECKING:
    from bbsterm.book.importers import Reading
    from bbsterm.book.importing import Plan

__all__ = ["Shelf"]


class Shelf:
    """The half of the book that is looked at. The other half (`bbsterm.book.book.Book`) changes it."""

    _now: Callable[[], float]
    _state: State
    _store: Store
    _lists: Lists
    _index: Index
    _quick: QuickCalls
    _stale: bool
    log: History
    """Calls, sums, probes and TLS pins: `record_probes`, `pin`, `trust`, `distrust` are there."""

    # --- what is in it --------------------------------------------------------------

    @property
    def broken(self) -> ConfigError | None:
        """Why dialing.toml could not be read. The entries are then those of its last good version."""
        return self._store.broken

    @property
    def mine(self) -> list[Entry]:
        """The user's own entries, in the file's order."""
        return list(self._store.document.entries())

    @property
    def entries(self) -> list[Entry]:
        """Every entry: the user's own, then those of imported lists. The demo board is not among them."""
        return [row.entry for row in self.rows() if row.list is not None]

    def rows(self) -> list[Row]:
        """Every line of the dialer, unsorted; the built-in demo board is the last."""
        return self._indexed().rows

    def row(self, entry_id: str) -> Row | None:
        """The line of one entry."""
        return next((row for row in self.rows() if row.entry.id == entry_id), None)

    def get(self, entry_id: str) -> Entry | None:
        """The entry with this id, as it is now."""
        row = self.row(entry_id)
        return row.entry if row else None

    def find(self, text: str) -> list[Entry]:
        """Entries by name: the one that is called exactly so, or all whose names begin so, or contain it."""
        wanted = fold(text.strip())
        named = [(fold(row.entry.name), row.entry) for row in self.search("", Sort.LAST_CALL)]
        for fits in (wanted.__eq__, lambda name: name.startswith(wanted), lambda name: wanted in name):
            if wanted and (found := [entry for name, entry in named if fits(name)]):
                return found
        entry = self.get(text)
        return [entry] if entry else []

    def near(self, text: str) -> list[str]:
        """Names that somebody who typed `text` may have meant, the nearest first."""
        from difflib import get_close_matches  # here, not above: only mistakes need it

        names = {fold(entry.name): entry.name for entry in self.entries}
        return [names[name] for name in get_close_matches(fold(text.strip()), names, n=5, cutoff=0.6)]

    def at(self, address: str) -> Entry | None:
        """The entry that stands for this address; None if there is none."""
        try:
            place = split(address)
        except ValueError:
            return None
        wanted = key_of(place.host, place.port, place.protocol)
        for row in self.rows():
            entry = row.entry
            if entry.port == place.port and key_of(entry.host, entry.port, entry.protocol) == wanted:
                return entry
        return None

    def search(self, text: str = "", profile: Sort | None = None, view: str = "all") -> list[Row]:
        """The rows in which every word is found, sorted.

        Args:
            text: Words in name, host, tags or comment; ``tag:WORD`` for tags only.
            profile: The order; None for `default_sort`.
            view: A key of `views()`: "all", "favourites", "recent", "never", "demo", "mine", "list:NAME".
        """
        return self._indexed().search(text, profile or self.default_sort, view)

    @property
    def default_sort(self) -> Sort:
        """The order that was chosen last; else by last call once there was any, else by name."""
        chosen = self._state.note("sort")
        if chosen in Sort.__members__:
            return Sort[chosen]
        called = self.log.stats or any(row.last_call is not None for row in self.rows())
        return Sort.LAST_CALL if called else Sort.NAME

    def choose_sort(self, profile: Sort) -> None:
        """Remember an order for the next time.

        Raises:
            BookError: The state cannot be saved.
        """
        self._state.set_note("sort", profile.name)

    @property
    def answers(self) -> State:
        """Where small answers are remembered (`note`, `set_note`), such as whether to log in by itself."""
        return self._state

    def views(self) -> list[View]:
        """The virtual lists and the imported ones, with their sizes."""
        return self._indexed().views()

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with the number of its entries, the most common first."""
        return self._indexed().tags()

    def lists(self) -> list[ListInfo]:
        """The imported lists: name, source, date, size."""
        return self._lists.infos()

    # --- calls and probes ----------------------------------------------------------

    def record_call(
        self,
        entry: Entry | None,
        *,
        address: str,
        started: float,
        seconds: float,
        result: str,
        connected: bool = True,
        received: int = 0,
        sent: int = 0,
        capture: str = "",
    ) -> None:
        """Write a call down; see `CallRecord`. `entry` is None for whoever is at the address.

        Raises:
            BookError: The state cannot be saved.
        """
        if entry is None:
            entry = self.at(address)
        entry_id = entry.id if entry and not self._quick.has(entry.id) else ""
        call = CallRecord(entry_id, address, int(started), seconds, result, received, sent, capture)
        self.log.record(call, connected=connected)
        self._stale = True

    def history(self, entry: Entry, limit: int = 200) -> list[CallRecord]:
        """The calls of an entry, the newest first."""
        if self._quick.has(entry.id):
            return self.log.of_stranger(entry.address, limit)
        return self.log.of(entry.id, limit)

    def recent_calls(self, limit: int = 200) -> list[CallRecord]:
        """All calls, the newest first."""
        return self.log.recent(limit)

    def stats(self, entry: Entry) -> Stats:
        """An entry's sums: calls, last call, seconds, bytes."""
        return self.log.stats.get(entry.id) or self._quick.stats.get(entry.id, Stats())

    def probe(self, entry: Entry) -> Probe | None:
        """What a probe found less than an hour ago; None if it is time to ask again, or nobody ever did."""
        return self.log.probe(entry.host, entry.port)

    # --- importing ------------------------------------------------------------------

    def plan_import(self, reading: Reading, *, source: str, target: str) -> Plan:
        """What an import would do; nothing is changed.

        Args:
            reading: From `importers.read_source`.
            source: Where it comes from, for the user.
            target: The list that new entries go to; `MINE` for the user's own.
        """
        from bbsterm.book.importing import make_plan  # here, not above: few runs import anything

        existing = [(MINE, entry) for entry in self.mine]
        for info in self.lists():
            existing += [(info.name, entry) for entry in self._lists.entries(info.name).values()]
        return make_plan(reading, existing, target=target, source=source, now=self._now())

    # --- inside ---------------------------------------------------------------------

    def _indexed(self) -> Index:
        if self._stale:
            listed = [Source(info.name, self._lists.entries(info.name).values()) for info in self.lists()]
            self._quick.load(
                entry for source in (self.mine, *(each.entries for each in listed)) for entry in source
            )
            quick = Source(QUICK, self._quick.entries)
            sources = [Source(MINE, self.mine), *listed, quick, Source(None, [DEMO])]
            self._index.fill(sources, {**self.log.stats, **self._quick.stats})
            self._stale = False
        return self._index
