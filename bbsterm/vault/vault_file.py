"""The vault: passwords in one file that a passphrase opens, for a while."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bbsterm.book import files
from bbsterm.errors import BbstermError, SecretError, StorageError
from bbsterm.limits import MAX_VAULT_FILE
from bbsterm.secret import Secret
from bbsterm.vault.references import Owner
from bbsterm.vault.routes import Ask, Question, bound_problem
from bbsterm.vault.sealed import (
    Key,
    Sealed,
    WrongPassphraseError,
    crypto_problem,
    derive,
    new_key,
    seal,
    unseal,
)

__all__ = ["VaultFile"]

_TRIES: Final = 3
_LEAST: Final = 8  # characters of a new passphrase

Records = dict[str, dict[str, str]]
"""Name -> {"secret": ..., "place": host:port}."""


class VaultFile:
    """The vault's file. It is locked until somebody gives the passphrase, and again after a while.

    Args:
        path: Where it is; it need not exist.
        backups: Where its earlier versions go.
        idle: Seconds without use after which it is locked.
        clock: Seconds, monotonic.
        cost: scrypt's n for a new vault; None for the usual one.
    """

    title = "the encrypted vault"

    def __init__(
        self,
        path: Path,
        backups: Path,
        *,
        idle: float,
        clock: Callable[[], float] = time.monotonic,
        cost: int | None = None,
    ) -> None:
        self.path = path
        self._backups = backups
        self._idle = idle
        self._clock = clock
        self._cost = cost
        self._key: Key | None = None
        self._used = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._busy = asyncio.Lock()

    @property
    def problem(self) -> str:
        """Why it cannot be used here."""
        return crypto_problem()

    @property
    def locked(self) -> bool:
        """Whether the passphrase is needed."""
        if self._key is not None and self._clock() - self._used >= self._idle:
            self.lock()
        return self._key is None

    def lock(self) -> None:
        """Forget the key now."""
        self._key = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def names(self, ask: Ask | None) -> dict[str, str]:
        """What is in it: name -> host and port. Never a password."""
        async with self._busy:
            records = await self._opened(ask)
        return {name: record["place"] for name, record in records.items()}

    async def fetch(self, name: str, owner: Owner, ask: Ask | None) -> Secret:
        """The password of this name, if it is this host's."""
        async with self._busy:
            records = await self._opened(ask)
        if name not in records:
            raise SecretError(
                f"the vault has no secret {name!r}", hint="`bbsterm secret set NAME` keeps one."
            )
        if problem := bound_problem(name, records[name]["place"], owner):
            raise SecretError(problem, hint="If the board has moved: `bbsterm secret set NAME` anew.")
        return Secret(records[name]["secret"])

    async def store(self, name: str, owner: Owner, secret: Secret, ask: Ask | None) -> None:
        """Keep it, in a new vault if there is none."""
        async with self._busy:
            await self._opened(ask, create=True)
            record = {"secret": secret.reveal(), "place": owner.place}
            await self._change(lambda records: {**records, name: record})

    async def forget(self, name: str, owner: Owner, ask: Ask | None) -> bool:
        """Forget it, here. Earlier versions of the vault, as sealed as this one, still have it."""
        async with self._busy:
            if not self.path.exists() or name not in await self._opened(ask):
                return False
            await self._change(lambda records: {key: one for key, one in records.items() if key != name})
        return True

    # --- opening ------------------------------------------------------------------------

    async def _opened(self, ask: Ask | None, *, create: bool = False) -> Records:
        """What is in it; the passphrase is asked for if need be."""
        if problem := self.problem:
            raise SecretError(f"no vault: {problem}")
        sealed = self._read()
        if sealed is None:
            if not create:
                raise SecretError(
                    "there is no vault yet", hint="`bbsterm secret set NAME --in vault` makes one."
                )
            if self.locked:
                await self._begin(ask)
            return {}
        if not self.locked and self._key is not None and self._key.opens(sealed):
            return self._used_now(_records(unseal(sealed, self._key)))
        problem = ""
        for _ in range(_TRIES):
            passphrase = await _asked(ask, Question("passphrase", "Passphrase of the vault", problem))
            key = await asyncio.to_thread(derive, passphrase, sealed)
            try:
                records = _records(unseal(sealed, key))
            except WrongPassphraseError as error:
                problem = str(error)
                continue
            self._key = key
            return self._used_now(records)
        raise WrongPassphraseError(problem, hint=f"{_TRIES} tries. Without the passphrase nobody opens it.")

    async def _begin(self, ask: Ask | None) -> None:
        problem = ""
        while True:
            passphrase = await _asked(
                ask, Question("new passphrase", "New passphrase for the vault", problem)
            )
            if len(passphrase.reveal()) >= _LEAST:
                break
            problem = f"at least {_LEAST} characters"
        self._key = await asyncio.to_thread(lambda: new_key(passphrase, n=self._cost))
        self._used_now({})

    def _used_now(self, records: Records) -> Records:
        """Let the time until it is locked begin anew."""
        self._used = self._clock()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._idle, self.lock)
        return records

    # --- the file -----------------------------------------------------------------------

    def _read(self) -> Sealed | None:
        try:
            return Sealed.read(files.read_regular(self.path, MAX_VAULT_FILE), str(self.path))
        except FileNotFoundError:
            return None

    async def _change(self, change: Callable[[Records], Records]) -> None:
        key = self._key
        if key is None:
            raise SecretError("the vault is locked")
        await asyncio.to_thread(self._save, change, key)

    def _save(self, change: Callable[[Records], Records], key: Key) -> None:
        """Change what is there now, which another program of ours may have written meanwhile."""
        try:
            files.make_folder(self.path.parent)
            with files.locked(self.path):
                sealed = self._read()
                if sealed is not None and not key.opens(sealed):
                    raise SecretError("the vault was changed by another program", hint="Try again.")
                before = {} if sealed is None else _records(unseal(sealed, key))
                data = seal(json.dumps(change(before), ensure_ascii=False).encode(), key)
                if len(data) > MAX_VAULT_FILE:
                    raise SecretError(f"the vault is full: {MAX_VAULT_FILE // 1024} KiB")
                if sealed is not None:
                    files.keep_version(self.path, self._backups, time.time())
                files.replace(self.path, data)
                files.prune(self.path, self._backups)
        except OSError as error:
            raise StorageError(self.path, error.strerror or str(error)) from error


def _records(plain: bytes) -> Records:
    """What was inside. Nobody but us can have written it."""
    data: Any = json.loads(plain)
    try:
        return {str(name): {key: str(one[key]) for key in ("secret", "place")} for name, one in data.items()}
    except (AttributeError, KeyError, TypeError):
        raise SecretError("the vault was opened, but what is in it makes no sense") from None


async def _asked(ask: Ask | None, question: Question) -> Secret:
    answer = None if ask is None else await ask(question)
    if answer is None:
        error: BbstermError = SecretError(
            "the vault is locked" if question.kind == "passphrase" else "no passphrase was given",
            hint='Without a terminal: BBSTERM_VAULT_PASSPHRASE, or secret = "env:NAME".',
        )
        raise error
    return answer
