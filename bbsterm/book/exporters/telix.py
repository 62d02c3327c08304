"""telix's sessions.json: its fields that we know, the others at its defaults."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing, iso_date

__all__ = ["TELIX"]

_PROTOCOLS: Final[Mapping[str, tuple[str, bool]]] = {
    "telnet": ("telnet", False),
    "telnets": ("telnet", True),
    "raw": ("raw", False),
    "ssh": ("ssh", False),
    "ws": ("websocket", False),
    "wss": ("websocket", True),
}
_ENCODINGS: Final[Mapping[str, str]] = {"utf-8": "utf8"}


def _write(rows: Iterable[Exported]) -> Writing:
    writing = Writing("")
    sessions: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.entry.protocol in _PROTOCOLS:
            sessions[row.entry.place] = _session(row)
        else:
            writing.left.append(row.entry.name)
    writing.text = json.dumps(sessions, indent=2, ensure_ascii=False) + "\n"
    return writing


def _session(row: Exported) -> dict[str, Any]:
    entry, stats = row
    protocol, tls = _PROTOCOLS[entry.protocol]
    session: dict[str, Any] = {
        "name": entry.name,
        "last_connected": iso_date(stats.last_call) if stats.last_call else "",
        "host": entry.host,
        "port": entry.port,
        "protocol": protocol,
        "ssl": tls,
        "encoding": _ENCODINGS.get(entry.charset, entry.charset),
        "mode": entry.mode or "auto",
        "ice_colors": entry.ice is not False,
        "bookmarked": entry.favourite,
    }
    if protocol == "ssh":
        session["ssh_username"] = entry.user
    return session


TELIX: Final = Exporter("telix", "telix sessions", ".json", _write)
