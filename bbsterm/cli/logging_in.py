"""How the commands log in: the places for passwords, who is asked, and what is remembered of the answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from bbsterm.cli.asking import ask_here, can_ask, confirm_here, warn_here
from bbsterm.errors import BookError

if TYPE_CHECKING:
    from bbsterm.net.address import Address
    from bbsterm.session.call import Call
    from bbsterm.session.login import Fetch, Plan
    from bbsterm.session.settings import CallSettings
    from bbsterm.vault import Ask, Secrets

__all__ = ["BookNotes", "Prepared", "fetch_for", "own_secrets", "plan_for", "prepared"]


class BookNotes:
    """Answers in the book's state, opened only for as long as it takes. If it cannot be, nothing is kept."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def note(self, key: str) -> str:
        """What was remembered; empty if nothing was."""
        from bbsterm.book import Book  # here and below: sqlite only where it is needed
        from bbsterm.cli.own_book import book_exists, book_paths

        if key in self._kept or not book_exists():
            return self._kept.get(key, "")
        try:
            with Book.open(book_paths()) as book:
                return book.answers.note(key)
        except BookError:
            return ""

    def set_note(self, key: str, value: str) -> None:
        """Remember it, at least for this run."""
        from bbsterm.book import Book
        from bbsterm.cli.own_book import book_paths

        self._kept[key] = value
        try:
            with Book.open(book_paths()) as book:
                book.answers.set_note(key, value)
        except BookError as error:
            warn_here(str(error))


def own_secrets() -> Secrets:
    """The places for passwords, as the settings have them."""
    from bbsterm.cli.own_settings import own_settings
    from bbsterm.config import find_paths
    from bbsterm.vault import open_secrets

    return open_secrets(own_settings(), find_paths())


async def prepared(settings: CallSettings, *, needed: bool = True) -> Prepared:
    """Ask before the call what would have to be asked in it: the password, or the vault's passphrase.

    Args:
        settings: What the entry says.
        needed: Whether it is known that the password is needed; else it is asked for when it is.
    """
    from bbsterm.session.login import ask_before

    secrets = own_secrets()
    ask: Ask | None = ask_here if can_ask() else None
    if needed and settings.secret:
        ask = await ask_before(settings, secrets, ask)
    return Prepared(secrets, ask)


class Prepared(NamedTuple):
    """The places for passwords, and who answers what they still ask."""

    secrets: Secrets
    ask: Ask | None


def fetch_for(call: Call, prepared: Prepared) -> Fetch:
    """What gives this call's macro or script its password."""
    from bbsterm.session.login import secret_for

    return secret_for(call, prepared.secrets, ask=prepared.ask, warn=warn_here, notes=BookNotes())


async def plan_for(address: Address, settings: CallSettings) -> Plan | None:
    """How a plain call logs in; None if it does not. Who has not said whether it should is asked, once.

    Raises:
        BbstermError: Its macro is missing, or has mistakes.
    """
    from bbsterm.config import find_paths
    from bbsterm.session.login import plan_login, remember_answer
    from bbsterm.session.macro_files import MacroFiles

    notes = BookNotes()
    plan = plan_login(address, settings, MacroFiles(find_paths().macros), notes)
    if plan is None or not plan.ask_first:
        return plan
    if not can_ask() or not sys.stderr.isatty():
        return None
    answer = await confirm_here(f"{settings.name or address}: {plan.question}")
    remember_answer(notes, settings, answer)
    return plan if answer else None
