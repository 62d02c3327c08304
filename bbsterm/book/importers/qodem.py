"""Qodem's fonebook.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from bbsterm import limits
from bbsterm.book.importers.base import Draft, Importer, Reading, charset_of, number_of, protocol_of, stats_of

__all__ = ["EMULATIONS", "PROTOCOLS", "QODEM"]

PROTOCOLS: Final[Mapping[str, str]] = {"telnet": "telnet", "socket": "raw", "ssh": "ssh", "rlogin": "rlogin"}
"""method -> protocol."""

EMULATIONS: Final[Mapping[str, str]] = {
    "tty": "ascii",
    "ansi": "ansi",
    "avatar": "avatar",
    "vt52": "vt52",
    "vt100": "vt",
    "vt102": "vt",
    "vt220": "vt",
    "linux": "vt",
    "xterm": "vt",
    "l_utf8": "vt",
    "x_utf8": "vt",
    "petscii": "petscii",
    "atascii": "atascii",
    "debug": "ansi",
}
"""emulation -> terminal."""

_ENTRY: Final = re.compile(r"^[ \t]*\[entry\]", re.MULTILINE)
_LOOKS: Final = re.compile(r"^[ \t]*(method|emulation|address)=", re.MULTILINE)
_FILES: Final = (
    *("script_filename", "capture_filename", "translate_8bit_filename"),
    *("translate_unicode_filename", "keybindings_filename"),
)
_CODEPAGES: Final[Mapping[str, str]] = {"dec": "latin-1"}
_BY_ITSELF: Final = frozenset({"ansi", "petscii", "atascii", "avatar"})


class _Section(NamedTuple):
    line: int
    values: dict[str, str]


def _sniff(text: str) -> bool:
    return _ENTRY.search(text) is not None and _LOOKS.search(text) is not None


def _read(text: str) -> Reading:
    reading = Reading()
    for section in _sections(text):
        _take(reading, section)
    return reading


def _sections(text: str) -> Iterator[_Section]:
    section: _Section | None = None
    notes: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if notes is not None and section is not None:
            if line.rstrip() == "END":
                section.values["notes"], notes = "\n".join(notes), None
            else:
                notes.append(line)
        elif stripped == "[entry]":
            if section:
                yield section
            section = _Section(number, {})
        elif section is not None and stripped and not stripped.startswith("#"):
            key, equals, value = stripped.partition("=")
            if key == "notes" and value.startswith("<<<END"):
                notes = []
            elif equals:
                section.values[key.strip()] = value.strip()
    if section is not None:
        if notes:
            section.values["notes"] = "\n".join(notes)
        yield section


def _take(reading: Reading, section: _Section) -> None:
    values = section.values
    reading.secrets += bool(values.get("password"))
    for key in _FILES:
        if values.get(key):
            reading.leave_out("scripts" if key == "script_filename" else "paths")
    draft = Draft(section.line)
    try:
        protocol = protocol_of(values.get("method", "telnet"), PROTOCOLS)
        draft.host(values.get("address"), values.get("port"), protocol)
    except ValueError as error:
        reading.refuse(section.line, str(error))
        return
    draft.text("name", values.get("name"), limits.MAX_ENTRY_NAME)
    draft.text("user", values.get("username"))
    draft.notes(values.get("notes"))
    emulation = values.get("emulation", "ansi").lower()
    terminal = EMULATIONS.get(emulation, "ansi")
    draft.set("terminal", terminal)
    codepage = values.get("codepage", "").lower().replace("_", "-")
    charset = "utf-8" if emulation.endswith("utf8") else _CODEPAGES.get(codepage) or charset_of(codepage)
    usual = "cp437" if terminal in _BY_ITSELF else "utf-8" if terminal == "vt" else ""
    if charset != usual:
        draft.set("encoding", charset)
    last = number_of(values.get("last_call")) or 0
    draft.stats = stats_of(values.get("times_on"), last if 0 < last < 1 << 40 else None)
    reading.take(draft)


QODEM: Final = Importer("qodem", "Qodem phone book", _sniff, _read)
