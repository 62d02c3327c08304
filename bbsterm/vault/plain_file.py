"""Passwords in plain text, for who has typed that it may be so: one file that only its owner can read."""

from __future__ import annotations

import asyncio
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bbsterm.book import files
from bbsterm.errors import SecretError, StorageError
from bbsterm.limits import MAX_VAULT_FILE
from bbsterm.secret import Secret
from bbsterm.vault.references import Owner
from bbsterm.vault.routes import Ask, bound_problem

__all__ = ["PlainFile"]

Records = dict[str, dict[str, str]]


class PlainFile:
    """The file. There are no versions of it: what is forgotten is gone.

    Args:
        path: Where it is; it need not exist.
    """

    title = "plain text"
    problem = ""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> dict[str, str]:
        """What is in it: name -> host and port."""
        return {name: record["place"] for name, record in self._read().items()}

    async def fetch(self, name: str, owner: Owner, ask: Ask | None) -> Secret:
        """The password of this name, if it is this host's."""
        records = await asyncio.to_thread(self._read)
        if name not in records:
            raise SecretError(
                f"{self.path} has no secret {name!r}", hint="`bbsterm secret set NAME` keeps one."
            )
        if problem := bound_problem(name, records[name]["place"], owner):
            raise SecretError(problem, hint="If the board has moved: `bbsterm secret set NAME` anew.")
        return Secret(records[name]["secret"])

    async def store(self, name: str, owner: Owner, secret: Secret, ask: Ask | None) -> None:
        """Keep it. Whoever calls this has had the consent typed."""
        record = {"secret": secret.reveal(), "place": owner.place}
        await asyncio.to_thread(self._change, lambda records: {**records, name: record})

    async def forget(self, name: str, owner: Owner, ask: Ask | None) -> bool:
        """Forget it."""
        if name not in await asyncio.to_thread(self._read):
            return False
        await asyncio.to_thread(
            self._change, lambda records: {key: one for key, one in records.items() if key != name}
        )
        return True

    def _change(self, change: Callable[[Records], Records]) -> None:
        try:
            files.make_folder(self.path.parent)
            with files.locked(self.path):
                records = change(self._read())
                files.replace(self.path, json.dumps(records, indent=1, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            raise StorageError(self.path, error.strerror or str(error)) from error

    def _read(self) -> Records:
        try:
            data = files.read_regular(self.path, MAX_VAULT_FILE)
        except FileNotFoundError:
            return {}
        if os.name == "posix" and stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            raise SecretError(
                f"others can read {self.path}, so it is not used",
                hint=f"chmod 600 {self.path}, and change the passwords that were in it.",
            )
        try:
            found: Any = json.loads(data)
            return {name: {key: str(one[key]) for key in ("secret", "place")} for name, one in found.items()}
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError):
            raise SecretError(f"{self.path} is damaged", hint="Set the secrets in it anew.") from None
