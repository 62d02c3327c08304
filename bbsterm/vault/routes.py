"""What all places for passwords have in common: they can be asked, some can keep, and some are not there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol, TypeAlias

from bbsterm.secret import Secret
from bbsterm.vault.references import Owner

__all__ = ["CONSENT", "Ask", "Place", "Question", "Route", "bound_problem"]

CONSENT: Final = "plain text"
"""What somebody must type who wants a password kept in plain text."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person knows.

    Attributes:
        kind: "secret", "passphrase" (of the vault) or "new passphrase" (twice, then).
        prompt: What to ask, in words.
        problem: Why it is asked again; empty the first time.
        owner: Whose password; None for a passphrase.
    """

    kind: str
    prompt: str
    problem: str = ""
    owner: Owner | None = None


Ask: TypeAlias = Callable[[Question], Awaitable["Secret | None"]]
"""Asks a person, without showing what is typed. None if nobody answers."""


class Route(NamedTuple):
    """One place, as `bbsterm doctor` shows it.

    Attributes:
        kind: One of `KINDS`.
        title: What it is called.
        problem: Why it cannot be used here, and what would help; empty if it can.
        keeps: Whether a password can be put there by us.
    """

    kind: str
    title: str
    problem: str
    keeps: bool


class Place(Protocol):
    """A place that passwords can be in."""

    @property
    def title(self) -> str:
        """What it is called."""
        ...

    @property
    def problem(self) -> str:
        """Why it cannot be used here; empty if it can."""
        ...

    async def fetch(self, name: str, owner: Owner, ask: Ask | None) -> Secret:
        """The password.

        Raises:
            SecretError: There is none, it is another host's, or the place cannot be used.
        """
        ...

    async def store(self, name: str, owner: Owner, secret: Secret, ask: Ask | None) -> None:
        """Keep a password, in place of an older one.

        Raises:
            SecretError: It cannot be kept there.
        """
        ...

    async def forget(self, name: str, owner: Owner, ask: Ask | None) -> bool:
        """Forget it; whether there was one.

        Raises:
            SecretError: The place cannot be used.
        """
        ...


def bound_problem(name: str, place: str, owner: Owner) -> str:
    """Why a password of one host is not for another; empty if it is."""
    if place == owner.place:
        return ""
    return f"the secret {name!r} is kept for {place}, not for {owner.place}"
