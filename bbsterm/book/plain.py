"""Entries as JSON: how imported lists and remembered documents keep them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bbsterm.book.entry import Entry

__all__ = ["entry_from", "from_json", "from_json_rows", "to_json", "values_of"]


def values_of(entry: Entry) -> dict[str, Any]:
    """The fields that differ from their defaults, as JSON has them."""
    return entry.plain()


def entry_from(values: dict[str, Any]) -> Entry:
    """The entry of values that `values_of` made."""
    if "tags" in values:
        values["tags"] = tuple(values["tags"])
    if "extra" in values:
        values["extra"] = tuple((key, value) for key, value in values["extra"])
    return Entry.trusted(values)


def to_json(entry: Entry) -> str:
    """An entry as one line. Dates in unknown keys become texts."""
    return json.dumps(values_of(entry), ensure_ascii=False, separators=(",", ":"), default=str)


def from_json(text: str) -> Entry:
    """The entry of one line."""
    return entry_from(json.loads(text))


def from_json_rows(rows: Iterable[str]) -> list[Entry]:
    """Many at once: one call of the parser instead of thousands."""
    return [entry_from(values) for values in json.loads(f"[{','.join(rows)}]")]
