"""Qodem's fonebook.txt. Qodem reads an entry's keys in this order and stops at the last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing

__all__ = ["QODEM"]

_METHODS: Final[Mapping[str, str]] = {"telnet": "TELNET", "raw": "SOCKET", "ssh": "SSH", "rlogin": "RLOGIN"}
_EMULATIONS: Final[Mapping[str, str]] = {
    "ansi": "ANSI",
    "utf8": "X_UTF8",
    "vt": "XTERM",
    "petscii": "PETSCII",
    "atascii": "ATASCII",
    "ascii": "TTY",
    "avatar": "AVATAR",
    "vt52": "VT52",
}
_CODEPAGES: Final[Mapping[str, str]] = {
    "latin-1": "ISO8859_1",
    "koi8-r": "KOI8_R",
    "koi8-u": "KOI8_U",
}
_ENDS: Final = ("E", "EN", "END")  # Qodem takes any of them for the end of the notes
_FILES: Final = (
    *("script_filename", "capture_filename", "translate_8bit_filename"),
    *("translate_unicode_filename", "keybindings_filename"),
)


def _write(rows: Iterable[Exported]) -> Writing:
    writing = Writing("# Qodem Phonebook\n#\n")
    for row in rows:
        if row.entry.protocol in _METHODS and row.entry.terminal in _EMULATIONS:
            writing.text += "\n".join(["[entry]", *_lines(row), "", ""])
        else:
            writing.left.append(row.entry.name)
    return writing


def _lines(row: Exported) -> Iterable[str]:
    entry, stats = row
    utf8 = entry.charset == "utf-8"
    emulation = "X_UTF8" if utf8 and entry.terminal in ("vt", "utf8", "ansi") else _EMULATIONS[entry.terminal]
    codepage = "CP437" if utf8 else _CODEPAGES.get(entry.charset, entry.charset.upper())
    yield f"name={entry.name}"
    yield f"address={entry.host}"
    yield f"port={entry.port}"
    yield f"username={entry.user}"
    yield "password="
    yield "tagged=false"
    yield "doorway=config"
    yield f"method={_METHODS[entry.protocol]}"
    yield f"emulation={emulation}"
    yield f"codepage={codepage if codepage.startswith(('CP', 'ISO', 'KOI')) else 'CP437'}"
    yield "quicklearn=false"
    yield f"times_on={stats.calls}"
    yield "use_default_toggles=true"
    yield "toggles=0"
    yield f"last_call={stats.last_call or 0}"
    if notes := entry.notes or entry.comment:
        yield "notes=<<<END"
        yield from (f" {line}" if line.rstrip() in _ENDS else line for line in notes.split("\n"))
        yield "END"
    yield from (f"{key}=" for key in _FILES)


QODEM: Final = Exporter("qodem", "Qodem phone book", ".txt", _write)
