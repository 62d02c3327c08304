"""Who was called, when, with what result, in which character set: a small sqlite database of the user's."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bbsterm.errors import ConfigError
from bbsterm.limits import MAX_ENCODINGS_KEPT

__all__ = ["CallHistory", "RecentCall"]

_SCHEMA: Final = 2
_CREATE: Final = """
create table if not exists calls (
    id integer primary key,
    address text not null,
    name text not null,
    kind text not null,
    started real not null,
    seconds real not null,
    result text not null
);
create index if not exists calls_by_address on calls (address, started);
create table if not exists encodings (
    address text primary key,
    kind text not null,
    encoding text not null
);
pragma user_version = 2;
"""
_RECENT: Final = """
select name, address, kind, max(started), count(*) from calls
group by address order by max(started) desc limit ?
"""
_PATIENCE: Final = 5.0  # s for another program that is writing


@dataclass(frozen=True, slots=True)
class RecentCall:
    """A board that was called before.

    Attributes:
        name: What it was called on the screen.
        address: As `str(Address)` writes it.
        kind: The emulation.
        last_call: Seconds since 1970, UTC.
        calls: How often.
    """

    name: str
    address: str
    kind: str
    last_call: float
    calls: int


class CallHistory:
    """The calls of the past. The file is made by the first `record`, for the user alone (0600).

    Every method may raise `ConfigError`: the file is damaged, locked, of a newer version, or its folder
    cannot be written. A program that only wants to show a list says so and goes on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def record(
        self,
        address: str,
        *,
        name: str = "",
        kind: str = "ansi",
        seconds: float = 0.0,
        result: str = "",
        started: float | None = None,
    ) -> None:
        """Remember one call, and forget the oldest beyond `MAX_ENCODINGS_KEPT`.

        Args:
            address: As `str(Address)` writes it.
            name: What the board is called on the screen.
            kind: The emulation.
            seconds: How long the line was open.
            result: How it ended, for a person.
            started: Seconds since 1970; now if None.
        """
        with self._open(create=True) as database:
            database.execute(
                "insert into calls (address, name, kind, started, seconds, result) values (?, ?, ?, ?, ?, ?)",
                (address, name, kind, time.time() if started is None else started, seconds, result[:256]),
            )
            database.execute(
                "delete from calls where id <= (select max(id) from calls) - ?",
                (MAX_ENCODINGS_KEPT,),
            )

    def recent(self, limit: int = 100) -> list[RecentCall]:
        """The boards that were called, latest first, each once."""
        if not self._path.exists():
            return []
        with self._open(create=False) as database:
            return [RecentCall(*row) for row in database.execute(_RECENT, (limit,))]

    def forget(self, address: str) -> None:
        """Remember no call to this board, nor its character set."""
        if self._path.exists():
            with self._open(create=False) as database:
                database.execute("delete from calls where address = ?", (address,))
                database.execute("delete from encodings where address = ?", (address,))

    def choose_encoding(self, address: str, kind: str, encoding: str) -> None:
        """Remember in which character set, on which emulation, a person wants to read a board."""
        with self._open(create=True) as database:
            database.execute("delete from encodings where address = ?", (address,))
            database.execute(
                "insert into encodings (address, kind, encoding) values (?, ?, ?)", (address, kind, encoding)
            )
            database.execute(
                "delete from encodings where rowid <= (select max(rowid) from encodings) - ?",
                (MAX_ENCODINGS_KEPT,),
            )

    def chosen_encoding(self, address: str) -> tuple[str, str] | None:
        """The emulation and the character set chosen for a board; None if nobody ever chose."""
        if not self._path.exists():
            return None
        with self._open(create=False) as database:
            query = "select kind, encoding from encodings where address = ?"
            found: tuple[str, str] | None = database.execute(query, (address,)).fetchone()
            return found

    @contextlib.contextmanager
    def _open(self, *, create: bool) -> Iterator[sqlite3.Connection]:
        try:
            if create:
                self._create()
            with contextlib.closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as database:
                self._prepare(database)
                with database:  # one transaction
                    yield database
        except (sqlite3.Error, OSError) as error:
            raise ConfigError(self._path, None, f"the call history cannot be used: {error}") from error

    def _create(self) -> None:
        """Make the file with its mode, rather than change the mode of a file that somebody may have open."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def _prepare(self, database: sqlite3.Connection) -> None:
        (version,) = database.execute("pragma user_version").fetchone()
        if version > _SCHEMA:
            reason = f"it was written by a newer version (schema {version}, we know {_SCHEMA})"
            raise ConfigError(self._path, None, reason)
        if version == 0:
            database.execute("pragma journal_mode = wal")
        if version < _SCHEMA:
            database.executescript(f"begin immediate;{_CREATE}commit;")
