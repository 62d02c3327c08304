"""Bare lists: ``host port encoding cols rows``, one board a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing

__all__ = ["HOSTS"]


def _write(rows: Iterable[Exported]) -> Writing:
    writing = Writing("")
    lines = []
    for entry, _ in rows:
        if entry.protocol != "telnet" or ":" in entry.host:
            writing.left.append(entry.name)
            continue
        words = [entry.host, str(entry.port), entry.charset]
        if entry.size and entry.size != "fit":
            words += entry.size.split("x")
        lines.append(" ".join(words))
    writing.text = "".join(f"{line}\n" for line in lines)
    return writing


HOSTS: Final = Exporter("hosts", "list of hosts and ports", ".txt", _write)
