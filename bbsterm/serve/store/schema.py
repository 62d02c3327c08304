"""The tables, version by version. A change is a new entry at the end; what is published stays."""

from __future__ import annotations

from typing import Final

__all__ = ["MIGRATIONS"]

_WALL: Final = (
    """
    CREATE TABLE IF NOT EXISTS wall (
        id INTEGER PRIMARY KEY,
        written TEXT NOT NULL,
        author TEXT NOT NULL,
        line TEXT NOT NULL
    )
    """,
)

_BOARD: Final = (
    """
    CREATE TABLE users (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        password TEXT NOT NULL,
        created TEXT NOT NULL,
        last_call TEXT,
        calls INTEGER NOT NULL DEFAULT 0,
        sysop INTEGER NOT NULL DEFAULT 0,
        banned TEXT,
        location TEXT NOT NULL DEFAULT '',
        about TEXT NOT NULL DEFAULT '',
        pages INTEGER NOT NULL DEFAULT 1,
        pause INTEGER NOT NULL DEFAULT 1,
        news INTEGER NOT NULL DEFAULT 1
    )
    """,
    """
    CREATE TABLE calls (
        id INTEGER PRIMARY KEY,
        began TEXT NOT NULL,
        ended TEXT,
        name TEXT NOT NULL,
        user INTEGER,
        machine TEXT NOT NULL,
        address TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE posts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        area TEXT NOT NULL,
        thread INTEGER NOT NULL,
        parent INTEGER,
        author TEXT NOT NULL,
        user INTEGER,
        written TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL
    )
    """,
    "CREATE INDEX posts_by_area ON posts (area, thread, id)",
    "CREATE INDEX posts_by_user ON posts (user, written)",
    """
    CREATE TABLE pointers (
        user INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        area TEXT NOT NULL,
        seen INTEGER NOT NULL,
        PRIMARY KEY (user, area)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE mail (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sender TEXT NOT NULL,
        sender_id INTEGER NOT NULL,
        recipient INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
        written TEXT NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        seen INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX mail_by_recipient ON mail (recipient, id)",
    "CREATE INDEX mail_by_sender ON mail (sender_id, written)",
    """
    CREATE TABLE bans (
        network TEXT PRIMARY KEY,
        made TEXT NOT NULL,
        made_by TEXT NOT NULL,
        reason TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (_WALL, _BOARD)
"""What leads from each version to the next; `PRAGMA user_version` says how many have been done."""
