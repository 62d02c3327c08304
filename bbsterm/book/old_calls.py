"""recent.sqlite3, where earlier versions kept calls: read once into the state, then set aside."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from bbsterm import limits
from bbsterm.book.document import Notice
from bbsterm.book.entry import TERMINALS
from bbsterm.book.state import State
from bbsterm.errors import BookError

__all__ = ["take_over"]

_DONE: Final = "recent.sqlite3"
_ASIDE: Final = ".taken-over"


def take_over(old: Path, state: State) -> Notice | None:
    """Move the calls and the chosen character sets of an earlier version into the state.

    Args:
        old: recent.sqlite3. It gets another name; nothing in it is changed.
        state: Where they go.

    Returns:
        What is to be said, if it could not be read; None where there is nothing to say.
    """
    if not old.is_file() or state.note(_DONE):
        return None
    try:
        calls, encodings = _read(old)
        with state.writing() as connection:
            connection.executemany(
                "INSERT INTO calls (entry, address, started, seconds, result, received, sent, capture)"
                " VALUES ('', ?, ?, ?, ?, 0, 0, '')",
                calls,
            )
            connection.executemany("INSERT OR IGNORE INTO encodings VALUES (?, ?, ?)", encodings)
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, 'taken over')", (_DONE,))
        os.replace(old, old.with_name(old.name + _ASIDE))
    except (sqlite3.Error, BookError, OSError, TypeError, ValueError) as error:
        return Notice(old, None, f"the calls of an earlier version cannot be taken over: {error}")
    return None


def _read(old: Path) -> tuple[list[tuple[str, int, float, str]], list[tuple[str, str, str]]]:
    with closing(sqlite3.connect(f"{old.absolute().as_uri()}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT address, kind, started, seconds, result FROM calls ORDER BY id DESC LIMIT ?",
            (limits.MAX_CALLS_KEPT,),
        ).fetchall()
        has = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'encodings'").fetchone()
        chosen = database.execute("SELECT address, kind, encoding FROM encodings").fetchall() if has else []
    calls = [
        (str(address), int(started), float(seconds), str(result)[:80])
        for address, _kind, started, seconds, result in reversed(rows)
    ]
    encodings = [(str(address), str(kind), str(encoding)) for address, kind, encoding in chosen]
    for address, kind, *_rest in rows:  # a board that was called on another machine than usual stays on it
        if kind != "ansi" and kind in TERMINALS:
            encodings.append((str(address), kind, TERMINALS[kind].encoding))
    return calls, encodings
