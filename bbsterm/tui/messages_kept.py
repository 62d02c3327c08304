"""What the messages in the corner have said since the start, kept to be read at leisure."""

from __future__ import annotations

import time
from collections import deque
from typing import Final

from textual.content import Content

from bbsterm import limits

__all__ = ["KeptMessages"]

_LOOKS: Final = {"information": "", "warning": "$warning", "error": "$error"}


class KeptMessages:
    """The last of them, each with the time of day and how grave it is."""

    def __init__(self) -> None:
        self._kept: deque[tuple[str, str, str]] = deque(maxlen=limits.MAX_KEPT_MESSAGES)

    def keep(self, text: str, severity: str) -> None:
        """One more; the oldest is forgotten where there are too many."""
        self._kept.append((time.strftime("%H:%M:%S"), text[: limits.MAX_KEPT_MESSAGE], severity))

    def listed(self) -> Content:
        """The latest first."""
        if not self._kept:
            return Content("Nothing was said yet.")
        return Content("\n").join(
            Content.assemble((f"{at}  ", "$text-muted"), (text, _LOOKS.get(severity, "")))
            for at, text, severity in reversed(self._kept)
        )
