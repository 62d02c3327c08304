"""The board's sqlite file: one connection, in a thread of its own; several processes may share the file."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Final, TypeVar

from bbsterm.errors import StorageError
from bbsterm.serve.store.schema import MIGRATIONS

__all__ = ["BUSY_SECONDS", "Database"]

_T = TypeVar("_T")

BUSY_SECONDS: Final = 5.0
"""How long a process waits for another one that is writing."""

_PRAGMAS: Final = ("PRAGMA foreign_keys = ON", "PRAGMA synchronous = FULL")


class Database:
    """The file, or memory where `path` is None.

    A disk that takes its time must not keep the callers waiting: everything runs in one thread. What `write`
    has returned from is on the disk; a process that is killed loses nothing of it (WAL, synchronous FULL).

    Raises:
        StorageError: From every method: the file cannot be read or written, or is of a newer version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path: Final = path
        self._thread: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="board store")
        self._connection: sqlite3.Connection | None = None

    async def open(self) -> None:
        """Open the file, made with its folder where there is none (mode 0600, 0700), and migrate it."""
        if self._connection is None:
            await self._do(self._open)

    async def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run `work` on the connection; it changes nothing."""
        return await self._do(lambda: work(self._opened()))

    async def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run `work` in one transaction: all of it is kept, or, where it raises, nothing."""
        return await self._do(lambda: _transaction(self._opened(), work))

    async def close(self) -> None:
        """Close the file and end the thread. Safe to call twice."""
        if self._connection is not None:
            await self._do(self._opened().close)
            self._connection = None
        self._thread.shutdown(wait=False)

    async def _do(self, work: Callable[[], _T]) -> _T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except (sqlite3.Error, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            raise StorageError(self.path, (reason or str(error)).lower()) from error
        except RuntimeError as error:  # the thread has ended
            raise StorageError(self.path, "the board's files are closed") from error

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StorageError(self.path, "the board's files are not open")
        return self._connection

    def _open(self) -> None:
        if self.path is not None:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(mode=0o600)
        connection = sqlite3.connect(self.path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        _use_wal(connection)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.create_function("folded", 1, str.casefold, deterministic=True)
        _transaction(connection, self._migrate)

    def _migrate(self, connection: sqlite3.Connection) -> None:
        """Do what is missing, by the schema's number. A process that comes at the same time waits."""
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise StorageError(self.path, f"written by a newer version of bbsterm (schema {version})")
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _use_wal(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. Processes that start together get in each other's way there."""
    pause = threading.Event()
    for attempt in range(20):
        try:
            with closing(connection.execute("PRAGMA journal_mode = WAL")):
                return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or attempt == 19:
                raise
            pause.wait(0.05)


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], _T]) -> _T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    try:
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result
