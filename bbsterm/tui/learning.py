"""Learning on a call: the board's words and the user's keys go to a `Learner`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bbsterm.macros.learn import Learner
from bbsterm.session.macros import Tapped, plain_text_of

if TYPE_CHECKING:
    from bbsterm.macros import Macro
    from bbsterm.screen.terminal import Terminal
    from bbsterm.secret import Secret

__all__ = ["Learning", "before_cursor"]


def before_cursor(terminal: Terminal) -> str:
    """What the board said last, as far as it can be seen: every row down to the cursor."""
    cursor = terminal.cursor
    rows = terminal.display()[: cursor.row + 1]
    if rows:
        rows[-1] = rows[-1].ljust(cursor.column)[: cursor.column]
    return "\n".join(row.rstrip() for row in rows[:-1]) + "\n" + "".join(rows[-1:])


class Learning:
    """Watches one call, from now on; a prompt that stands there already counts.

    Args:
        call: The call.
        user: The entry's user name, for `{user}`.
    """

    def __init__(self, call: Tapped, user: str = "") -> None:
        self._call = call
        self._learner = Learner(user=user)
        self._plain = plain_text_of(call)
        self._learner.hear(before_cursor(call.terminal))
        self._stop = call.tap(self._take)

    @property
    def steps(self) -> int:
        """How many steps there are so far."""
        return self._learner.steps

    @property
    def secret(self) -> Secret:
        """What was typed as a secret; empty if nothing was."""
        return self._learner.secret

    def key(self, key: str, character: str | None, *, shown: bool) -> None:
        """A key goes to the board; `shown` where we echo it ourselves."""
        self._learner.key(key, character, shown=shown)

    def paste(self, text: str, *, shown: bool) -> None:
        """A paste goes to the board."""
        self._learner.paste(text, shown=shown)

    def finish(self, name: str, title: str) -> Macro:
        """End it: what was learnt, which may have no steps."""
        self._stop()
        return self._learner.macro(name, title)

    def close(self) -> None:
        """End it and forget it."""
        self._stop()

    def _take(self, data: bytes) -> None:
        if self._plain.encoding != self._call.terminal.encoding:
            self._plain = plain_text_of(self._call)
        self._learner.hear(self._plain.feed(data))
