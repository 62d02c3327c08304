"""The wall: one-liners that callers leave for those who come after, kept in sqlite."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from bbsterm import limits
from bbsterm.errors import StorageError

__all__ = ["OneLiner", "Wall"]

_T = TypeVar("_T")

_SCHEMA: Final = 1
_CREATE: Final = """
    CREATE TABLE IF NOT EXISTS wall (
        id INTEGER PRIMARY KEY,
        written TEXT NOT NULL,
        author TEXT NOT NULL,
        line TEXT NOT NULL
    )
"""
_KEEP_THE_NEWEST: Final = "DELETE FROM wall WHERE id <= (SELECT MAX(id) FROM wall) - ?"
_LATEST: Final = "SELECT written, author, line FROM wall ORDER BY id DESC LIMIT ?"


@dataclass(frozen=True, slots=True)
class OneLiner:
    """One line of the wall; `written` is in UTC."""

    written: datetime
    author: str
    line: str


class Wall:
    """The wall in a file, or in memory where `path` is None.

    The database has a thread of its own: a disk that takes its time must not keep the callers waiting.

    Raises:
        StorageError: From every method: the file cannot be read or written, or is of a newer version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path: Final = path
        self._thread: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wall")
        self._database: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Open the file, made with its folder when it is not there (mode 0600, 0700)."""
        await self._do(self._open)

    async def add(self, one_liner: OneLiner) -> None:
        """Write a line; the oldest go when there are more than `limits.MAX_WALL_ENTRIES`."""
        row = (one_liner.written.astimezone(UTC).isoformat(), one_liner.author, one_liner.line)
        await self._do(lambda: self._add(row))

    async def latest(self, count: int) -> list[OneLiner]:
        """The newest lines, oldest first."""
        rows = await self._do(lambda: self._opened().execute(_LATEST, (count,)).fetchall())
        return [OneLiner(datetime.fromisoformat(row[0]), row[1], row[2]) for row in reversed(rows)]

    async def close(self) -> None:
        """Close the file and end the thread. Safe to call twice."""
        if self._database is not None:
            await self._do(self._opened().close)
            self._database = None
        self._thread.shutdown(wait=False)

    async def _do(self, work: Callable[[], _T]) -> _T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except (sqlite3.Error, OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise StorageError(self._path, (reason or str(error)).lower()) from error

    def _open(self) -> None:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._path.touch(mode=0o600)
        database = sqlite3.connect(self._path or ":memory:", timeout=5)
        try:
            self._prepare(database)
        except BaseException:
            database.close()
            raise
        self._database = database

    def _prepare(self, database: sqlite3.Connection) -> None:
        database.execute("PRAGMA journal_mode = WAL")
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > _SCHEMA:
            raise ValueError(f"written by a newer version of bbsterm (schema {version})")
        with database:
            database.execute(_CREATE)
            database.execute(f"PRAGMA user_version = {_SCHEMA}")

    def _add(self, row: tuple[str, str, str]) -> None:
        database = self._opened()
        with database:
            database.execute("INSERT INTO wall (written, author, line) VALUES (?, ?, ?)", row)
            database.execute(_KEEP_THE_NEWEST, (limits.MAX_WALL_ENTRIES,))

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            raise ValueError("the wall is not open")
        return self._database
