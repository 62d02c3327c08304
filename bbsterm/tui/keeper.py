"""What the application keeps between calls: settings, who was called, folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bbsterm.errors import ConfigError
from bbsterm.net.address import Address, parse_address
from bbsterm.session.settings import CallSettings
from bbsterm.tui import preferences

if TYPE_CHECKING:
    from bbsterm.book.entry import Entry
    from bbsterm.config import Paths
    from bbsterm.session.events import CallEnded
    from bbsterm.session.recent import RecentCall

__all__ = ["Keeper"]


class Keeper:
    """Reads and writes the user's files; a file that cannot be used is reported, and life goes on.

    Args:
        paths: Where they are; the platform's places if None.
    """

    def __init__(self, paths: Paths | None = None) -> None:
        from bbsterm.config import find_paths

        self._paths = paths or find_paths()
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

    def how_to_call(self, target: Entry | RecentCall | Address) -> tuple[Address, CallSettings]:
        """Whom and how, for whatever the dialer has chosen.

        Raises:
            UsageError: It cannot be called.
        """
        from bbsterm.session.recent import RecentCall

        if isinstance(target, Address):
            return target, self.as_chosen(target, self.defaults())
        return self.again(target) if isinstance(target, RecentCall) else self.of_entry(target)

    def again(self, recent: RecentCall) -> tuple[Address, CallSettings]:
        """How to call somebody again.

        Raises:
            UsageError: What is stored is no address.
        """
        defaults = self.defaults()
        encoding = defaults.encoding if recent.kind == defaults.terminal else None
        address = parse_address(recent.address)
        settings = replace(defaults, name=recent.name, terminal=recent.kind, encoding=encoding)
        return address, self.as_chosen(address, settings)

    def as_chosen(self, address: Address, settings: CallSettings) -> CallSettings:
        """The same in the character set that was chosen in an earlier call to this board, if one was."""
        if not self._paths.recent.exists():
            return settings
        from bbsterm.session.recent import CallHistory

        try:
            chosen = CallHistory(self._paths.recent).chosen_encoding(str(address))
        except ConfigError as error:
            self.complain(str(error))
            return settings
        return settings if chosen is None else settings.read_as(*chosen)

    def remember_encoding(self, address: Address, kind: str, encoding: str) -> None:
        """A person chose in which character set, on which emulation, to read a board."""
        from bbsterm.session.recent import CallHistory

        try:
            CallHistory(self._paths.recent).choose_encoding(str(address), kind, encoding)
        except ConfigError as error:
            self.complain(str(error))

    def recents(self) -> Sequence[RecentCall]:
        """Who was called, latest first."""
        if not self._paths.recent.exists():
            return ()  # and sqlite is not even imported
        from bbsterm.session.recent import CallHistory

        try:
            return CallHistory(self._paths.recent).recent()
        except ConfigError as error:
            self.complain(str(error))
            return ()

    def remember(self, address: Address, settings: CallSettings, ended: CallEnded) -> None:
        """Add a call to the history. Calls that nobody answered count: they may be tried again."""
        from bbsterm.session.recent import CallHistory

        try:
            CallHistory(self._paths.recent).record(
                str(address),
                name=settings.name,
                kind=settings.terminal,
                seconds=ended.seconds,
                result=ended.reason,
            )
        except ConfigError as error:
            self.complain(str(error))
