"""CSV, one entry a row, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing, iso_date

__all__ = ["CSV", "quoted"]

_HEADER: Final = (
    *("name", "host", "port", "protocol", "terminal", "encoding", "size", "user", "tags", "favourite"),
    *("comment", "notes", "calls", "last_call", "added"),
)
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")


def quoted(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that begins like one gets a ``'`` in front."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _write(rows: Iterable[Exported]) -> Writing:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(_HEADER)
    for entry, stats in rows:
        cells = (
            *(entry.name, entry.host, str(entry.port), entry.protocol, entry.terminal, entry.encoding),
            *(entry.size, entry.user, " ".join(entry.tags), "yes" if entry.favourite else ""),
            *(entry.comment, entry.notes, str(stats.calls or "")),
            *(iso_date(moment) if moment else "" for moment in (stats.last_call, entry.added)),
        )
        writer.writerow(map(quoted, cells))
    return Writing(file.getvalue())


CSV: Final = Exporter("csv", "table (CSV)", ".csv", _write)
