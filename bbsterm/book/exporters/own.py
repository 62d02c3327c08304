"""Our own dialing.toml. References to secrets and to folders of this machine stay here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bbsterm.book.document import EMPTY, block_of
from bbsterm.book.exporters.base import Exported, Exporter, Writing

__all__ = ["OWN"]


def _write(rows: Iterable[Exported]) -> Writing:
    private = {"secret": "", "downloads": "", "tls_ca": ""}
    blocks = tuple(block_of(row.entry.changed(**private)) for row in rows)
    return Writing(replace(EMPTY, blocks=blocks).text())


OWN: Final = Exporter("bbsterm", "bbsterm address book", ".toml", _write)
