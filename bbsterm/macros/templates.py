"""What a step sends, as it is written: ``{user}<enter>``, ``<f1>``, ``<0x1b>``, ``plain words``.

`{name}` is a variable, `<name>` a key; `{{`, `}}` and `<<` are the characters themselves. A newline is Enter.
What a variable holds is typed as it is: nothing in it is a key or a variable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeAlias

from bbsterm import limits

__all__ = [
    "KEYS",
    "SECRET",
    "Key",
    "Part",
    "Raw",
    "Template",
    "TemplateError",
    "Variable",
    "Words",
    "as_written",
    "parse_template",
]

SECRET: Final = "secret"
"""The variable that is never shown."""

KEYS: Final[Mapping[str, str]] = {
    "enter": "enter",
    "return": "enter",
    "tab": "tab",
    "backtab": "shift+tab",
    "esc": "escape",
    "escape": "escape",
    "space": "space",
    "backspace": "backspace",
    "delete": "delete",
    "insert": "insert",
    "up": "up",
    "down": "down",
    "left": "left",
    "right": "right",
    "home": "home",
    "end": "end",
    "pageup": "pageup",
    "pagedown": "pagedown",
    **{f"f{number}": f"f{number}" for number in range(1, 13)},
    "ctrl+[": "escape",
    "ctrl+\\": "ctrl+backslash",
    "ctrl+]": "ctrl+right_square_bracket",
    "ctrl+^": "ctrl+circumflex_accent",
    "ctrl+_": "ctrl+underscore",
}
"""A key as macros write it -> as the terminal knows it. ``<ctrl+a>`` to ``<ctrl+z>`` are keys, too."""

_TOKEN: Final = re.compile(
    r"\{\{|\}\}|<<"
    r"|\{(?P<variable>[^{}]*)\}"
    r"|<(?P<key>[^<>\s]*)>"
    r"|(?P<enter>\r\n|\r|\n)"
    r"|(?P<words>[^{}<\r\n]+)"
    r"|(?P<stray>[{}<])"
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_BYTE: Final = re.compile(r"0x([0-9a-f]{2})")
_CONTROL: Final = re.compile(r"ctrl\+[a-z]")


class TemplateError(ValueError):
    """Something that cannot be sent. `str()` says what, and what was probably meant."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text to type."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """A key to press, under the terminal's name for it."""

    name: str


@dataclass(frozen=True, slots=True)
class Raw:
    """A byte to send as it is."""

    byte: int


@dataclass(frozen=True, slots=True)
class Variable:
    """Text to type that is only known when it is sent."""

    name: str


Part: TypeAlias = Words | Key | Raw | Variable
Template: TypeAlias = tuple[Part, ...]


def parse_template(text: str) -> Template:
    """Read what a step sends.

    Raises:
        TemplateError: A key or a bracket that means nothing.
    """
    if len(text) > limits.MAX_MACRO_SEND:
        raise TemplateError(f"{len(text)} characters are too many; there may be {limits.MAX_MACRO_SEND}")
    return tuple(_joined(_part(match) for match in _TOKEN.finditer(text)))


def as_written(parts: Template) -> str:
    """The other way round: the text that `parse_template` reads as these parts."""
    return "".join(map(_spelled, parts))


def _part(match: re.Match[str]) -> Part:
    if match["variable"] is not None:
        return _variable(match["variable"])
    if match["key"] is not None:
        return _key(match["key"].lower())
    if match["enter"] is not None:
        return Key("enter")
    if match["stray"] is not None:
        stray = match["stray"]
        raise TemplateError(f"{stray!r} stands alone; for the character itself write {stray * 2!r}")
    return Words(match["words"] or match[0][0])


def _variable(name: str) -> Variable:
    if not _NAME.fullmatch(name):
        raise TemplateError(f"{{{name}}} is no variable: a name has small letters, digits and _")
    return Variable(name)


def _key(name: str) -> Key | Raw:
    if byte := _BYTE.fullmatch(name):
        return Raw(int(byte[1], 16))
    if name in KEYS:
        return Key(KEYS[name])
    if _CONTROL.fullmatch(name):
        return Key(name)
    near = get_close_matches(name, KEYS, n=1)
    meant = f"did you mean <{near[0]}>?" if near else "for the character < itself write <<"
    raise TemplateError(f"<{name}> is no key; {meant}")


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """The same with neighbouring words in one."""
    words = ""
    for part in parts:
        if isinstance(part, Words):
            words += part.text
            continue
        if words:
            yield Words(words)
            words = ""
        yield part
    if words:
        yield Words(words)


_SPELLED_KEYS: Final = {key: name for name, key in reversed(tuple(KEYS.items()))}


def _spelled(part: Part) -> str:
    match part:
        case Words(text):
            return text.replace("{", "{{").replace("}", "}}").replace("<", "<<")
        case Key(name):
            return f"<{_SPELLED_KEYS.get(name, name)}>"
        case Raw(byte):
            return f"<0x{byte:02x}>"
        case Variable(name):
            return f"{{{name}}}"
