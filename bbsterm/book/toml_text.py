"""Values and entries as TOML writes them: tomllib only reads, tomlkit edits what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from bbsterm.book.entry import Entry

__all__ = ["block_text", "file_value", "toml_key", "toml_value"]

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def block_text(entry: Entry) -> str:
    """A whole ``[[entry]]``: who and where first, then what differs from the defaults."""
    lines = [f"{toml_key(name)} = {toml_value(value)}" for name, value in _written(entry)]
    return "\n".join(["[[entry]]", *lines]) + "\n\n"


def file_value(name: str, value: Any) -> Any:
    """A field's value as the file has it: a date for `added`, a list for tags."""
    if name == "added" and value is not None:
        return datetime.fromtimestamp(value, UTC)
    return list(value) if isinstance(value, tuple) else value


def toml_key(key: str) -> str:
    """A key, quoted where it must be."""
    return key if _BARE.fullmatch(key) else _quoted(key)


def toml_value(value: Any) -> str:
    """A value on one line, but for texts of several lines."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str() if "\n" in value:
            return '"""\n' + "\n".join(map(_escaped, value.split("\n"))) + '"""'
        case str():
            return _quoted(value)
        case list() | tuple():
            return "[" + ", ".join(map(toml_value, value)) + "]"
        case dict():
            pairs = (f"{toml_key(key)} = {_one_line(inner)}" for key, inner in value.items())
            return "{" + ", ".join(pairs) + "}"
        case datetime(tzinfo=zone) if zone is UTC:
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case _:
            return str(value.isoformat())


def _written(entry: Entry) -> Iterator[tuple[str, Any]]:
    plain = entry.plain()
    for name in ("id", "name", "host", "port"):
        plain.pop(name, None)
        if value := getattr(entry, name):
            yield name, value
    extra = plain.pop("extra", ())
    for name, value in plain.items():
        yield name, file_value(name, value)
    yield from extra


def _one_line(value: Any) -> str:
    return _quoted(value) if isinstance(value, str) else toml_value(value)


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(map(_escape, text))


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
