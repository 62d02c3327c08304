"""Reading the settings: the file, overridden by the environment, with where each value comes from."""

from __future__ import annotations

import difflib
import logging
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from bbsterm.config.lines import Name, line_numbers
from bbsterm.config.paths import find_paths
from bbsterm.config.settings import SETTINGS, TABLES, Setting, Settings
from bbsterm.errors import BbstermError, ConfigError, UsageError
from bbsterm.limits import MAX_CONFIG_FILE

__all__ = ["KeyLine", "Loaded", "Origin", "load_settings", "parse_toml", "read_file", "read_settings"]

_log: Final = logging.getLogger("bbsterm.config")
_AT_LINE: Final = re.compile(r"\(at line (\d+)")
KEYS: Final = "keys"
"""The table of the user's keys. What a command and a key are is known above this floor."""

_MAX_KEYS: Final = 500
_ENDLESS: Final = re.compile(r"(?:[\w-]+[ \t]*\.[ \t]*){32}")  # tomllib is slow with such a key


class Origin(NamedTuple):
    """Where a value comes from.

    Attributes:
        kind: "default", "file" or "environment".
        where: ``config.toml:7`` or the variable's name; empty for a default.
    """

    kind: str
    where: str = ""

    def __str__(self) -> str:
        """For people."""
        return self.where or self.kind


DEFAULT: Final = Origin("default")


class KeyLine(NamedTuple):
    """One line of `[keys]`: a command, such as ``dialer.find``, the keys wished for it, and the line."""

    command: str
    keys: tuple[str, ...]
    line: int | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read.

    Attributes:
        path: The file, whether there is one or not.
        settings: All values; the default for each that could not be meant.
        origins: Where each value comes from, by the setting's full name.
        keys: The lines of `[keys]`, as they stand there.
        problems: What is wrong, in the order of the file; the rest was read all the same.
        warnings: What is not known and was passed over.
    """

    path: Path
    settings: Settings
    origins: Mapping[str, Origin]
    keys: tuple[KeyLine, ...] = ()
    problems: tuple[BbstermError, ...] = ()
    warnings: tuple[ConfigError, ...] = ()

    def origin(self, name: str) -> Origin:
        """Where the value of a setting comes from."""
        return self.origins.get(name, DEFAULT)


def load_settings(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, or refuse them. No file means the defaults; the environment has the last word.

    Args:
        path: The file; the platform's place for it if None.
        environ: Where ``BBSTERM_TABLE_KEY`` is looked up.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or a value cannot be meant. It is never changed.
        UsageError: A variable of the environment cannot be meant.
    """
    loaded = read_settings(path, environ)
    if loaded.problems:
        raise loaded.problems[0]
    for warning in loaded.warnings:
        _log.warning("%s", warning)
    return loaded.settings


def read_settings(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Loaded:
    """Read what can be read; what is wrong is in the result. Never raises for what stands in the file."""
    path = path or find_paths(environ).settings
    problems: list[BbstermError] = []
    try:
        text = read_file(path)
        document = parse_toml(path, text)
    except ConfigError as error:
        text, document = "", {}
        problems.append(error)
    reader = _Reader(path, line_numbers(text) if text else {}, problems)
    settings, origins = Settings(), dict[str, Origin]()
    for table in TABLES:
        section = document.pop(table, {})
        if not isinstance(section, dict):
            reader.complain((table,), f"[{table}] must be a table")
            section = {}
        values = reader.values(table, section, origins) | reader.variables(table, environ, origins)
        settings = replace(settings, **{table: replace(getattr(settings, table), **values)})
    keys = tuple(reader.keys(document.pop(KEYS, {})))
    for name in document:
        reader.unknown((name,), f"[{name}] is not known", [*TABLES, KEYS])
    order = sorted(problems, key=lambda problem: getattr(problem, "line", None) or 0)
    return Loaded(path, settings, origins, keys, tuple(order), tuple(reader.warnings))


class _Reader:
    """Takes a parsed file apart, and keeps what is wrong with it."""

    def __init__(self, path: Path, lines: Mapping[Name, int], problems: list[BbstermError]) -> None:
        self._path = path
        self._lines = lines
        self._problems = problems
        self.warnings: list[ConfigError] = []

    def complain(self, name: Name, reason: str) -> None:
        """A value cannot be meant."""
        self._problems.append(ConfigError(self._path, self._lines.get(name), reason))

    def unknown(self, name: Name, reason: str, known: list[str]) -> None:
        """A key is none of ours: a slip, or another version's."""
        near = difflib.get_close_matches(name[-1], known, n=1)
        meant = f"; did you mean {near[0]}?" if near else " and ignored"
        self.warnings.append(ConfigError(self._path, self._lines.get(name), reason + meant))

    def values(self, table: str, section: Mapping[str, object], origins: dict[str, Origin]) -> dict[str, Any]:
        """What a table of the file says."""
        known = {setting.key: setting for setting in SETTINGS if setting.table == table}
        taken: dict[str, Any] = {}
        for key, value in section.items():
            if key not in known:
                self.unknown((table, key), f"{table}.{key} is not known", list(known))
                continue
            try:
                taken[key] = known[key].kind.check(value)
            except ValueError as error:
                self.complain((table, key), f"{key} {error}, found {_shown(value)}")
                continue
            line = self._lines.get((table, key))
            where = f"{self._path.name}:{line}" if line else self._path.name
            origins[known[key].name] = Origin("file", where)
        return taken

    def variables(self, table: str, environ: Mapping[str, str], origins: dict[str, Origin]) -> dict[str, Any]:
        """What the environment says of a table."""
        taken: dict[str, Any] = {}
        for setting in SETTINGS:
            text = environ.get(setting.variable)
            if setting.table != table or not text:
                continue
            try:
                taken[setting.key] = _from_environment(setting, text)
            except UsageError as error:
                self._problems.append(error)
            else:
                origins[setting.name] = Origin("environment", setting.variable)
        return taken

    def keys(self, section: object) -> list[KeyLine]:
        """The lines of `[keys]`; ``call.hang_up`` and ``"call.hang_up"`` are the same."""
        if not isinstance(section, dict):
            self.complain((KEYS,), "[keys] must be a table")
            return []
        lines: list[KeyLine] = []
        for name, value in section.items():
            nested = value.items() if isinstance(value, dict) else [("", value)]
            for key, wish in nested:
                place = (KEYS, name, key) if key else (KEYS, name)
                wished = _keys_of(wish)
                if wished is None or len(lines) >= _MAX_KEYS:
                    self.complain(place, f"{'.'.join(place[1:])} must be a key or a list of keys")
                else:
                    lines.append(KeyLine(".".join(place[1:]), wished, self._lines.get(place)))
        return lines


def _keys_of(value: object) -> tuple[str, ...] | None:
    """The keys of one command; none for an empty text."""
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list) and all(isinstance(key, str) and key for key in value):
        return tuple(value)
    return None


def _from_environment(setting: Setting, text: str) -> Any:
    try:
        return setting.kind.check(setting.kind.from_text(text))
    except ValueError as error:
        raise UsageError(f"{setting.variable} {error}, found {_shown(text)}") from None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:59] + "…"


def read_file(path: Path) -> str:
    """The text of a file of the user's; empty if there is none.

    Raises:
        ConfigError: It cannot be read, is no regular file, too large, or not UTF-8.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise ConfigError(path, None, "it is not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_CONFIG_FILE + 1)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise ConfigError(
            path, None, f"it cannot be read: {(error.strerror or str(error)).lower()}"
        ) from error
    if len(data) > MAX_CONFIG_FILE:
        raise ConfigError(path, None, f"it is larger than {MAX_CONFIG_FILE // 1024} KiB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(path, line, "it is not UTF-8 text") from error


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """What a TOML text means.

    Raises:
        ConfigError: It is none: where, and why.
    """
    if not text.strip():
        return {}
    import tomllib  # here, not above: most runs have no file

    if endless := _ENDLESS.search(text):
        raise ConfigError(path, text.count("\n", 0, endless.start()) + 1, "a key has too many parts")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        reason = str(error).partition(" (at ")[0] or "nested too deeply"
        line = int(at[1]) if at else text.count("\n") + 1 if "end of document" in str(error) else None
        raise ConfigError(path, line, reason) from error
    except ValueError as error:  # a number of 5,000 digits, the 31st of February
        raise ConfigError(path, None, "a number or a date in it is out of all bounds") from error
