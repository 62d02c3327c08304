"""Reading a sysop's TOML files: what is wrong is said by file and line, with the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, NoReturn

from bbsterm import limits
from bbsterm.config.lines import Name, line_numbers
from bbsterm.config.reading import parse_toml, read_file
from bbsterm.errors import ConfigError

__all__ = ["Table", "nearest", "read_toml"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,23}")
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]")
_LONGEST: Final = 4000


def read_toml(path: Path) -> Table:
    """A file as a table; an empty one where there is no file.

    Raises:
        ConfigError: It cannot be read, or is no TOML.
    """
    text = read_file(path)
    if len(text) > limits.MAX_BOARD_FILE:
        raise ConfigError(path, None, f"it is larger than {limits.MAX_BOARD_FILE // 1024} KiB")
    return Table(path, parse_toml(path, text), line_numbers(text), ())


def nearest(word: str, words: Iterable[str]) -> str:
    """What to try in place of `word`, to stand behind a sentence."""
    known = list(words)
    near = get_close_matches(word, known, n=1)
    if near:
        return f"; did you mean {near[0]!r}?"
    return f"; known are {', '.join(known)}" if known and len(known) <= 20 else ""


class Table:
    """A table of a file. What is asked for is taken out of it; what is left at the `end` was a slip."""

    def __init__(self, path: Path, values: Mapping[str, Any], lines: Mapping[Name, int], at: Name) -> None:
        self.path: Final = path
        self._values: Final = dict(values)
        self._lines: Final = lines
        self._at: Final = at
        self._asked: Final[list[str]] = []

    def complain(self, key: str, reason: str) -> NoReturn:
        """Something is wrong with this key, or with the table where it is empty."""
        name = (*self._at, key) if key else self._at
        line = self._lines.get(name) or self._lines.get(self._at)
        raise ConfigError(self.path, line, reason)

    def text(self, key: str, default: str | None = None, *, longest: int = _LONGEST) -> str:
        """A text without control characters; one of several lines keeps its line ends."""
        value = self._take(key, default)
        if not isinstance(value, str):
            self.complain(key, f"{key} must be a text")
        if len(value) > longest:
            self.complain(key, f"{key} is longer than {longest} characters")
        if _CONTROLS.search(value):
            self.complain(key, f"{key} has control characters in it")
        if longest < _LONGEST and "\n" in value:
            self.complain(key, f"{key} must be one line")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            self.complain(key, f"{key} must be true or false")
        return value

    def choice(self, key: str, default: str, words: Iterable[str]) -> str:
        """One of some words."""
        known = list(words)
        value = self._take(key, default)
        if value not in known:
            self.complain(key, f"{key} cannot be {value!r}{nearest(str(value), known)}")
        return str(value)

    def tables(self, key: str = "") -> Iterator[tuple[str, Table]]:
        """The tables within one, or all that are left in this one, by name and in order."""
        if key:
            self._asked.append(key)
            inner = self._values.pop(key, {})
            if not isinstance(inner, dict):
                self.complain(key, f"{key} must be tables: [{key}.NAME]")
            yield from Table(self.path, inner, self._lines, (*self._at, key)).tables()
            return
        if len(self._values) > limits.MAX_BOARD_ITEMS:
            self.complain("", f"there are more than {limits.MAX_BOARD_ITEMS} of them")
        for name in list(self._values):
            if isinstance(self._values[name], dict):
                inner = self._values.pop(name)
                yield name, Table(self.path, inner, self._lines, (*self._at, name))
        self.end()

    def name(self, word: str) -> str:
        """The table's own name, if it can be one."""
        if not _NAME.fullmatch(word):
            self.complain("", f"{word!r} is no name: small letters, digits, - and _, at most 24")
        return word

    def texts(self) -> Iterator[tuple[str, str]]:
        """All that is left, as texts."""
        for key in list(self._values):
            yield key, self.text(key)

    def end(self) -> None:
        """Nothing may be left.

        Raises:
            ConfigError: Something is: its name is not known here.
        """
        for key in self._values:
            known = [word for word in self._asked if word not in self._values]
            self.complain(key, f"{key!r} is not known here{nearest(key, known)}")

    def _take(self, key: str, default: object) -> Any:
        self._asked.append(key)
        value = self._values.pop(key, default)
        if value is None:
            self.complain("", f"{key} is missing")
        return value
