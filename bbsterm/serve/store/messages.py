"""Public messages: areas, threads, and how far each user has read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bbsterm import limits
from bbsterm.serve.store.database import Database

__all__ = ["Draft", "Messages", "Post", "Quota", "Thread"]

_COLUMNS: Final = "id, area, thread, parent, author, written, subject, body"
_DAY: Final = timedelta(days=1)
_KEEP: Final = """
    DELETE FROM posts WHERE thread IN (
        SELECT thread FROM posts GROUP BY thread ORDER BY MAX(id) LIMIT 1
    ) AND (SELECT COUNT(*) FROM posts) > ?
"""
_THREADS: Final = """
    SELECT first.id, first.subject, first.author, COUNT(*), MAX(posts.id), MAX(posts.written)
    FROM posts JOIN posts AS first ON first.id = posts.thread
    WHERE posts.area = ? GROUP BY posts.thread ORDER BY MAX(posts.id) DESC LIMIT ? OFFSET ?
"""


class Quota(Exception):
    """Somebody has written as much as one may in a day. `str()` says how much that is."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that has not been posted yet; its text has been made harmless."""

    area: str
    author: str
    user: int
    subject: str
    body: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One message. `thread` is the number of the one that began it; `written` is in UTC."""

    id: int
    area: str
    thread: int
    parent: int | None
    author: str
    written: datetime
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A message and what was said to it; `newest` is the last one's number."""

    id: int
    subject: str
    author: str
    count: int
    newest: int
    written: datetime


class Messages:
    """The message areas.

    Raises:
        StorageError: From every method: the board's file cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def post(self, draft: Draft, *, now: datetime) -> Post:
        """Keep a message; the thread that has been silent for longest goes when there are too many.

        Raises:
            Quota: Its author has posted `limits.MAX_POSTS_PER_DAY` since this time yesterday.
        """
        return await self._database.write(lambda connection: _post(connection, draft, now.astimezone(UTC)))

    async def get(self, number: int) -> Post | None:
        """One message."""
        rows = await self._select("WHERE id = ?", number)
        return rows[0] if rows else None

    async def threads(self, area: str, *, count: int, skip: int = 0) -> list[Thread]:
        """The threads of an area, the liveliest first."""
        rows = await self._database.read(
            lambda connection: connection.execute(_THREADS, (area, count, skip)).fetchall()
        )
        return [
            Thread(number, subject, author, count, newest, datetime.fromisoformat(written))
            for number, subject, author, count, newest, written in rows
        ]

    async def thread(self, number: int) -> list[Post]:
        """All messages of a thread, in the order in which they were written."""
        return await self._select("WHERE thread = ? ORDER BY id LIMIT ?", number, limits.MAX_THREAD)

    async def unread(self, area: str, user: int) -> list[Post]:
        """What others have posted since a user read last, oldest first; `limits.MAX_THREAD` at a time."""
        return await self._select(
            "WHERE area = ? AND user IS NOT ? AND id > "
            "(SELECT COALESCE(MAX(seen), 0) FROM pointers WHERE user = ? AND area = ?) ORDER BY id LIMIT ?",
            *(area, user, user, area, limits.MAX_THREAD),
        )

    async def counts(self, area: str, user: int | None) -> tuple[int, int]:
        """How many messages an area has, and how many of them a user has not seen."""
        query = """
            SELECT COUNT(*), COUNT(CASE WHEN user IS NOT ? AND id > (
                SELECT COALESCE(MAX(seen), 0) FROM pointers WHERE user = ? AND area = ?
            ) THEN 1 END) FROM posts WHERE area = ?
        """
        row = await self._database.read(
            lambda connection: connection.execute(query, (user, user, area, area)).fetchone()
        )
        return row[0], row[1] if user is not None else 0

    async def seen(self, area: str, user: int, number: int) -> None:
        """A user has read so far; the pointer never goes back."""
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO pointers (user, area, seen) VALUES (?, ?, ?) "
                "ON CONFLICT (user, area) DO UPDATE SET seen = MAX(seen, excluded.seen)",
                (user, area, number),
            )
        )

    async def search(self, areas: tuple[str, ...], words: str, *, count: int = 50) -> list[Post]:
        """Messages with these words in subject, text or author, in whatever case; the newest first."""
        needle = words.casefold()
        marks = ", ".join("?" * len(areas))
        return await self._select(
            f"WHERE area IN ({marks}) AND "
            "instr(folded(subject || char(10) || author || char(10) || body), ?) ORDER BY id DESC LIMIT ?",
            *(*areas, needle, count),
        )

    async def delete(self, number: int) -> bool:
        """Take a message away; say whether there was one. What was said to it stays."""

        def work(connection: sqlite3.Connection) -> bool:
            post = connection.execute("SELECT thread FROM posts WHERE id = ?", (number,)).fetchone()
            connection.execute("DELETE FROM posts WHERE id = ?", (number,))
            if post and post[0] == number:  # the next one begins the thread from now on
                (heir,) = connection.execute(
                    "SELECT MIN(id) FROM posts WHERE thread = ?", (number,)
                ).fetchone()
                connection.execute("UPDATE posts SET thread = ? WHERE thread = ?", (heir, number))
            return post is not None

        return await self._database.write(work)

    async def _select(self, rest: str, *values: object) -> list[Post]:
        rows = await self._database.read(
            lambda connection: connection.execute(f"SELECT {_COLUMNS} FROM posts {rest}", values).fetchall()
        )
        return [_to_post(row) for row in rows]


def _to_post(row: tuple[int, str, int, int | None, str, str, str, str]) -> Post:
    number, area, thread, parent, author, written, subject, body = row
    return Post(number, area, thread, parent, author, datetime.fromisoformat(written), subject, body)


def _post(connection: sqlite3.Connection, draft: Draft, now: datetime) -> Post:
    (today,) = connection.execute(
        "SELECT COUNT(*) FROM posts WHERE user = ? AND written > ?", (draft.user, (now - _DAY).isoformat())
    ).fetchone()
    if today >= limits.MAX_POSTS_PER_DAY:
        raise Quota(f"{limits.MAX_POSTS_PER_DAY} messages a day")
    parent = connection.execute(
        "SELECT thread FROM posts WHERE id = ? AND area = ?", (draft.parent, draft.area)
    ).fetchone()
    subject, body = draft.subject[: limits.MAX_SUBJECT], draft.body[: limits.MAX_POST]
    values = (draft.area, 0, draft.parent if parent else None, draft.author, draft.user, now.isoformat())
    number = connection.execute(
        "INSERT INTO posts (area, thread, parent, author, user, written, subject, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, subject, body),
    ).lastrowid
    number = number or 0
    thread: int = parent[0] if parent else number
    connection.execute("UPDATE posts SET thread = ? WHERE id = ?", (thread, number))
    connection.execute(_KEEP, (limits.MAX_POSTS,))
    return Post(number, draft.area, thread, values[2], draft.author, now, subject, body)
