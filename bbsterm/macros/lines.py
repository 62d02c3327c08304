"""On which line of a TOML text a value stands. The standard library's reader does not tell.

The text is known to be correct TOML; this only finds its way through it: tables, keys, arrays, strings.
"""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

__all__ = ["Path", "find_lines"]

Path: TypeAlias = "tuple[str | int, ...]"
"""Keys and indices from 0, from the outside in: ``("step", 2, "choose", 0, "send")``."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY: Final = re.compile(r"""[ \t]*("(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")' r"|'''.*?'{3,5}(?!')" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR: Final = re.compile(r"[^,\]}#\n]*")


def find_lines(text: str) -> dict[Path, int]:
    """Every table, key and element of correct TOML, and its line, from 1."""
    return _Walk(text).lines


class _Walk:
    """Goes through a text once, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._line, self._counted = 1, 0
        self._elements: dict[Path, int] = {}  # array of tables -> how many there are so far
        self._document()

    def _document(self) -> None:
        table: Path = ()
        while self._skip():
            if self._text.startswith("[[", self._at):
                table = self._header(2, element=True)
            elif self._text[self._at] == "[":
                table = self._header(1, element=False)
            else:
                self._pair(table)

    def _header(self, width: int, *, element: bool) -> Path:
        line = self._here()
        self._at += width
        path: Path = ()
        *outer, last = self._keys()
        for key in outer:
            path = self._latest((*path, key))
        path = (*path, last)
        if element:
            index = self._elements.get(path, -1) + 1
            self._elements[path] = index
            self.lines.setdefault(path, line)
            path = (*path, index)
        self.lines.setdefault(path, line)
        self._at += width
        return path

    def _latest(self, path: Path) -> Path:
        """The last element so far, where the path is an array of tables."""
        return (*path, self._elements[path]) if path in self._elements else path

    def _pair(self, table: Path) -> None:
        line = self._here()
        path = table
        for key in self._keys():
            path = (*path, key)
            self.lines.setdefault(path, line)
        self._at += 1  # the equals sign
        self._skip()
        self._value(path)

    def _keys(self) -> list[str]:
        """A key with dots; afterwards we stand at what follows it."""
        keys = []
        while match := _KEY.match(self._text, self._at):
            keys.append(_unquoted(match[1]))
            self._at = match.end()
            if not match[2]:
                break
        return keys

    def _value(self, path: Path) -> None:
        self.lines.setdefault(path, self._here())
        opening = self._text[self._at : self._at + 1]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._inline_table(path)
        else:
            match = _STRING.match(self._text, self._at) or _SCALAR.match(self._text, self._at)
            self._at = match.end() if match else self._at

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        while self._skip() and self._text[self._at] != "]":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        while self._skip() and self._text[self._at] != "}":
            if self._text[self._at] == ",":
                self._at += 1
                continue
            self._pair(path)
        self._at += 1

    def _skip(self) -> bool:
        """Go to what is neither blank nor comment; whether there is something."""
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line


def _unquoted(key: str) -> str:
    """A key without its quotes."""
    import tomllib  # here: few keys are quoted

    if key[0] not in "\"'":
        return key
    parsed: dict[str, Any] = tomllib.loads(f"{key} = 0")
    return next(iter(parsed))
