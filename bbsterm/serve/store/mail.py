"""Private mail between users."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from bbsterm import limits
from bbsterm.serve.store.database import Database
from bbsterm.serve.store.messages import Quota

__all__ = ["Letter", "MailBoxFull", "Mails"]

_COLUMNS: Final = "id, sender, sender_id, recipient, written, subject, body, seen"
_DAY: Final = timedelta(days=1)


class MailBoxFull(Exception):
    """The recipient has `limits.MAX_LETTERS` letters and none that was read."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter; `sender_id` and `recipient` are users' numbers, `written` is in UTC. New ones have id 0."""

    sender: str
    sender_id: int
    recipient: int
    written: datetime
    subject: str
    body: str
    seen: bool = False
    id: int = 0


class Mails:
    """Everybody's letters. Only their recipients are ever shown them.

    Raises:
        StorageError: From every method: the board's file cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    async def send(self, letter: Letter) -> None:
        """Deliver. The oldest letter that was read goes, where there are too many.

        Raises:
            Quota: The sender has written `limits.MAX_LETTERS_PER_DAY` since this time yesterday.
            MailBoxFull: There is no room, and nothing that was read.
        """
        await self._database.write(lambda connection: _send(connection, letter))

    async def inbox(self, user: int) -> list[Letter]:
        """A user's letters, the newest first."""
        rows = await self._database.read(
            lambda connection: connection.execute(
                f"SELECT {_COLUMNS} FROM mail WHERE recipient = ? ORDER BY id DESC LIMIT ?",
                (user, limits.MAX_LETTERS),
            ).fetchall()
        )
        return [_letter(row) for row in rows]

    async def unread(self, user: int) -> int:
        """How many letters wait for a user."""
        (count,) = await self._database.read(
            lambda connection: connection.execute(
                "SELECT COUNT(*) FROM mail WHERE recipient = ? AND NOT seen", (user,)
            ).fetchone()
        )
        return int(count)

    async def mark_seen(self, user: int, number: int) -> None:
        """A user has read a letter."""
        await self._change("UPDATE mail SET seen = 1 WHERE recipient = ? AND id = ?", user, number)

    async def delete(self, user: int, number: int) -> None:
        """A user throws a letter away."""
        await self._change("DELETE FROM mail WHERE recipient = ? AND id = ?", user, number)

    async def _change(self, statement: str, *values: object) -> None:
        await self._database.write(lambda connection: connection.execute(statement, values))


def _letter(row: tuple[int, str, int, int, str, str, str, int]) -> Letter:
    number, sender, sender_id, recipient, written, subject, body, seen = row
    when = datetime.fromisoformat(written)
    return Letter(sender, sender_id, recipient, when, subject, body, bool(seen), number)


def _send(connection: sqlite3.Connection, letter: Letter) -> None:
    written = letter.written.astimezone(UTC)
    (today,) = connection.execute(
        "SELECT COUNT(*) FROM mail WHERE sender_id = ? AND written > ?",
        (letter.sender_id, (written - _DAY).isoformat()),
    ).fetchone()
    if today >= limits.MAX_LETTERS_PER_DAY:
        raise Quota(f"{limits.MAX_LETTERS_PER_DAY} letters a day")
    (held,) = connection.execute(
        "SELECT COUNT(*) FROM mail WHERE recipient = ?", (letter.recipient,)
    ).fetchone()
    if held >= limits.MAX_LETTERS:
        connection.execute(
            "DELETE FROM mail WHERE id = (SELECT MIN(id) FROM mail WHERE recipient = ? AND seen)",
            (letter.recipient,),
        )
        if not connection.execute("SELECT changes()").fetchone()[0]:
            raise MailBoxFull
    connection.execute(
        "INSERT INTO mail (sender, sender_id, recipient, written, subject, body) VALUES (?, ?, ?, ?, ?, ?)",
        (
            letter.sender,
            letter.sender_id,
            letter.recipient,
            written.isoformat(),
            letter.subject[: limits.MAX_SUBJECT],
            letter.body[: limits.MAX_POST],
        ),
    )
