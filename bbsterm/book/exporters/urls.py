"""One URL a line, the board's name behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing

__all__ = ["URLS"]


def _write(rows: Iterable[Exported]) -> Writing:
    return Writing("".join(f"{entry.url}  {entry.name}\n" for entry, _ in rows))


URLS: Final = Exporter("urls", "addresses, one a line", ".txt", _write)
