"""Who has an account: names, passwords, settings, and who is a sysop."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, TypeVar

from bbsterm import limits
from bbsterm.serve.store.database import Database
from bbsterm.serve.store.passwords import hash_password, is_stale, verify

__all__ = ["NameTakenError", "User", "Users", "fold"]

_T = TypeVar("_T")

_COLUMNS: Final = (
    "id, name, created, last_call, calls, sysop, banned, location, about, pages, pause, news, password"
)
_HASHING_THREADS: Final = 2
"""Passwords tried at the same time: each takes 16 MiB and a core for a moment."""


class NameTakenError(Exception):
    """Somebody has an account of this name."""


@dataclass(frozen=True, slots=True)
class User:
    """One account.

    Attributes:
        id: Its number; never given to another.
        name: As its owner spells it.
        created: When it was made, in UTC.
        last_call: When its owner came last, in UTC; None before the first call.
        calls: How many calls there have been.
        sysop: Whether it may do what a sysop may.
        banned: Why it is shut; empty for an open one.
        location: Where its owner says to be.
        about: A line about its owner.
        pages: Whether private pages reach its owner.
        pause: Whether long texts stop at each screen.
        news: Whether new messages are told at login.
    """

    id: int
    name: str
    created: datetime
    last_call: datetime | None = None
    calls: int = 0
    sysop: bool = False
    banned: str = ""
    location: str = ""
    about: str = ""
    pages: bool = True
    pause: bool = True
    news: bool = True


class Users:
    """The accounts.

    Raises:
        StorageError: From every method: the board's file cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database
        self._hashing = ThreadPoolExecutor(_HASHING_THREADS, thread_name_prefix="password")

    def close(self) -> None:
        """End the threads that hash."""
        self._hashing.shutdown(wait=False)

    async def create(self, name: str, password: str, *, now: datetime, sysop: bool = False) -> User:
        """Make an account.

        Raises:
            NameTakenError: There is one of this name.
        """
        kept = await self._hash(lambda: hash_password(password))
        row = (name, fold(name), kept, now.astimezone(UTC).isoformat(), sysop)

        def insert(connection: sqlite3.Connection) -> User | None:
            (count,) = connection.execute("SELECT COUNT(*) FROM users").fetchone()
            if count >= limits.MAX_USERS:
                raise sqlite3.DatabaseError(f"there is no room for more than {limits.MAX_USERS} accounts")
            connection.execute(
                "INSERT OR IGNORE INTO users (name, folded, password, created, sysop) VALUES (?, ?, ?, ?, ?)",
                row,
            )
            (changed,) = connection.execute("SELECT changes()").fetchone()
            return _find(connection, row[1]) if changed else None

        user = await self._database.write(insert)
        if user is None:
            raise NameTakenError(name)
        return user

    async def find(self, name: str) -> User | None:
        """The account of this name, in whatever case it is spelled."""
        return await self._database.read(lambda connection: _find(connection, fold(name)))

    async def check(self, name: str, password: str) -> User | None:
        """The account, if this is its password."""
        kept = await self._database.read(lambda connection: _password(connection, fold(name)))
        if kept is None or not await self._hash(lambda: verify(password, kept)):
            return None
        if is_stale(kept):
            await self.set_password(name, password)
        return await self.find(name)

    async def set_password(self, name: str, password: str) -> None:
        """Give an account another password."""
        kept = await self._hash(lambda: hash_password(password))
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE users SET password = ? WHERE folded = ?", (kept, fold(name))
            )
        )

    async def save(self, user: User) -> None:
        """Keep what its owner has set, and what a sysop has decided."""
        row = (
            user.sysop,
            user.banned or None,
            user.location,
            user.about,
            user.pages,
            user.pause,
            user.news,
            user.id,
        )
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE users SET sysop=?, banned=?, location=?, about=?, pages=?, pause=?, news=? "
                "WHERE id = ?",
                row,
            )
        )

    async def called(self, user: User, *, now: datetime) -> User:
        """Note that its owner is here now; the answer has this call in it."""
        when = now.astimezone(UTC)
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE users SET last_call = ?, calls = calls + 1 WHERE id = ?", (when.isoformat(), user.id)
            )
        )
        return replace(user, last_call=when, calls=user.calls + 1)

    async def list(self, *, after: str = "", count: int = 50) -> list[User]:
        """Accounts by name, from the one behind `after` on."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_COLUMNS} FROM users WHERE folded > ? ORDER BY folded LIMIT ?", (fold(after), count)
            ).fetchall()
        )
        return [_user(row) for row in rows]

    async def _hash(self, work: Callable[[], _T]) -> _T:
        return await asyncio.get_running_loop().run_in_executor(self._hashing, work)


def fold(name: str) -> str:
    """A name as it is compared: "ANN" and "Ann" are one."""
    return " ".join(name.casefold().split())


def _find(connection: sqlite3.Connection, folded: str) -> User | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM users WHERE folded = ?", (folded,)).fetchone()
    return _user(row) if row else None


def _password(connection: sqlite3.Connection, folded: str) -> str | None:
    row = connection.execute("SELECT password FROM users WHERE folded = ?", (folded,)).fetchone()
    return str(row[0]) if row else None


def _user(row: tuple[object, ...]) -> User:
    number, name, created, last_call, calls, sysop, banned, location, about, pages, pause, news, _ = row
    return User(
        id=int(str(number)),
        name=str(name),
        created=datetime.fromisoformat(str(created)),
        last_call=datetime.fromisoformat(str(last_call)) if last_call else None,
        calls=int(str(calls)),
        sysop=bool(sysop),
        banned=str(banned or ""),
        location=str(location),
        about=str(about),
        pages=bool(pages),
        pause=bool(pause),
        news=bool(news),
    )
