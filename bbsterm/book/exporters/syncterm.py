"""SyncTERM's syncterm.lst."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing

__all__ = ["SYNCTERM"]

_TYPES: Final[Mapping[str, str]] = {
    "telnet": "Telnet",
    "telnets": "TelnetS",
    "raw": "Raw",
    "rlogin": "RLogin",
    "ssh": "SSH",
}
_MODES: Final[Mapping[str, str]] = {
    "petscii": "C64",
    "petscii80": "C128-80col",
    "atascii": "Atari",
    "atascii80": "Atari-XEP80",
    "viewdata": "Prestel",
    "atarist": "AtariST80x25",
}
_SIZES: Final = frozenset(
    [f"80x{rows}" for rows in (25, 28, 30, 43, 50, 60)]
    + [f"132x{rows}" for rows in (25, 28, 30, 34, 37, 43, 50, 52, 60)]
)
_FONTS: Final[Mapping[str, str]] = {
    "cp437": "Codepage 437 English",
    "cp850": "Codepage 850 Multilingual Latin I",
    "cp865": "Codepage 865 Norwegian",
    "cp866": "Codepage 866 Russian",
    "cp1251": "Codepage 1251 Cyrillic",
    "latin-1": "ISO-8859-1 West European",
    "iso8859-2": "ISO-8859-2 Central European",
    "iso8859-5": "ISO-8859-5 Cyrillic",
    "iso8859-7": "ISO-8859-7 Greek",
    "iso8859-8": "ISO-8859-8 Hebrew",
    "iso8859-9": "ISO-8859-9 Turkish",
    "iso8859-15": "ISO-8859-15 West European",
    "koi8-r": "Russian koi8-r",
    "koi8-u": "Ukrainian font koi8-u",
}
_MUSIC: Final[Mapping[str, str]] = {"syncterm": "0", "banana": "1", "all": "2"}
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_NOT_IN_NAMES: Final = re.compile(r"[\[\]]")
_LONGEST_NAME: Final = 30


def _write(rows: Iterable[Exported]) -> Writing:
    writing = Writing("")
    sections = []
    taken: set[str] = set()
    for row in rows:
        entry = row.entry
        if entry.protocol not in _TYPES:
            writing.left.append(entry.name)
            continue
        name = _free_name(entry.name, taken)
        lines = [f"[{name}]", *(f"\t{key} = {value}" for key, value in _keys(row))]
        sections.append("\n".join(lines) + "\n")
    writing.text = "\n".join(sections)
    return writing


def _keys(row: Exported) -> Iterable[tuple[str, str]]:
    entry, stats = row
    yield "ConnectionType", _TYPES[entry.protocol]
    yield "Address", entry.host
    yield "Port", str(entry.port)
    if entry.user:
        yield "UserName", entry.user
    yield "Added", _date(entry.added)
    yield "LastConnected", _date(stats.last_call)
    yield "TotalCalls", str(stats.calls)
    yield "ScreenMode", _MODES.get(entry.terminal) or (entry.size if entry.size in _SIZES else "80x25")
    yield "Font", entry.font or _FONTS.get(entry.charset, _FONTS["cp437"])
    if entry.terminal in ("utf8", "vt"):
        yield "TerminalType", "UTF-8"
    if entry.baud:
        yield "BPSRate", str(entry.baud)
    if entry.music in _MUSIC:
        yield "ANSIMusic", _MUSIC[entry.music]
    if entry.wrap == "pending":
        yield "ForceLCF", "true"
    if entry.family:
        yield "AddressFamily", f"IPv{entry.family}"
    if entry.comment:
        yield "Comment", entry.comment


def _free_name(name: str, taken: set[str]) -> str:
    """A section's name: short, without brackets, and no one else's."""
    short = _NOT_IN_NAMES.sub("", name)[:_LONGEST_NAME].strip() or "board"
    free, number = short, 1
    while free.lower() in taken:
        number += 1
        free = f"{short[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(free.lower())
    return free


def _date(seconds: int | None) -> str:
    if seconds is None:
        return "Never"
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{_MONTHS[moment.month - 1]} {moment:%d %Y %H:%M:%S}"


SYNCTERM: Final = Exporter("syncterm", "SyncTERM list", ".lst", _write)
