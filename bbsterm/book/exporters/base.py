"""What every exporter makes: a text, and the names of entries that its format has no words for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from bbsterm.book.entry import Entry
from bbsterm.book.history import NO_STATS, Stats

__all__ = ["Exported", "Exporter", "Writing", "iso_date"]


class Exported(NamedTuple):
    """An entry, and how often it was called."""

    entry: Entry
    stats: Stats = NO_STATS


@dataclass
class Writing:
    """A list in another program's form.

    Attributes:
        text: The file's contents.
        left: Names of entries that this form cannot hold.
    """

    text: str
    left: list[str] = field(default_factory=list)


class Exporter(NamedTuple):
    """A format: what ``--format`` calls it, its title, the usual suffix of its files, and the writer."""

    name: str
    title: str
    suffix: str
    write: Callable[[Iterable[Exported]], Writing]


def iso_date(seconds: int) -> str:
    """A moment as ISO 8601 has it, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
