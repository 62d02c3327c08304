"""What an entry says of its password: where it is, never what it is."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bbsterm.errors import SecretError

__all__ = ["KINDS", "Owner", "Reference", "default_reference", "parse_reference"]

KINDS: Final = ("keyring", "command", "ask", "file", "plain", "env")
"""The ladder: what comes first is what we would choose; "env" is for cron."""

_NAME: Final = re.compile(r"[\w.@:/-]{1,128}")
_UNNAMED: Final = re.compile(r"[^\w.-]+")
_NEEDS_NAME: Final = frozenset({"file", "plain", "env"})


class Reference(NamedTuple):
    """A reference, taken apart.

    Attributes:
        kind: One of `KINDS`.
        name: What it is called there; empty where the entry and its host are name enough.
    """

    kind: str
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


class Owner(NamedTuple):
    """Whose password it is: a password is bound to one entry and to one host and port.

    Attributes:
        entry: The entry's id.
        name: What the board is called, for questions.
        host: Its host, as the entry has it.
        port: Its port.
        user: The entry's user; empty if it names none.
    """

    entry: str
    name: str
    host: str
    port: int
    user: str = ""

    @property
    def place(self) -> str:
        """Host and port, in small letters."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}".lower()

    @property
    def account(self) -> str:
        """What a keyring calls it."""
        return f"{self.entry or self.user or 'board'}@{self.place}"


def parse_reference(text: str) -> Reference:
    """Read a reference.

    Raises:
        SecretError: It is none. What was there instead is not repeated: it may be a password.
    """
    kind, colon, name = text.partition(":")
    if kind not in KINDS or (colon and not _NAME.fullmatch(name)) or (kind in _NEEDS_NAME and not name):
        raise SecretError(
            "the entry's secret is no reference",
            hint='It is "ask", "keyring", "command", "file:NAME", "env:NAME" or "plain:NAME".',
        )
    if kind == "ask" and name:
        raise SecretError('"ask" has no name', hint='Write secret = "ask".')
    return Reference(kind, name)


def default_reference(kind: str, owner: Owner) -> Reference:
    """How an entry that has no reference yet would name its password in a place of this kind."""
    name = owner.entry or _UNNAMED.sub("-", owner.place)
    return Reference(kind, name if kind in ("file", "plain") else "")
