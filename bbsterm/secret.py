"""A secret: text that shows itself to nobody who does not ask for it by name."""

from __future__ import annotations

import hmac
from typing import Final, NoReturn

__all__ = ["HIDDEN", "Secret"]

HIDDEN: Final = "<secret>"
"""What stands for a secret wherever it would be shown: logs, traces, transcripts, error messages."""


class Secret:
    """A password or the like. `str`, `repr`, `format` and f-strings give `HIDDEN`; `reveal` gives the text.

    It cannot be pickled or copied to JSON by accident, and comparing takes the same time wherever two differ.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself. Every call of this is a place to review."""
        return self._text

    def redact(self, text: str) -> str:
        """`text` with every occurrence of the secret hidden."""
        return text.replace(self._text, HIDDEN) if self._text else text

    def __repr__(self) -> str:
        return HIDDEN

    def __str__(self) -> str:
        return HIDDEN

    def __format__(self, spec: str) -> str:
        return format(HIDDEN, spec)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode("utf-8", "surrogatepass"), _bytes(other))

    def __hash__(self) -> int:
        return hash((Secret, len(self._text)))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


def _bytes(secret: Secret) -> bytes:
    return secret.reveal().encode("utf-8", "surrogatepass")
