"""telix's sessions.json, and directories of its kind: a list of objects with host and port."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bbsterm import limits
from bbsterm.book.importers.base import (
    Draft,
    Importer,
    Reading,
    charset_of,
    lines_of,
    moment_of,
    number_of,
    protocol_of,
    stats_of,
    tags_of,
    terminal_of,
)
from bbsterm.book.text import one_line
from bbsterm.errors import ImportRefusedError

__all__ = ["PROTOCOLS", "TELIX"]

PROTOCOLS: Final[Mapping[str, str]] = {"telnet": "telnet", "raw": "raw", "ssh": "ssh", "websocket": "ws"}
"""protocol -> ours, without TLS."""

_WITH_TLS: Final[Mapping[str, str]] = {"telnet": "telnets", "ws": "wss"}
_PATHS: Final = ("ssl_cafile", "ssh_key_file", "logfile", "typescript")
_NOT_A_SESSION: Final = "__defaults__"


def _sniff(text: str) -> bool:
    start = text.lstrip()[:1]
    return start in ("{", "[") and '"host"' in text and not text.lstrip().startswith("[[")


def _read(text: str) -> Reading:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(f"this is no valid JSON: {one_line(str(error), 200)}") from error
    reading = Reading()
    sessions = list(_sessions(data))
    for session, line in zip(sessions, lines_of(text, _places(text, sessions)), strict=True):
        _take(reading, session, line)
    return reading


def _sessions(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        pairs: Any = data.items()
    else:
        pairs = enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        if isinstance(value, dict) and key != _NOT_A_SESSION:
            yield value


def _places(text: str, sessions: list[dict[str, Any]]) -> Iterator[int]:
    """About where each session stands: at the next mention of its host."""
    at, lost = 0, False
    for session in sessions:
        host = session.get("host", "")
        found = -1 if lost or not isinstance(host, str) else text.find(f'"{host}"', at)
        lost = lost or found < 0
        at = max(at, found)
        yield at


def _take(reading: Reading, session: dict[str, Any], line: int) -> None:
    reading.secrets += sum(bool(session.get(key)) for key in ("password", "ssh_password"))
    for key in _PATHS:
        if session.get(key):
            reading.leave_out("paths")
    if session.get("ssl_no_verify") is True:
        reading.leave_out("settings that take any certificate")
    draft = Draft(line)
    try:
        protocol = protocol_of(str(session.get("protocol") or "telnet"), PROTOCOLS)
        if session.get("ssl") is True:
            protocol = _WITH_TLS.get(protocol, protocol)
        draft.host(session.get("host"), session.get("port"), protocol)
    except ValueError as error:
        reading.refuse(line, str(error))
        return
    draft.text("name", session.get("name"), limits.MAX_ENTRY_NAME)
    draft.text("user", session.get("ssh_username"))
    _set_screen(draft, session)
    draft.set("mode", session["mode"] if session.get("mode") in ("raw", "line") else None)
    draft.set("favourite", session.get("bookmarked") is True or None)
    draft.set("tags", tags_of(str(session.get("server_type") or session.get("type") or "")))
    last = moment_of(session.get("last_connected"))
    draft.stats = stats_of(1 if last else 0, last)
    reading.take(draft)


def _set_screen(draft: Draft, session: dict[str, Any]) -> None:
    name = str(session.get("encoding") or "")
    charset = charset_of(name)
    terminal = terminal_of(charset)
    draft.set("terminal", terminal)
    if terminal == "ansi" and charset != "cp437":
        draft.set("encoding", charset)
        if charset == "latin-1" and not name.lower().startswith(("latin", "iso")):
            draft.text("font", name)
    if session.get("ice_colors") is False:
        draft.set("ice", False)
    columns, rows = (number_of(session.get(key)) for key in ("graphics_columns", "graphics_rows"))
    if columns and rows:
        draft.set("size", f"{columns}x{rows}")


TELIX: Final = Importer("telix", "telix sessions", _sniff, _read)
