"""A board named on the command line: an address, or an entry of the address book."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from bbsterm.errors import UsageError
from bbsterm.net.address import Address, parse_address

if TYPE_CHECKING:
    from bbsterm.book import Book, Entry

__all__ = ["address_named", "entry_named", "looks_like_an_address"]

_ADDRESS: Final = re.compile(r"localhost$|\[|\S+://|[^\s/]+[.:][^\s]*$", re.IGNORECASE)
_SHOWN: Final = 5


def looks_like_an_address(text: str) -> bool:
    """Whether a text is more likely a host than a name: it has a dot, a colon or a scheme, and no blanks."""
    return _ADDRESS.match(text) is not None


def address_named(
    text: str, book: Book, parse: Callable[[str], Address] = parse_address
) -> tuple[Address, Entry | None]:
    """Where a board is, and its entry if it has one.

    One word that is like no name in the book is a host of the local network.

    Args:
        text: A name in the book, or an address.
        book: Where names are looked for.
        parse: Makes an address of a text that is one.

    Raises:
        UsageError: It is neither an entry nor an address; the nearest names are in the hint.
    """
    from bbsterm.session.entries import address_of  # here, not above: --help is fast

    exact = [entry for entry in book.find(text) if entry.name.casefold() == text.strip().casefold()]
    if looks_like_an_address(text) and not exact:
        address = parse(text)
        return address, book.at(str(address))
    if " " not in text.strip() and not book.find(text) and not book.near(text):
        return parse(text), None
    entry = entry_named(text, book)
    return address_of(entry), entry


def entry_named(text: str, book: Book) -> Entry:
    """The entry of this name.

    Raises:
        UsageError: There is none, or there are several; which ones is in the hint.
    """
    found = book.find(text)
    same = [entry for entry in found if entry.name.casefold() == text.strip().casefold()]
    if len(same) == 1 or len(found) == 1:
        return (same or found)[0]
    if found:
        names = ", ".join(f"{entry.name!r} ({entry.address})" for entry in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UsageError(f"{len(found)} boards are called like {text!r}", hint=f"Which one: {names}{more}?")
    near = book.near(text)
    hint = f"Did you mean {', '.join(map(repr, near))}?" if near else ""
    raise UsageError(
        f"there is no board {text!r} in the address book",
        hint=hint or f"If it is a host: bbsterm connect {text}:23, or `bbsterm list` shows the book.",
    )
