"""The user's address book, for the commands that read or change it."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from bbsterm.book import Book, BookPaths, Notice
from bbsterm.config import find_paths

__all__ = ["book_exists", "book_paths", "complain_about", "open_book"]


def book_paths() -> BookPaths:
    """Where the book is kept: own entries beside the settings, the rest where the state is."""
    paths = find_paths()
    return BookPaths.under(paths.entries.parent, paths.state.parent)


def book_exists() -> bool:
    """Whether there is anything in the book: nobody is made to wait for an empty one."""
    paths = book_paths()
    return (
        paths.entries.exists() or paths.state.exists() or bool(paths.old_calls and paths.old_calls.exists())
    )


def open_book(*, to_change: bool = False) -> Book:
    """Open the book and say on stderr what is wrong with it.

    Args:
        to_change: Whether the command will save it; a broken one is then refused.

    Raises:
        ConfigError: dialing.toml cannot be read, and `to_change` is set. Nothing was changed.
    """
    book = Book.open(book_paths())
    if to_change and book.broken is not None:
        error, hints = book.broken, [notice.hint for notice in book.notices if notice.error]
        book.close()
        error.hint = hints[0] if hints else error.hint
        raise error
    complain_about(book.notices)
    return book


def complain_about(notices: Iterable[Notice]) -> None:
    """Say notices on stderr, with their hints."""
    for notice in notices:
        print(f"bbsterm: {notice}", *filter(None, [notice.hint]), sep="\n", file=sys.stderr)
