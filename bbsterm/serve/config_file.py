"""`bbsterm serve --config FILE`: the options as TOML, and what is wrong with them, by file and line."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bbsterm.config.lines import line_numbers
from bbsterm.config.reading import parse_toml, read_file
from bbsterm.errors import ConfigError
from bbsterm.serve.settings import GROUPS, OPTIONS, ServeOption, find_option

__all__ = ["read_options"]

_TABLES: Final = frozenset({"serve", *GROUPS})
_SHOWN: Final = 60


def read_options(path: Path) -> dict[str, Any]:
    """What a file says, by the options' names; what it does not mention is not in it.

    Raises:
        ConfigError: There is no such file, it is no TOML, a key is none of ours, or a value cannot be meant.
    """
    if not path.exists():
        raise ConfigError(path, None, "there is no such file")
    text = read_file(path)
    lines = line_numbers(text)
    values: dict[str, Any] = {}
    for name, value in _flat(path, parse_toml(path, text), lines):
        option = _known(path, name, lines)
        if option.name in values:
            raise ConfigError(path, lines.get(name), f"{option.key} is there twice")
        try:
            values[option.name] = option.kind.check(value)
        except ValueError as error:
            raise ConfigError(path, lines.get(name), f"{option.key} {error}, found {_shown(value)}") from None
    return values


def _flat(
    path: Path, document: dict[str, Any], lines: dict[tuple[str, ...], int]
) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every key with its value, whatever table it stands in."""
    for key, value in document.items():
        if not isinstance(value, dict):
            yield (key,), value
        elif key in _TABLES:
            yield from (((key, inner), each) for inner, each in value.items())
        else:
            raise ConfigError(path, lines.get((key,)), f"[{key}] is not known{_near(key, _TABLES)}")


def _known(path: Path, name: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> ServeOption:
    option = find_option(name[-1])
    if option is None:
        near = _near(name[-1], [each.key for each in OPTIONS])
        raise ConfigError(path, lines.get(name), f"{name[-1]} is not known{near}")
    return option


def _near(word: str, known: Any) -> str:
    near = difflib.get_close_matches(word.replace("_", "-"), sorted(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
