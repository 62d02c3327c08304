"""Quick calls: boards that were called by their address and are in no list, shown as a list of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress

from bbsterm.book.address import Place, same_host, split
from bbsterm.book.entry import TERMINALS, Entry
from bbsterm.book.history import History, Stats
from bbsterm.book.text import visible
from bbsterm.errors import BookError

__all__ = ["QuickCalls", "is_quick", "key_of"]

_PREFIX = "quick-"


def is_quick(entry: Entry) -> bool:
    """Whether this is (or was, before it was edited) a board that was called by its address."""
    return entry.id.startswith(_PREFIX)


def key_of(host: str, port: int, protocol: str) -> tuple[str, int, str]:
    """What makes two addresses the same."""
    return same_host(host), port, protocol


class QuickCalls:
    """The boards of the history that no entry stands for."""

    def __init__(self, log: History) -> None:
        self._log = log
        self.entries: list[Entry] = []
        self.stats: dict[str, Stats] = {}

    def load(self, known: Iterable[Entry]) -> None:
        """Look anew. Calls to a board that is in the book by now become calls to its entry."""
        strangers = self._log.strangers()
        self.entries, self.stats = [], {}
        if not strangers:
            return
        ids = {key_of(entry.host, entry.port, entry.protocol): entry.id for entry in known}
        claimed: dict[str, str] = {}
        for address, sums in strangers.items():
            place = _place(address)
            if place is None:
                continue
            entry_id = ids.get(key_of(place.host, place.port, place.protocol))
            if entry_id is not None:
                claimed[address] = entry_id
                continue
            entry = self._entry(address, place)
            self.entries.append(entry)
            self.stats[entry.id] = sums
        if claimed:
            with suppress(BookError):  # the state cannot be written: they are counted the next time
                self._log.claim(claimed)

    def has(self, entry_id: str) -> bool:
        """Whether an entry is one of these."""
        return entry_id in self.stats

    def _entry(self, address: str, place: Place) -> Entry:
        digest = hashlib.sha1(address.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()[:12]
        chosen = self._log.encoding(address)
        return Entry(
            name=visible(place.host)[:100],
            host=place.host,
            port=place.port,
            protocol=place.protocol,
            id=_PREFIX + digest,
            user=place.user,
            comment="Called by its address. e edits it, * keeps it among your own entries.",
            terminal=chosen[0] if chosen and chosen[0] in TERMINALS else "ansi",
        )


def _place(address: str) -> Place | None:
    try:
        return split(address)
    except ValueError:
        return None
