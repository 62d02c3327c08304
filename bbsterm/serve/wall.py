"""The wall: one-liners that callers leave for those who come after."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bbsterm import limits
from bbsterm.serve.store.database import Database

__all__ = ["OneLiner", "Wall"]

_INSERT: Final = "INSERT INTO wall (written, author, line) VALUES (?, ?, ?)"
_KEEP_THE_NEWEST: Final = "DELETE FROM wall WHERE id <= (SELECT MAX(id) FROM wall) - ?"
_LATEST: Final = "SELECT written, author, line FROM wall ORDER BY id DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class OneLiner:
    """One line of the wall; `written` is in UTC."""

    written: datetime
    author: str
    line: str


class Wall:
    """The wall, in the board's database.

    Raises:
        StorageError: From every method: the file cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def add(self, one_liner: OneLiner) -> None:
        """Write a line; the oldest go when there are more than `limits.MAX_WALL_ENTRIES`."""
        row = (one_liner.written.astimezone(UTC).isoformat(), one_liner.author, one_liner.line)

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(_INSERT, row)
            connection.execute(_KEEP_THE_NEWEST, (limits.MAX_WALL_ENTRIES,))

        await self._database.write(work)

    async def latest(self, count: int) -> list[OneLiner]:
        """The newest lines, oldest first."""
        rows = await self._database.read(lambda connection: connection.execute(_LATEST, (count,)).fetchall())
        return [OneLiner(datetime.fromisoformat(row[0]), row[1], row[2]) for row in reversed(rows)]
