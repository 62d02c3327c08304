"""What macros, scripts and passwords need of the user's files: one desk, lent to every call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bbsterm.tui.macro_store import MacroStore
from bbsterm.tui.trigger_file import TriggerFile

if TYPE_CHECKING:
    from pathlib import Path

    from bbsterm.book import Book
    from bbsterm.config import Paths
    from bbsterm.session.macro_files import MacroFiles
    from bbsterm.session.settings import CallSettings
    from bbsterm.vault import Secrets

__all__ = ["DEMO", "Desk"]

DEMO: Final = "demo"
"""The entry's id of the demo board, which is in no file."""

_DEMO_LOGIN: Final = "login:demo"


class Desk:
    """Keeps what is opened only when a call needs it.

    Args:
        paths: Where the files are.
        book: Gives the address book.
        complain: Told of every problem, in a sentence for the user.
    """

    def __init__(
        self, paths: Paths, book: Callable[[], Book], complain: Callable[[str], None] = lambda text: None
    ) -> None:
        self.store = MacroStore(paths)
        self.triggers = TriggerFile(paths.triggers, complain)
        self._paths = paths
        self._book = book
        self._secrets: Secrets | None = None

    @property
    def files(self) -> MacroFiles:
        """The macros, ready to run."""
        from bbsterm.session.macro_files import MacroFiles  # here: many calls have none

        return MacroFiles(self._paths.macros)

    @property
    def captures(self) -> Path:
        """Where recordings are, unless the settings say otherwise."""
        return self._paths.captures

    @property
    def secrets(self) -> Secrets:
        """The places for passwords."""
        if self._secrets is None:
            from bbsterm.config import read_settings
            from bbsterm.vault import open_secrets  # here: most calls have no password

            self._secrets = open_secrets(read_settings(self._paths.settings).settings, self._paths)
        return self._secrets

    def note(self, key: str) -> str:
        """What was remembered; empty if nothing was."""
        return self._book().answers.note(key)

    def set_note(self, key: str, value: str) -> None:
        """Remember something small.

        Raises:
            BookError: It cannot be saved.
        """
        self._book().answers.set_note(key, value)

    @property
    def demo_login(self) -> str:
        """The macro that the demo board's calls begin with; empty for none."""
        if not self._paths.state.exists():
            return ""
        return self.note(_DEMO_LOGIN)

    def fresh(self, settings: CallSettings) -> CallSettings:
        """The same with what the entry says now of user, password and login: it may have learnt since."""
        if settings.entry == DEMO:
            return replace(settings, login=self.demo_login)
        entry = self._book().get(settings.entry) if settings.entry else None
        if entry is None:
            return settings
        return replace(settings, user=entry.user, secret=entry.secret, login=entry.login)

    def set_login(self, settings: CallSettings, name: str) -> bool:
        """Have an entry's calls begin with a macro; False if this call is to no entry.

        Raises:
            BookError: It cannot be saved.
        """
        if settings.entry == DEMO:
            self.set_note(_DEMO_LOGIN, name)
            return True
        return self._change(settings, login=name)

    def set_secret(self, settings: CallSettings, reference: str) -> bool:
        """Have an entry name its password's place; False if this call is to no entry.

        Raises:
            BookError: It cannot be saved.
        """
        return self._change(settings, secret=reference)

    def _change(self, settings: CallSettings, **values: str) -> bool:
        entry = self._book().get(settings.entry) if settings.entry else None
        if entry is None:
            return False
        self._book().edit(entry, **values)
        return True
