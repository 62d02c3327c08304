"""Themes of the user's own: each file of the folder `themes` beside the settings is one."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any, Final

from textual.color import Color, ColorParseError
from textual.theme import Theme

from bbsterm.config.lines import line_numbers
from bbsterm.config.reading import parse_toml, read_file
from bbsterm.errors import ConfigError
from bbsterm.limits import MAX_THEMES

__all__ = ["read_theme", "read_themes"]

COLOURS: Final = (
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "success",
    "warning",
    "error",
)
_NAME: Final = re.compile(r"[\w][\w. -]{0,40}")


def read_themes(folder: Path) -> tuple[list[Theme], list[ConfigError]]:
    """All themes of a folder that can be understood, and what is wrong with the others."""
    themes: list[Theme] = []
    problems: list[ConfigError] = []
    try:
        files = sorted(folder.glob("*.toml"))[:MAX_THEMES]
    except OSError as error:
        return [], [ConfigError(folder, None, f"it cannot be read: {(error.strerror or '').lower()}")]
    for path in files:
        try:
            themes.append(read_theme(path))
        except ConfigError as error:
            problems.append(error)
    return themes, problems


def read_theme(path: Path) -> Theme:
    """One theme, called as its file is.

    Raises:
        ConfigError: It cannot be read, has no primary colour, or something in it is no colour.
    """
    text = read_file(path)
    document = parse_toml(path, text)
    lines = line_numbers(text)
    if not _NAME.fullmatch(path.stem):
        raise ConfigError(path, None, "a theme's name is letters, digits, dots and dashes")
    colours: dict[str, Any] = {}
    for key, value in document.items():
        line = lines.get((key,))
        if key == "dark":
            if not isinstance(value, bool):
                raise ConfigError(path, line, f"dark must be true or false, found {value!r:.60}")
            colours[key] = value
            continue
        if key not in COLOURS:
            near = difflib.get_close_matches(key, [*COLOURS, "dark"], n=1)
            meant = f"; did you mean {near[0]}?" if near else ""
            raise ConfigError(path, line, f"{key} is not known{meant}")
        colours[key] = _colour(path, line, key, value)
    if "primary" not in colours:
        raise ConfigError(path, None, "a theme must have a primary colour")
    return Theme(name=path.stem, **colours)


def _colour(path: Path, line: int | None, key: str, value: object) -> str:
    try:
        if not isinstance(value, str) or value.startswith("$"):
            raise ValueError
        Color.parse(value)
    except (ColorParseError, ValueError):
        raise ConfigError(
            path, line, f'{key} must be a colour, such as "#ffb000" or "red", found {value!r:.60}'
        ) from None
    return str(value)
