"""The settings as JSON Schema, for editors that complete TOML, and as a page of the manual."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from bbsterm.config.settings import SETTINGS, TABLES, Setting

__all__ = ["markdown", "plain", "schema"]

_KEY: Final[dict[str, object]] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}


def schema() -> dict[str, object]:
    """A JSON Schema of config.toml, as data."""
    tables: dict[str, object] = {table: _table(table) for table in TABLES}
    tables["keys"] = {
        "type": "object",
        "description": "Keys of your own: a command, such as dialer.find, and its key or keys.",
        "additionalProperties": {"anyOf": [_KEY, {"type": "object", "additionalProperties": _KEY}]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "bbsterm's config.toml",
        "type": "object",
        "properties": tables,
        "additionalProperties": False,
    }


def _table(table: str) -> dict[str, object]:
    mine = [setting for setting in SETTINGS if setting.table == table]
    return {
        "type": "object",
        "description": TABLES[table].__doc__,
        "properties": {setting.key: _property(setting) for setting in mine},
        "additionalProperties": False,
    }


def _property(setting: Setting) -> dict[str, object]:
    described: dict[str, object] = {**setting.kind.schema(), "description": setting.help}
    if setting.default is not None and not isinstance(setting.default, Path):
        described["default"] = setting.default
    return described


def plain(value: Any) -> str:
    """A value as the settings file writes it, for people; a folder with ~ for home."""
    if value is None:
        return "found out"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Path):
        text, home = str(value), str(Path.home())
        return f"~{text[len(home) :]}" if text.startswith(f"{home}/") else text
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) if value != "" else "none"


_HEAD: Final = """\
# Settings

`config.toml` (`bbsterm paths` says where) holds only what differs from the defaults. The application's
settings page (`,` in the dialer) changes it and keeps your comments; `bbsterm config validate` says what is
wrong with it, `bbsterm config show` what holds and why. Each setting has a variable of the environment that
overrides it.

This page is made from the table that all of these are made from: `python -m bbsterm.config.schema`.
"""

_FOOT: Final = """
## [keys]

Keys of your own, by place and action ([keys](keys.md) lists the places and what they do):

```toml
[keys]
dialer.find = "ctrl+f"           # one key
dialer.leave = ["q", "ctrl+q"]   # several
call.redial = ""                 # none
```

A key that most terminals cannot send is refused with the reason, and of two commands that want one key the
second keeps its own: `bbsterm config validate` names the lines.

## Themes of your own

A file `themes/NAME.toml` beside `config.toml` is a theme called NAME:

```toml
primary = "#ffb000"     # the only colour it must have
background = "#0d0a04"
foreground = "#ffd27f"
dark = true
```

Also `secondary`, `accent`, `surface`, `panel`, `success`, `warning` and `error`. The board's art keeps its
own colours.
"""


def markdown() -> str:
    """docs/settings.md."""
    parts = [_HEAD]
    for table, owner in TABLES.items():
        parts.append(f"\n## [{table}]\n\n{owner.__doc__}\n\n")
        parts.append("| setting | default | may be | variable | |\n|---|---|---|---|---|\n")
        parts += [_row(setting) for setting in SETTINGS if setting.table == table]
    parts.append(_FOOT)
    return "".join(parts)


def _row(setting: Setting) -> str:
    default = "`~/BBS`" if setting.name == "files.downloads" else f"`{plain(setting.default)}`"
    if setting.default in (None, ""):
        default = "found out" if setting.default is None else "none"
    return (
        f"| `{setting.key}` | {default} | {setting.kind.allowed} | `{setting.variable}` | {setting.help} |\n"
    )


if __name__ == "__main__":
    import sys

    sys.stdout.write(markdown())
