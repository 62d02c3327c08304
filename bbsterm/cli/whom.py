"""Whom a word on the command line means, and how that is called: for commands that take one board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bbsterm.cli.trusted import trusting
from bbsterm.net.address import Address, parse_address
from bbsterm.session.entries import defaults_of, settings_of
from bbsterm.session.settings import CallSettings

if TYPE_CHECKING:
    from bbsterm.book import Entry

__all__ = ["whom"]


def whom(text: str) -> tuple[Address, CallSettings, Entry | None]:
    """Whom to call and how; and the entry of the address book, if it has one.

    Args:
        text: A name in the book, in either case; or HOST, HOST:PORT, a URI.

    Raises:
        UsageError: It is neither, or several boards have this name; the nearest names are in the hint.
    """
    from bbsterm.cli.named import address_named
    from bbsterm.cli.own_book import book_exists, open_book
    from bbsterm.cli.own_settings import own_settings

    defaults = defaults_of(own_settings())
    if not book_exists():  # asking makes no files
        return parse_address(text), defaults, None
    with open_book() as book:
        address, entry = address_named(text, book)
        settings = defaults if entry is None else settings_of(entry, defaults)
        return address, trusting(address, settings, book), entry
