"""One door to all places for passwords: fetch, store, forget, and which of them work here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bbsterm.errors import SecretError
from bbsterm.limits import MAX_SECRET
from bbsterm.secret import Secret
from bbsterm.vault.command import PasswordCommand
from bbsterm.vault.keyrings import Keyring
from bbsterm.vault.plain_file import PlainFile
from bbsterm.vault.references import KINDS, Owner, Reference, parse_reference
from bbsterm.vault.routes import Ask, Place, Question, Route
from bbsterm.vault.simple import Asking, Environment
from bbsterm.vault.vault_file import VaultFile

if TYPE_CHECKING:
    from bbsterm.config import Paths, Settings

__all__ = ["PASSPHRASE_VARIABLE", "Secrets", "open_secrets"]

PASSPHRASE_VARIABLE: Final = "BBSTERM_VAULT_PASSPHRASE"
"""Opens the vault where nobody can be asked."""

_KEEPING: Final = frozenset({"keyring", "file", "plain"})


class Secrets:
    """All places, by their kind. Make one per program and keep it: the vault stays open in it for a while.

    Args:
        places: For each of `KINDS` its place.
        environ: The environment, which may have the vault's passphrase.
    """

    def __init__(self, places: Mapping[str, Place], *, environ: Mapping[str, str] = os.environ) -> None:
        self._places = places
        self._passphrase = environ.get(PASSPHRASE_VARIABLE, "")

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self._places)})"

    async def fetch(self, reference: str, owner: Owner, ask: Ask | None = None) -> Secret:
        """The password that a reference names.

        Whether the call may have it is decided elsewhere: see `bbsterm.session.login`.

        Args:
            reference: As the entry has it.
            owner: The entry and its host.
            ask: Asks a person, for the password or for the vault's passphrase; None if there is nobody.

        Raises:
            SecretError: There is none, it is another host's, or its place cannot be used; what to do is in
                the hint.
            StorageError: A file cannot be read.
        """
        where = parse_reference(reference)
        secret = await self._places[where.kind].fetch(where.name, owner, self._asking(where, ask))
        if len(secret.reveal()) > MAX_SECRET or any(char in "\r\n\0" for char in secret.reveal()):
            raise SecretError("what is kept there is no password: it is too long, or has several lines")
        return secret

    async def store(self, reference: str, owner: Owner, secret: Secret, ask: Ask | None = None) -> None:
        """Keep a password, in place of an older one. For "plain" the consent must have been typed before.

        Raises:
            SecretError: It is empty or no password, or the place cannot keep it.
            StorageError: A file cannot be written.
        """
        if not secret:
            raise SecretError("an empty password is not kept")
        if len(secret.reveal()) > MAX_SECRET or any(char in "\r\n\0" for char in secret.reveal()):
            raise SecretError(f"a password is one line of up to {MAX_SECRET} characters")
        where = parse_reference(reference)
        await self._places[where.kind].store(where.name, owner, secret, self._asking(where, ask))

    async def forget(self, reference: str, owner: Owner, ask: Ask | None = None) -> bool:
        """Forget a password; whether there was one that we kept.

        Raises:
            SecretError: Its place cannot be used.
            StorageError: A file cannot be written.
        """
        where = parse_reference(reference)
        return await self._places[where.kind].forget(where.name, owner, self._asking(where, ask))

    def routes(self) -> list[Route]:
        """Every place, best first: which of them work here, and why others do not. It may take a moment."""
        return [
            Route(kind, self._places[kind].title, self._places[kind].problem, kind in _KEEPING)
            for kind in KINDS
            if kind in self._places
        ]

    def best(self) -> str:
        """The kind of place that a new password should go to: the keyring, else the vault, else nowhere."""
        usable = [route.kind for route in self.routes() if not route.problem]
        return next((kind for kind in ("keyring", "file") if kind in usable), "ask")

    @property
    def vault(self) -> VaultFile | None:
        """The vault, to lock it."""
        place = self._places.get("file")
        return place if isinstance(place, VaultFile) else None

    def lock(self) -> None:
        """Lock the vault now."""
        if self.vault is not None:
            self.vault.lock()

    def _asking(self, where: Reference, ask: Ask | None) -> Ask | None:
        """Who is asked: the environment first, once, for the passphrase."""
        if where.kind != "file" or not self._passphrase:
            return ask

        async def answer(question: Question) -> Secret | None:
            if not question.problem:
                return Secret(self._passphrase)
            return None if ask is None else await ask(question)

        return answer


def open_secrets(settings: Settings, paths: Paths, *, environ: Mapping[str, str] = os.environ) -> Secrets:
    """The places as the settings and the system have them. Nothing is opened or asked yet."""
    wanted = settings.secrets
    return Secrets(
        {
            "keyring": Keyring(),
            "command": PasswordCommand(wanted.password_command),
            "ask": Asking(),
            "file": VaultFile(paths.vault, paths.backups, idle=wanted.lock_after * 60),
            "plain": PlainFile(paths.plain_secrets),
            "env": Environment(environ),
        },
        environ=environ,
    )
