"""Imported lists: boards of others, read-only until one is edited and so becomes the user's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bbsterm.book.entry import Entry
from bbsterm.book.plain import from_json_rows, to_json
from bbsterm.book.state import State

__all__ = ["ListChange", "ListInfo", "Lists"]


class ListInfo(NamedTuple):
    """A list: its name, the file it came from, when (seconds since 1970), and how many entries it has."""

    name: str
    source: str
    imported: int
    entries: int


@dataclass(frozen=True, slots=True)
class ListChange:
    """What happens to one list.

    Attributes:
        name: The list; made if it is new, dropped when its last entry goes.
        source: The file it comes from.
        entries: New state by id; None takes an entry out.
        positions: Where in the list entries go that it does not have; the end if nothing is said.
    """

    name: str
    source: str
    entries: Mapping[str, Entry | None]
    positions: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _List:
    info: ListInfo
    entries: dict[str, Entry]
    positions: dict[str, int]


class Lists:
    """All imported lists, in memory as well."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._lists: dict[str, _List] = {}
        self.load()

    def load(self) -> None:
        """Read them anew."""
        query = "SELECT name, source, imported FROM lists ORDER BY position, name"
        found = {}
        for name, source, imported in self._state.rows(query):
            rows = self._state.rows(
                "SELECT id, position, entry FROM list_entries WHERE list = ? ORDER BY position", (name,)
            )
            entries = {entry.id: entry for entry in from_json_rows(row[2] for row in rows)}
            info = ListInfo(name, source, imported, len(entries))
            found[name] = _List(info, entries, {row[0]: row[1] for row in rows})
        self._lists = found

    def infos(self) -> list[ListInfo]:
        """Every list."""
        return [each.info for each in self._lists.values()]

    def entries(self, name: str) -> Mapping[str, Entry]:
        """The entries of one list by id; none if there is no such list."""
        return self._lists[name].entries if name in self._lists else {}

    def source(self, name: str) -> str:
        """The file that a list came from."""
        return self._lists[name].info.source if name in self._lists else ""

    def position(self, name: str, entry_id: str) -> int:
        """Where in its list an entry stands."""
        return self._lists[name].positions[entry_id]

    def find(self, entry_id: str) -> tuple[str, Entry] | None:
        """The first list that has an entry, and the entry."""
        for name, each in self._lists.items():
            if entry_id in each.entries:
                return name, each.entries[entry_id]
        return None

    def apply(self, changes: Iterable[ListChange], now: float) -> None:
        """Save changes, all of them or none.

        Raises:
            BookError: The state cannot be saved.
        """
        with self._state.writing() as connection:
            for change in changes:
                self._apply(connection, change, int(now))
        self.load()

    def _apply(self, connection: sqlite3.Connection, change: ListChange, now: int) -> None:
        connection.execute(
            "INSERT INTO lists (name, source, imported, position) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET source = excluded.source, imported = excluded.imported",
            (change.name, change.source, now, len(self._lists) + 1),
        )
        gone = [(change.name, key) for key, entry in change.entries.items() if entry is None]
        connection.executemany("DELETE FROM list_entries WHERE list = ? AND id = ?", gone)
        query = "SELECT COALESCE(MAX(position), 0) FROM list_entries WHERE list = ?"
        last = connection.execute(query, (change.name,)).fetchone()[0]
        kept = [
            (change.name, key, change.positions.get(key, last + number), to_json(entry))
            for number, (key, entry) in enumerate(change.entries.items(), 1)
            if entry is not None
        ]
        connection.executemany(
            "INSERT INTO list_entries (list, id, position, entry) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (list, id) DO UPDATE SET entry = excluded.entry",
            kept,
        )
        connection.execute(
            "DELETE FROM lists WHERE name = ? AND NOT EXISTS (SELECT * FROM list_entries WHERE list = ?)",
            (change.name, change.name),
        )
