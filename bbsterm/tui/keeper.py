"""What the application keeps between calls: settings, the address book, folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bbsterm.errors import BookError, UnknownCertificateError
from bbsterm.net.address import Address
from bbsterm.session.settings import CallSettings
from bbsterm.tui import preferences

if TYPE_CHECKING:
    from bbsterm.book import Book, Entry
    from bbsterm.config import Paths
    from bbsterm.session.events import CallEnded
    from bbsterm.tui.desk import Desk

__all__ = ["Keeper"]


class Keeper:
    """Reads and writes the user's files; a file that cannot be used is reported, and life goes on.

    Args:
        paths: Where they are; the platform's places if None.
    """

    def __init__(self, paths: Paths | None = None) -> None:
        from bbsterm.config import find_paths

        self._paths = paths or find_paths()
        self._book: Book | None = None
        self._desk: Desk | None = None
        self.complain: Callable[[str], None] = lambda text: None
        """Told of every problem, in a sentence for the user."""

    @property
    def paths(self) -> Paths:
        """Where the files are."""
        return self._paths

    @property
    def captures(self) -> Path:
        """Where screenshots and logs go."""
        return preferences.current().files.captures or self._paths.captures

    @property
    def book(self) -> Book:
        """The address book, opened when it is first asked for; what is wrong with it is said then."""
        if self._book is None:
            from bbsterm.book import Book, BookPaths  # here, not above: a call does not wait for it

            self._book = Book.open(BookPaths.under(self._paths.entries.parent, self._paths.state.parent))
            for notice in self._book.notices:
                self.complain("\n".join(filter(None, (str(notice), notice.hint))))
        return self._book

    @property
    def desk(self) -> Desk:
        """What macros and passwords need; made when it is first asked for."""
        if self._desk is None:
            from bbsterm.tui.desk import Desk  # here, not above: a call is dialled first

            self._desk = Desk(self._paths, lambda: self.book, lambda text: self.complain(text))
        return self._desk

    def close(self) -> None:
        """Close the book, if it was opened."""
        if self._book is not None:
            self._book.close()
            self._book = None

    def defaults(self) -> CallSettings:
        """How boards are called that nothing else is known of."""
        from bbsterm.config import read_settings
        from bbsterm.session.entries import defaults_of

        loaded = read_settings(self._paths.settings)
        for problem in loaded.problems:
            self.complain(str(problem))
        return defaults_of(preferences.usable(loaded.settings))

    def of_entry(self, entry: Entry) -> tuple[Address, CallSettings]:
        """How to call an entry of the book; in the character set chosen in an earlier call, if it names none.

        Raises:
            UsageError: Its protocol is none that we speak.
        """
        from bbsterm.session.entries import address_of, settings_of

        address, settings = address_of(entry), settings_of(entry, self.defaults())
        return address, settings if entry.encoding else self.as_chosen(address, settings)

    def how_to_call(self, target: Entry | Address) -> tuple[Address, CallSettings]:
        """Whom and how, for whatever the dialer has chosen.

        Raises:
            UsageError: It cannot be called.
        """
        if isinstance(target, Address):
            return target, self.as_chosen(target, self.defaults())
        return self.of_entry(target)

    def as_chosen(self, address: Address, settings: CallSettings) -> CallSettings:
        """The same in the character set that was chosen in an earlier call to this board, if one was."""
        if not self._paths.state.exists():
            return settings
        try:
            chosen = self.book.log.encoding(str(address))
        except BookError as error:
            self.complain(str(error))
            return settings
        return settings if chosen is None else settings.read_as(*chosen)

    def pin(self, address: Address) -> str:
        """SHA-256 of the certificate that is trusted here; empty for none."""
        if not self._paths.state.exists():
            return ""
        try:
            found = self.book.log.pin(address.host, address.port)
        except BookError as error:
            self.complain(str(error))
            return ""
        return found.sha256 if found else ""

    def trust(self, error: UnknownCertificateError) -> None:
        """The user trusts the certificate that a board has shown."""
        try:
            self.book.log.trust(error.host, error.port, error.key)
        except BookError as problem:
            self.complain(str(problem))

    def remember_encoding(self, address: Address, kind: str, encoding: str) -> None:
        """A person chose in which character set, on which emulation, to read a board."""
        try:
            self.book.log.choose_encoding(str(address), kind, encoding)
        except BookError as error:
            self.complain(str(error))

    def remember(
        self,
        address: Address,
        settings: CallSettings,
        ended: CallEnded,
        received: int = 0,
        sent: int = 0,
        capture: str = "",
    ) -> None:
        """Write a call into the history; see `bbsterm.session.remember.remember_call`."""
        from bbsterm.session.remember import remember_call

        try:
            remember_call(self.book, address, settings, ended, received=received, sent=sent, capture=capture)
        except BookError as error:
            self.complain(str(error))
