"""Changing one setting in the text of a file: comments, order and everything else stay as they are. Pure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["set_value", "unset_value"]


def set_value(text: str, name: str, value: Any) -> str:
    """The text with one setting changed, or added to its table.

    Args:
        text: A file that can be read.
        name: The setting, such as ``dial.timeout``.
        value: As the setting's kind made it.
    """
    import tomlkit  # here, not above: only a change needs it

    document = tomlkit.parse(text)
    table, _, key = name.partition(".")
    if table not in document:
        if text.strip():
            document.add(tomlkit.nl())
        document[table] = tomlkit.table()
    document[table][key] = str(value) if isinstance(value, Path) else value
    return tomlkit.dumps(document)


def unset_value(text: str, name: str) -> str:
    """The text without this setting; a table that it leaves empty stays, with its comments."""
    import tomlkit

    document = tomlkit.parse(text)
    table, _, key = name.partition(".")
    section = document.get(table)
    if section is not None and key in section:
        del section[key]
    return tomlkit.dumps(document)
