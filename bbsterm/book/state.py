"""state.sqlite3: imported lists, call history and statistics, probes, TLS pins, trash, undo steps.

Everything here can be lost without losing the user's own entries, and yet it should not be: write-ahead log,
full synchronisation, a check on open, a backup each week. A file that is broken is set aside, never deleted.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from bbsterm.book import files
from bbsterm.book.document import Notice
from bbsterm.errors import BookError

__all__ = ["State"]

_VERSION: Final = 2
_BUSY_MILLISECONDS: Final = 5000
_BACKUP_EVERY: Final = 7 * 24 * 3600
_BACKUPS: Final = 4

_UNRECORDED: Final = "lists and history of this run are not kept"

_SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE lists (name TEXT PRIMARY KEY, source TEXT NOT NULL, imported INTEGER NOT NULL, position INTEGER);
CREATE TABLE list_entries (
    list TEXT NOT NULL REFERENCES lists (name) ON DELETE CASCADE,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    entry TEXT NOT NULL,
    PRIMARY KEY (list, id)
);
CREATE TABLE calls (
    number INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    address TEXT NOT NULL,
    started INTEGER NOT NULL,
    seconds REAL NOT NULL,
    result TEXT NOT NULL,
    received INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    capture TEXT NOT NULL
);
CREATE INDEX calls_by_entry ON calls (entry, started);
CREATE TABLE stats (
    entry TEXT PRIMARY KEY,
    calls INTEGER NOT NULL,
    last_call INTEGER,
    seconds REAL NOT NULL DEFAULT 0,
    received INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE probes (
    place TEXT PRIMARY KEY,
    checked INTEGER NOT NULL,
    up INTEGER NOT NULL,
    tls INTEGER,
    milliseconds REAL,
    banner TEXT NOT NULL DEFAULT '',
    banner_changed INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE pins (
    place TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE trash (
    id TEXT PRIMARY KEY,
    deleted INTEGER NOT NULL,
    list TEXT NOT NULL,
    follows TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE undo (
    number INTEGER PRIMARY KEY,
    done INTEGER NOT NULL,
    label TEXT NOT NULL,
    step TEXT NOT NULL
);
CREATE TABLE encodings (address TEXT PRIMARY KEY, kind TEXT NOT NULL, encoding TEXT NOT NULL);
CREATE TABLE parsed (digest TEXT PRIMARY KEY, document TEXT NOT NULL);
"""

_STEPS: Final = {
    1: "CREATE TABLE encodings (address TEXT PRIMARY KEY, kind TEXT NOT NULL, encoding TEXT NOT NULL)",
}
"""What makes the next version of each earlier one."""


class State:
    """The database, opened so that it always works: for this run in memory, if it must be."""

    def __init__(self, path: Path, *, now: Callable[[], float]) -> None:
        """Open or create it.

        Args:
            path: state.sqlite3. Its folder is made if need be.
            now: The time in seconds since 1970.
        """
        self.path = path
        self.notices: list[Notice] = []
        self._now = now
        self._connection = self._open()
        self._seen = self._data_version()

    def close(self) -> None:
        """Close the file. Nothing else may be called afterwards."""
        self._connection.close()

    def changed(self) -> bool:
        """Whether another program has written since we looked last."""
        version = self._data_version()
        changed, self._seen = version != self._seen, version
        return changed

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing.

        Raises:
            BookError: The disk is full, another program holds the file for long, or it broke.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise BookError(f"cannot save {self.path.name}: {error}", hint="Nothing was changed.") from error

    def rows(self, query: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """What a query finds.

        Raises:
            BookError: The file broke while we were using it.
        """
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise BookError(f"cannot read {self.path.name}: {error}") from error

    def note(self, key: str) -> str:
        """Something small that is remembered, such as the order of the dialer; empty if it never was."""
        rows = self.rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def set_note(self, key: str, value: str) -> None:
        """Remember something small.

        Raises:
            BookError: The state cannot be saved.
        """
        with self.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # --- opening --------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection:
        try:
            files.make_folder(self.path.parent)
            return self._open_file()
        except _NewerError as newer:
            self._say(f"written by a newer bbsterm ({newer.version}); {_UNRECORDED}")
        except sqlite3.DatabaseError as error:
            if _is_broken(error):
                return self._recover(error)
            self._say(f"cannot be used: {error}; {_UNRECORDED}")
        except OSError as error:
            self._say(f"cannot be used: {error.strerror}; {_UNRECORDED}")
        return self._in_memory()

    def _open_file(self) -> sqlite3.Connection:
        if not self.path.exists():
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self.path, isolation_level=None, timeout=_BUSY_MILLISECONDS / 1000)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            if mode != "wal":  # some network file systems
                self._say("this file system has no write-ahead log: saving is slower")
            connection.execute("PRAGMA synchronous = FULL")
            self._check(connection)
            self._migrate(connection)
            self._back_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise sqlite3.DatabaseError(f"malformed: {found}")

    def _migrate(self, connection: sqlite3.Connection) -> None:
        if self._version_of(connection) == _VERSION:
            return
        connection.execute("BEGIN IMMEDIATE")
        version = self._version_of(connection)  # again: another program may have been faster
        if version > _VERSION:
            connection.execute("ROLLBACK")
            raise _NewerError(version)
        if version == 0:
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            created = str(int(self._now()))
            connection.execute("INSERT INTO meta VALUES ('created', ?)", (created,))
        else:
            for earlier in range(version, _VERSION):
                connection.execute(_STEPS[earlier])
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("COMMIT")

    def _version_of(self, connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])

    def _back_up(self, connection: sqlite3.Connection) -> None:
        """A copy each week, made by sqlite itself."""
        kept = files.versions(self.path, self._backups)
        with suppress(OSError, sqlite3.Error):
            if kept and self._now() - kept[0].path.stat().st_mtime < _BACKUP_EVERY:
                return
            if not connection.execute("SELECT EXISTS (SELECT * FROM calls) OR EXISTS (SELECT * FROM lists)"):
                return
            files.make_folder(self._backups)
            number = kept[0].number + 1 if kept else 1
            name = self._backups / f"{self.path.stem}.{number:06d}.{files.stamp(self._now())}.sqlite3"
            os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            copy = sqlite3.connect(name)
            try:
                connection.backup(copy)
            finally:
                copy.close()
            for version in files.versions(self.path, self._backups)[_BACKUPS:]:
                version.path.unlink()

    def _recover(self, error: sqlite3.DatabaseError) -> sqlite3.Connection:
        """Set the broken file aside, and begin with the last backup that is whole."""
        aside = self.path.with_name(f"{self.path.name}.broken-{files.stamp(self._now())}")
        try:
            for suffix in ("", "-wal", "-shm"):
                with suppress(FileNotFoundError):
                    os.replace(f"{self.path}{suffix}", f"{aside}{suffix}")
            for backup in files.versions(self.path, self._backups):
                with suppress(sqlite3.DatabaseError, OSError):
                    files.replace(self.path, backup.path.read_bytes())
                    connection = self._open_file()
                    self._say(f"{error}; it is now {aside.name}, and {backup.path.name} takes its place")
                    return connection
                for suffix in ("", "-wal", "-shm"):
                    Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            connection = self._open_file()
        except (sqlite3.Error, OSError) as failed:
            self._say(f"{error}, and cannot be replaced: {failed}; {_UNRECORDED}")
            return self._in_memory()
        self._say(f"{error}; it is now {aside.name}, lists and history begin anew")
        return connection

    def _in_memory(self) -> sqlite3.Connection:
        """A database for this run, with what the file has if it can at least be read."""
        connection = sqlite3.connect(":memory:", isolation_level=None)
        with suppress(sqlite3.Error):
            source = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            try:
                if self._version_of(source) == _VERSION:
                    source.backup(connection)
            finally:
                source.close()
        self._migrate(connection)
        return connection

    @property
    def _backups(self) -> Path:
        return self.path.parent / "backups"

    def _data_version(self) -> int:
        with suppress(sqlite3.Error):
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        return -1

    def _say(self, text: str) -> None:
        self.notices.append(Notice(self.path, None, text))


class _NewerError(Exception):
    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is at fault, not a lock, the disk or its mode."""
    return not isinstance(error, sqlite3.OperationalError) or "malformed" in str(error)
