"""What words of a board set off on one call: looks at its lines, and says what is to be done."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Final

from bbsterm.macros.templates import Template, Variable, Words
from bbsterm.macros.triggers import Fired, KeyMacro, Reactions, Watcher
from bbsterm.session.macros import Tapped, plain_text_of

__all__ = ["Reacting", "told"]

_log: Final = logging.getLogger("bbsterm.triggers")


def told(message: Template, variables: Mapping[str, str]) -> str:
    """A message with its variables filled in; what is not known is left out."""
    texts = (
        part.text
        if isinstance(part, Words)
        else variables.get(part.name, "")
        if isinstance(part, Variable)
        else " "
        for part in message
    )
    return "".join(texts).strip()


class Reacting:
    """Reads along with a call.

    Args:
        call: Which.
        reactions: What holds for its entry.
        fired: Told of everything that a trigger has found; the log is written here.
        clock: Seconds, monotonic.
    """

    def __init__(
        self,
        call: Tapped,
        reactions: Reactions,
        fired: Callable[[Fired], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._call = call
        self._fired = fired
        self._clock = clock
        self._keys = {macro.key: macro for macro in reactions.keys}
        self._watcher = Watcher(reactions.triggers)
        self._plain = plain_text_of(call)
        self._stop = call.tap(self._take) if reactions.triggers else lambda: None

    def key(self, key: str) -> KeyMacro | None:
        """What a key does instead of going to the board."""
        return self._keys.get(key)

    def close(self) -> None:
        """Read no further."""
        self._stop()

    def _take(self, data: bytes) -> None:
        if self._plain.encoding != self._call.terminal.encoding:
            self._plain = plain_text_of(self._call)
        for fired in self._watcher.feed(self._plain.feed(data), now=self._clock()):
            if fired.trigger.log:
                _log.info("trigger: %s", fired.line)
            self._fired(fired)
