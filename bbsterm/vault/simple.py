"""The two places that keep nothing: a person, and the environment (for cron)."""

from __future__ import annotations

import os
from collections.abc import Mapping

from bbsterm.errors import SecretError
from bbsterm.secret import Secret
from bbsterm.vault.references import Owner
from bbsterm.vault.routes import Ask, Question

__all__ = ["Asking", "Environment"]


class Asking:
    """Asks each call."""

    title = "ask each call"
    problem = ""

    async def fetch(self, name: str, owner: Owner, ask: Ask | None) -> Secret:
        """What a person types now."""
        user = f" of {owner.user}" if owner.user else ""
        question = Question("secret", f"Password{user} for {owner.name}", owner=owner)
        answer = None if ask is None else await ask(question)
        if not answer:
            raise SecretError(
                "nobody typed the password" if ask else "there is nobody to ask for the password",
                hint=""
                if ask
                else "Without a terminal: --secret-env NAME, or keep it (`bbsterm secret set`).",
            )
        return answer

    async def store(self, name: str, owner: Owner, secret: Secret, ask: Ask | None) -> None:
        """Nothing is kept: that is its point."""

    async def forget(self, name: str, owner: Owner, ask: Ask | None) -> bool:
        """There is nothing to forget."""
        return False


class Environment:
    """Reads a variable of the environment.

    Args:
        environ: The environment.
    """

    title = "a variable of the environment"
    problem = ""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ

    async def fetch(self, name: str, owner: Owner, ask: Ask | None) -> Secret:
        """What the variable holds."""
        value = self._environ.get(name, "")
        if not value:
            raise SecretError(
                f"there is no variable {name} in the environment", hint="Set it before the call."
            )
        return Secret(value)

    async def store(self, name: str, owner: Owner, secret: Secret, ask: Ask | None) -> None:
        """Never: whoever starts us sets it."""
        raise SecretError(f"the environment keeps nothing; set {name} where bbsterm is started")

    async def forget(self, name: str, owner: Owner, ask: Ask | None) -> bool:
        """There is nothing of ours to forget."""
        return False
