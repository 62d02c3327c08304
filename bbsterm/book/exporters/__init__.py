"""Writing other programs' address books: the formats that are imported, without passwords or paths."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing
from bbsterm.book.exporters.hosts import HOSTS
from bbsterm.book.exporters.icy import ICY
from bbsterm.book.exporters.own import OWN
from bbsterm.book.exporters.qodem import QODEM
from bbsterm.book.exporters.syncterm import SYNCTERM
from bbsterm.book.exporters.table import CSV
from bbsterm.book.exporters.telix import TELIX
from bbsterm.book.exporters.urls import URLS
from bbsterm.errors import UsageError

__all__ = ["EXPORTERS", "Exported", "Exporter", "Writing", "write"]

EXPORTERS: Final[tuple[Exporter, ...]] = (OWN, SYNCTERM, ICY, QODEM, TELIX, CSV, HOSTS, URLS)
"""Every format, named as its importer is."""


def write(rows: Iterable[Exported], format: str) -> Writing:
    """Entries in another program's form.

    Raises:
        UsageError: There is no such format.
    """
    for exporter in EXPORTERS:
        if exporter.name == format:
            return exporter.write(rows)
    raise UsageError(
        f"no such format: {format}", hint=f"One of: {', '.join(each.name for each in EXPORTERS)}."
    )
