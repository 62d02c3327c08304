"""What a modem would have printed: the words that callers have read since 1981."""

from __future__ import annotations

from typing import Final

from bbsterm.errors import BbstermError, BusyError, InsecureError, NoAnswerError, UnknownHostError

__all__ = ["CANCELLED", "CONNECT", "DIALING", "NO_CARRIER", "word_for"]

DIALING: Final = "DIALING"
CONNECT: Final = "CONNECT"
NO_CARRIER: Final = "NO CARRIER"
CANCELLED: Final = "CANCELLED"

_WORDS: Final[tuple[tuple[type[BbstermError], str], ...]] = (
    (BusyError, "BUSY"),
    (NoAnswerError, "NO ANSWER"),
    (UnknownHostError, "NO SUCH NUMBER"),
    (InsecureError, "NOT SECURE"),
)


def word_for(error: BbstermError | None) -> str:
    """The modem's word for how a call ended; NO CARRIER for everything that is nothing else."""
    return next((word for kind, word in _WORDS if isinstance(error, kind)), NO_CARRIER)
