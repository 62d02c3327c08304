"""The system's own keyring (macOS Keychain, Windows Credential Locker, Secret Service, KWallet)."""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
from collections.abc import Callable
from typing import Any, Final

from bbsterm.errors import SecretError
from bbsterm.secret import Secret
from bbsterm.vault.references import Owner
from bbsterm.vault.routes import Ask

__all__ = ["SERVICE", "Keyring"]

SERVICE: Final = "bbsterm"
"""What our passwords are filed under."""

_INSTALL: Final = 'Install it: pip install "bbsterm[keyring]".'
_INSTEAD: Final = 'Elsewhere: `bbsterm secret set NAME --in vault`, or secret = "ask".'


class Keyring:
    """Passwords in the keyring. All of it is slow (it may ask the user), so it runs in threads.

    Args:
        module: Gives the `keyring` library; the installed one unless told.
    """

    title = "the system's keyring"

    def __init__(self, module: Callable[[], Any] | None = None) -> None:
        self._module = module or (lambda: importlib.import_module("keyring"))

    @property
    def problem(self) -> str:
        """Why there is no usable keyring here: no library, no backend, or one that protects nothing."""
        try:
            backend = self._module().get_keyring()
        except ImportError:
            return f"the keyring library is not installed. {_INSTALL}"
        except Exception as error:  # whatever a backend raises: it is not ours
            return f"the keyring does not work: {type(error).__name__}: {error}"
        return _unusable(backend)

    async def fetch(self, name: str, owner: Owner, ask: Ask | None) -> Secret:
        """The password filed under our service and the entry's name."""
        account = name or owner.account
        found = await self._do(lambda ring: ring.get_password(SERVICE, account))
        if not isinstance(found, str) or not found:
            raise SecretError(
                f"the keyring has no secret for {account}",
                hint="Keep one with `bbsterm secret set NAME`. Another host or port needs its own.",
            )
        return Secret(found)

    async def store(self, name: str, owner: Owner, secret: Secret, ask: Ask | None) -> None:
        """File it."""
        account = name or owner.account
        await self._do(lambda ring: ring.set_password(SERVICE, account, secret.reveal()), secret)

    async def forget(self, name: str, owner: Owner, ask: Ask | None) -> bool:
        """Take it out."""
        account = name or owner.account

        def delete(ring: Any) -> bool:
            if ring.get_password(SERVICE, account) is None:
                return False
            ring.delete_password(SERVICE, account)
            return True

        return bool(await self._do(delete))

    async def _do(self, what: Callable[[Any], Any], secret: Secret | None = None) -> Any:
        if problem := await asyncio.to_thread(lambda: self.problem):
            raise SecretError(f"no keyring: {problem}", hint=_INSTEAD)
        try:
            return await asyncio.to_thread(lambda: what(self._module()))
        except Exception as error:  # locked, refused by the user, the bus has gone ...
            said = f"{type(error).__name__}: {error}"
            reason = (secret or Secret("")).redact(said)
        raise SecretError(f"the keyring refused: {reason}", hint=_INSTEAD)


def _unusable(backend: Any) -> str:
    """Why this backend is none: `fail` and `null`, chains of nothing, and files that hide nothing."""
    kind = type(backend)
    module = kind.__module__
    if module.endswith((".fail", ".null")):
        return "this system has no keyring (the backend is `{}`)".format(module.rpartition(".")[2])
    if module.endswith(".chainer") and not getattr(backend, "backends", None):
        return "this system has no keyring (there is no backend)"
    if module.startswith("keyrings.alt"):
        return f"{kind.__name__} of keyrings.alt does not protect anything, so it is not used"
    return ""
