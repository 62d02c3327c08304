"""Whom a word on the command line means: an entry of the address book by its name, or an address."""

from __future__ import annotations

from bbsterm.errors import UsageError
from bbsterm.net.address import Address, parse_address
from bbsterm.session.entries import address_of, defaults_of, settings_of
from bbsterm.session.settings import CallSettings

__all__ = ["whom"]


def whom(text: str) -> tuple[Address, CallSettings]:
    """Whom to call and how.

    Args:
        text: A name in the book, in either case; or HOST, HOST:PORT, a URI.

    Raises:
        UsageError: It is neither, or several boards have this name.
    """
    from bbsterm.book import Book
    from bbsterm.cli.own_book import book_paths
    from bbsterm.cli.own_settings import own_settings

    defaults = defaults_of(own_settings())
    paths = book_paths()
    if paths.entries.exists() or paths.state.exists():  # asking makes no files
        with Book.open(paths) as book:
            named = [entry for entry in book.entries if entry.name.lower() == text.strip().lower()]
        if len({entry.url for entry in named}) > 1:
            raise UsageError(f"several boards are called {text!r}", hint="Call it by its address.")
        if named:
            return address_of(named[0]), settings_of(named[0], defaults)
    try:
        return parse_address(text), defaults
    except UsageError as error:
        raise UsageError(
            f"no board {text!r}: {error}", hint="`bbsterm list` shows the address book."
        ) from error
