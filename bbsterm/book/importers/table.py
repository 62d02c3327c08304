"""CSV: a header names the columns, in the words that such tables use; without one, name, host and port."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from typing import Final

from bbsterm import limits
from bbsterm.book.importers.base import (
    Draft,
    Importer,
    Reading,
    charset_of,
    moment_of,
    number_of,
    protocol_of,
    stats_of,
    tags_of,
    terminal_of,
)
from bbsterm.errors import ImportRefusedError

__all__ = ["CSV", "unquoted"]

_ABOUT: Final = "about"
"""Columns that make a comment where there is none."""

_COLUMNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("name", "bbs", "bbsname", "title", "system", "systemname", "board"), "name"),
    **dict.fromkeys(
        ("host", "hostname", "address", "telnet", "telnetaddress", "url", "domain", "site"), "host"
    ),
    **dict.fromkeys(("port", "telnetport"), "port"),
    **dict.fromkeys(("protocol", "connection", "connectiontype"), "protocol"),
    **dict.fromkeys(("terminal", "emulation", "terminaltype"), "terminal"),
    **dict.fromkeys(("encoding", "charset", "codepage"), "encoding"),
    **dict.fromkeys(("size", "screen", "screensize"), "size"),
    **dict.fromkeys(("user", "username", "login", "handle"), "user"),
    **dict.fromkeys(("tags", "tag", "category", "categories", "groups", "folder", "group"), "tags"),
    **dict.fromkeys(("favourite", "favorite", "fav", "starred"), "favourite"),
    **dict.fromkeys(("comment", "description", "remarks"), "comment"),
    **dict.fromkeys(("notes", "note"), "notes"),
    **dict.fromkeys(("sysop", "software", "location"), _ABOUT),
    **dict.fromkeys(("calls", "timescalled", "totalcalls"), "calls"),
    **dict.fromkeys(("lastcall", "lastcalled", "lastconnected"), "last_call"),
    **dict.fromkeys(("added", "created"), "added"),
    **dict.fromkeys(("password", "pass", "passwd"), "password"),
}
"""A column's name without blanks and case -> what it is."""

_PROTOCOLS: Final[Mapping[str, str]] = {
    **{name: name for name in ("telnet", "telnets", "raw", "rlogin", "ssh", "ws", "wss")},
    "telnet/tls": "telnets",
    "telnetssl": "telnets",
    "telnettls": "telnets",
    "bbs": "telnet",
    "mud": "telnet",
}
_DELIMITERS: Final = ",;\t|"
_WITHOUT_HEADER: Final = ("name", "host", "port")
_QUOTED: Final = re.compile(r"'+[=+\-@\t\r]")


def unquoted(cell: str) -> str:
    """A cell without the quote that keeps spreadsheets from running it."""
    return cell[1:] if _QUOTED.match(cell) else cell


def _sniff(text: str) -> bool:
    first = text[:20_000].lstrip().partition("\n")[0]
    delimiter = _delimiter(first)
    if not delimiter:
        return False
    cells = first.split(delimiter)
    return _is_header(cells) or number_of(cells[min(len(cells) - 1, 2)].strip()) is not None


def _read(text: str) -> Reading:
    reading = Reading()
    start = len(text) - len(text.lstrip())
    skipped = text.count("\n", 0, start)
    body = io.StringIO(text[start:], newline="")
    rows = csv.reader(body, delimiter=_delimiter(text[start:].partition("\n")[0]) or ",")
    columns: list[str] = []
    try:
        for cells in rows:
            line = skipped + rows.line_num
            if not columns:
                columns = _columns(cells)
                if _is_header(cells):
                    continue
            if any(cell.strip() for cell in cells):
                _take(reading, line, dict(zip(columns, map(unquoted, cells), strict=False)), cells, columns)
    except csv.Error as error:
        raise ImportRefusedError(f"line {skipped + rows.line_num} is no valid CSV: {error}") from error
    return reading


def _columns(cells: list[str]) -> list[str]:
    if _is_header(cells):
        return [_COLUMNS.get(_word(cell), "") for cell in cells]
    return ["host", "port"] if len(cells) == 2 else list(_WITHOUT_HEADER)


def _is_header(cells: list[str]) -> bool:
    return "host" in {_COLUMNS.get(_word(cell)) for cell in cells}


def _word(cell: str) -> str:
    return "".join(char for char in cell.lower() if char.isalnum())


def _delimiter(line: str) -> str:
    count, best = max((line.count(mark), mark) for mark in _DELIMITERS)
    return best if count else ""


def _take(reading: Reading, line: int, row: dict[str, str], cells: list[str], columns: list[str]) -> None:
    values = {key: value.strip() for key, value in row.items()}
    reading.secrets += bool(values.get("password"))
    draft = Draft(line)
    try:
        protocol = protocol_of(values.get("protocol") or "telnet", _PROTOCOLS)
        host, port = values.get("host", ""), values.get("port", "")
        if port and not any(mark in host for mark in ":/@"):
            draft.host(host, port, protocol)
        elif draft.place(host, protocol, number_of(port)):
            reading.secrets += 1
    except ValueError as error:
        reading.refuse(line, str(error))
        return
    draft.text("name", values.get("name"), limits.MAX_ENTRY_NAME)
    draft.text("user", values.get("user"))
    about = ", ".join(cell.strip() for name, cell in zip(columns, cells, strict=False) if name == _ABOUT)
    draft.text("comment", values.get("comment") or about.strip(", "), limits.MAX_COMMENT)
    draft.notes(values.get("notes"))
    draft.set("tags", tags_of(values.get("tags", "")))
    draft.set("favourite", values.get("favourite", "").lower() in ("true", "yes", "1", "x", "*") or None)
    charset = charset_of(values.get("encoding", ""))
    draft.set("terminal", values.get("terminal", "").lower() or terminal_of(charset))
    if charset and terminal_of(charset) == "ansi" and charset != "cp437":
        draft.set("encoding", charset)
    draft.set("size", values.get("size", "").lower())
    draft.set("added", moment_of(values.get("added")))
    draft.stats = stats_of(values.get("calls"), moment_of(values.get("last_call")))
    reading.take(draft)


CSV: Final = Importer("csv", "table (CSV)", _sniff, _read)
