"""Undo steps and the trash: what every change was before, kept for as long as somebody may want it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bbsterm import limits
from bbsterm.book.state import State

__all__ = ["TRASH_DAYS", "Journal", "Step", "Trashed"]

TRASH_DAYS: Final = 30
"""Days that a deleted entry stays in the trash."""

_DAY: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the user did, with what it takes to undo it.

    Attributes:
        label: In words: "Deleted Xibalba".
        mine: Own entries that changed: id, block before, block after ("" for none), and what it followed.
        lists: Entries of lists that changed: list, source, id, entry before as JSON ("" for none), position.
        number: Its place in the journal; later ones are higher.
    """

    label: str
    mine: tuple[tuple[str, str, str, str], ...] = ()
    lists: tuple[tuple[str, str, str, str, int], ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Trashed:
    """A deleted entry: its id, when, the list it was in ("" for the user's own), where, and its block."""

    id: str
    deleted: int
    list: str
    follows: str
    text: str


class Journal:
    """The undo steps and the trash in the state database."""

    def __init__(self, state: State, *, now: Callable[[], float]) -> None:
        self._state = state
        self._now = now

    def add(self, step: Step, trashed: tuple[Trashed, ...] = ()) -> int:
        """Write a step down before it is done; return its number. What it deletes goes into the trash.

        Raises:
            BookError: The state cannot be saved.
        """
        now = int(self._now())
        with self._state.writing() as connection:
            row = (now, step.label, json.dumps([step.mine, step.lists], ensure_ascii=False))
            cursor = connection.execute("INSERT INTO undo (done, label, step) VALUES (?, ?, ?)", row)
            number = int(cursor.lastrowid or 0)
            connection.execute("DELETE FROM undo WHERE number <= ?", (number - limits.MAX_UNDO,))
            rows = [(each.id, each.deleted, each.list, each.follows, each.text) for each in trashed]
            connection.executemany("INSERT OR REPLACE INTO trash VALUES (?, ?, ?, ?, ?)", rows)
            connection.execute("DELETE FROM trash WHERE deleted < ?", (now - TRASH_DAYS * _DAY,))
        return number

    def last(self) -> Step | None:
        """What would be undone next."""
        rows = self._state.rows("SELECT number, label, step FROM undo ORDER BY number DESC LIMIT 1")
        return _step(*rows[0]) if rows else None

    def forget(self, number: int) -> None:
        """A step has been undone, or has never been done.

        Raises:
            BookError: The state cannot be saved.
        """
        with self._state.writing() as connection:
            connection.execute("DELETE FROM undo WHERE number = ?", (number,))

    def trash(self) -> list[Trashed]:
        """What was deleted in the last 30 days, the newest first."""
        query = "SELECT * FROM trash WHERE deleted >= ? ORDER BY deleted DESC, id"
        return [Trashed(*row) for row in self._state.rows(query, (int(self._now()) - TRASH_DAYS * _DAY,))]

    def take_back(self, *ids: str) -> None:
        """Entries are in the book again.

        Raises:
            BookError: The state cannot be saved.
        """
        with self._state.writing() as connection:
            connection.executemany("DELETE FROM trash WHERE id = ?", [(each,) for each in ids])


def _step(number: int, label: str, text: str) -> Step:
    mine, lists = _tuples(json.loads(text))
    return Step(label, mine, lists, number)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
