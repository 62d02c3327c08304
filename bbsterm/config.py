"""Settings: a TOML file, overridden by the environment, and where all files of the user's are kept.

``config.toml``, all of it optional::

    [dial]
    timeout = 10.0        # seconds to find and reach a board
    family = "any"        # or "4", "6"

    [terminal]
    kind = "ansi"         # utf8, vt, petscii, atascii ...
    encoding = "cp437"
    glyphs = "full"       # or "basic", "ascii": what your terminal's font can draw
    columns = 80
    rows = 25

    [files]
    downloads = "~/BBS"

Any of them can be set for one run: ``BBSTERM_DIAL_TIMEOUT=5``, ``BBSTERM_TERMINAL_KIND=utf8``.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from bbsterm.errors import ConfigError, UsageError
from bbsterm.limits import MAX_COLUMNS, MAX_CONFIG_FILE, MAX_ROWS

__all__ = [
    "DialSettings",
    "FileSettings",
    "Paths",
    "Settings",
    "TerminalSettings",
    "find_paths",
    "load_settings",
    "private_folder",
]

_log: Final = logging.getLogger("bbsterm.config")
_AT_LINE: Final = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class DialSettings:
    """How boards are reached.

    Attributes:
        timeout: Seconds to find and reach one.
        family: "any", "4" (IPv4) or "6" (IPv6).
    """

    timeout: float = 10.0
    family: str = "any"


@dataclass(frozen=True, slots=True)
class TerminalSettings:
    """What a board is shown on, unless its entry or the command line says otherwise.

    Attributes:
        kind: The emulation.
        encoding: The character set; None for what the emulation mostly sees.
        glyphs: What the user's own terminal can draw: "full", "basic" or "ascii"; None to find out.
        columns: Width in cells.
        rows: Height in cells.
    """

    kind: str = "ansi"
    encoding: str | None = None
    glyphs: str | None = None
    columns: int = 80
    rows: int = 25


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Where things go. `downloads` is one folder; nothing is ever received outside it."""

    downloads: Path = field(default_factory=lambda: Path.home() / "BBS")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, one attribute a table of the file."""

    dial: DialSettings = field(default_factory=DialSettings)
    terminal: TerminalSettings = field(default_factory=TerminalSettings)
    files: FileSettings = field(default_factory=FileSettings)


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the files are. Nothing is created by asking.

    Attributes:
        settings: The settings file, and its folder for all that the user writes.
        recent: The calls of the past (`bbsterm.session.recent`).
        log: The log file.
        captures: The folder of recordings and screenshots.
        board: What `bbsterm serve` keeps.
    """

    settings: Path
    recent: Path
    log: Path
    captures: Path
    board: Path


def find_paths(environ: Mapping[str, str] = os.environ) -> Paths:
    """The platform's folders for us; ``BBSTERM_HOME`` puts all of them under one."""
    if home := environ.get("BBSTERM_HOME"):
        config = state = log = data = Path(home).expanduser()
    else:
        from platformdirs import PlatformDirs  # here, not above: --help needs no folders

        places = PlatformDirs("bbsterm", appauthor=False)
        config, state = places.user_config_path, places.user_state_path
        log, data = places.user_log_path, places.user_data_path
    return Paths(
        settings=config / "config.toml",
        recent=state / "recent.sqlite3",
        log=log / "bbsterm.log",
        captures=data / "captures",
        board=data / "board.sqlite3",
    )


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it, for the user alone (0700); return it. An old one stays as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def load_settings(path: Path | None = None, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. No file means the defaults; the environment has the last word.

    Args:
        path: The file; the platform's place for it if None.
        environ: Where ``BBSTERM_SECTION_KEY`` is looked up.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or a value cannot be meant. It is never changed.
        UsageError: A variable of the environment cannot be meant.
    """
    path = path or find_paths(environ).settings
    text = _read(path)
    document = _parse(path, text)
    settings = Settings()
    for table in fields(settings):
        section = document.pop(table.name, {})
        if not isinstance(section, dict):
            raise ConfigError(path, _line_of(text, table.name), f"[{table.name}] must be a table")
        values = _from_file(path, text, table.name, section) | _from_environ(table.name, environ)
        settings = replace(settings, **{table.name: replace(getattr(settings, table.name), **values)})
    for name in document:
        _log.warning("%s: [%s] is not known and ignored", path, name)
    return settings


# --- what each value may be ----------------------------------------------------------------


def _number(low: float, high: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        number = float(value) if not isinstance(value, bool) else -1.0
        if not low <= number <= high:
            raise ValueError(f"must be {low:g} to {high:g}")
        return number

    return check


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def check(value: Any) -> int:
        if isinstance(value, bool | float) or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(value)

    return check


def _one_of(*choices: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if str(value) not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return check


def _word(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= 64:
        raise ValueError("must be a name")
    return value


def _folder(value: Any) -> Path:
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError("must be a folder")
    return Path(value).expanduser()


_CHECKS: Final[Mapping[tuple[str, str], Callable[[Any], Any]]] = {
    ("dial", "timeout"): _number(0.1, 600),
    ("dial", "family"): _one_of("any", "4", "6"),
    ("terminal", "kind"): _word,
    ("terminal", "encoding"): _word,
    ("terminal", "glyphs"): _one_of("full", "basic", "ascii"),
    ("terminal", "columns"): _whole(1, MAX_COLUMNS),
    ("terminal", "rows"): _whole(1, MAX_ROWS),
    ("files", "downloads"): _folder,
}


# --- reading --------------------------------------------------------------------------------


def _read(path: Path) -> str:
    try:
        if not path.exists():
            return ""
        if not path.is_file():
            raise ConfigError(path, None, "it is not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_CONFIG_FILE + 1)
    except OSError as error:
        raise ConfigError(
            path, None, f"it cannot be read: {(error.strerror or str(error)).lower()}"
        ) from error
    if len(data) > MAX_CONFIG_FILE:
        raise ConfigError(path, None, f"it is larger than {MAX_CONFIG_FILE // 1024} KiB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ConfigError(path, line, "it is not UTF-8 text") from error


def _parse(path: Path, text: str) -> dict[str, Any]:
    import tomllib  # here, not above: most runs have no file

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        reason = str(error).partition(" (at ")[0] or "nested too deeply"
        raise ConfigError(path, int(at[1]) if at else None, reason) from error


def _from_file(path: Path, text: str, section: str, values: Mapping[str, Any]) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for key, value in values.items():
        check = _CHECKS.get((section, key))
        if check is None:
            _log.warning("%s: %s.%s is not known and ignored", path, section, key)
            continue
        try:
            taken[key] = check(value)
        except (ValueError, TypeError) as error:
            raise ConfigError(
                path, _line_of(text, section, key), f"{key} {_reason(error)}, found {value!r}"
            ) from None
    return taken


def _from_environ(section: str, environ: Mapping[str, str]) -> dict[str, Any]:
    taken: dict[str, Any] = {}
    for (of, key), check in _CHECKS.items():
        name = f"BBSTERM_{section}_{key}".upper()
        if of != section or not environ.get(name):
            continue
        try:
            taken[key] = check(environ[name])
        except ValueError as error:
            raise UsageError(f"{name} {_reason(error)}, found {environ[name]!r}") from None
    return taken


def _reason(error: Exception) -> str:
    """Our own words, or for a number that is none, what float() and int() mean."""
    return str(error) if str(error).startswith("must ") else "must be a number"


def _line_of(text: str, section: str, key: str | None = None) -> int | None:
    """Where a key stands: its first line after its table's head. TOML readers do not tell."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if re.match(rf"\[\s*{section}\s*\]", bare) or (key is None and re.match(rf"{section}\s*=", bare)):
            inside = True
            if key is None:
                return number
        elif bare.startswith("["):
            inside = False
        elif inside and key is not None and re.match(rf"[\"']?{key}[\"']?\s*=", bare):
            return number
    return None
