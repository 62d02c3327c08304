"""A call that is over goes into the history of the book, whoever made it: the application or `--plain`."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bbsterm.net.address import Address
from bbsterm.session.events import CallEnded
from bbsterm.session.settings import CallSettings

if TYPE_CHECKING:
    from bbsterm.book import Book

__all__ = ["remember_call"]


def remember_call(
    book: Book,
    address: Address,
    settings: CallSettings,
    ended: CallEnded,
    *,
    received: int = 0,
    sent: int = 0,
    capture: str = "",
) -> None:
    """Write a call into the history of its entry, or of whoever is at the address.

    Args:
        book: The open book.
        address: Where the call went.
        settings: How it was made; `entry` names its entry.
        ended: How it ended.
        received: Bytes from the board.
        sent: Bytes to it.
        capture: The recording's path; empty if there is none.

    Raises:
        BookError: The state cannot be saved.
    """
    entry = book.get(settings.entry) if settings.entry else None
    book.record_call(
        entry,
        address=entry.address if entry else str(address),
        started=time.time() - ended.seconds,
        seconds=ended.seconds,
        result=ended.reason,
        connected=ended.seconds > 0,
        received=received,
        sent=sent,
        capture=capture,
    )
