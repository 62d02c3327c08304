"""The board's sentences, by name: a sysop may say any of them in other words.

A text is markup with places for values: ``Welcome to {board}``. Which values a text can have is what the
built-in one has, besides those that every text can have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bbsterm.serve.markup import escape

__all__ = ["ALWAYS", "PLACEHOLDER", "Texts"]

PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
ALWAYS: Final = frozenset({"board"})
"""Values that every text can have."""


class Texts:
    """All texts; each is one or more lines of markup."""

    def __init__(self, texts: Mapping[str, str], **always: str) -> None:
        self._texts: Final = texts
        self._always: Final = always

    def say(self, name: str, /, **values: object) -> str:
        """A text of one line, its values put in so that they mean themselves."""
        given = {**self._always, **values}
        return PLACEHOLDER.sub(lambda found: escape(str(given.get(found[1], found[0]))), self._texts[name])

    def lines(self, name: str, /, **values: object) -> list[str]:
        """The same of several lines; none for an empty text."""
        said = self.say(name, **values)
        return said.split("\n") if said else []

    def values(self, name: str) -> frozenset[str]:
        """The names of the values that a text has."""
        return frozenset(PLACEHOLDER.findall(self._texts[name]))

    def names(self) -> tuple[str, ...]:
        """The names of all texts."""
        return tuple(self._texts)

    def changed(self, texts: Mapping[str, str], **always: str) -> Texts:
        """These, with some of them in other words."""
        return Texts({**self._texts, **texts}, **{**self._always, **always})
