"""SyncTERM's syncterm.lst: an INI file, one section a board, defaults before the first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from bbsterm import limits
from bbsterm.book.address import DEFAULT_PORTS
from bbsterm.book.importers.base import Draft, Importer, Reading, charset_of, number_of, protocol_of, stats_of
from bbsterm.errors import ImportRefusedError

__all__ = ["MODES", "MUSIC", "PROTOCOLS", "SYNCTERM"]

_ENCRYPTED: Final = re.compile(r"; ?Encrypted INI File", re.IGNORECASE)
_ALGORITHM: Final = re.compile(r"Algorithm: ?([\w-]{1,20})")
_LOOKS: Final = re.compile(
    r"^[ \t]*(?:ConnectionType|ScreenMode|LastConnected|Address)[ \t]*[=:]", re.IGNORECASE | re.MULTILINE
)
_ESCAPE: Final = re.compile(r"\\(x[0-9a-fA-F]{1,2}|[0-7]{1,3}|.)")
_ESCAPES: Final[Mapping[str, str]] = {"n": "\n", "t": "\t", "r": "\r", "e": "\x1b", "a": "\a", "b": "\b"}
_DATE: Final = re.compile(
    r"(?:[A-Za-z]{3},? )?(?P<month>[A-Za-z]{3}) +(?P<day>\d{1,2}) +(?P<year>\d{4})"
    r" +(?P<h>\d\d?):(?P<m>\d\d):(?P<s>\d\d)"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SECRETS: Final = ("password", "systempassword", "tlspsk")
_PATHS: Final = (
    "downloadpath",
    "uploadpath",
    "logfile",
    "tlsclientcertificate",
    "tlsclientkey",
    "tlstrustedcertificate",
)
_SCRIPTS: Final = ("wrenscripts",)

PROTOCOLS: Final[Mapping[str, str]] = {
    "telnet": "telnet",
    "telnets": "telnets",
    "raw": "raw",
    "rlogin": "rlogin",
    "rloginreversed": "rlogin",
    "ssh": "ssh",
    "sshna": "ssh",
}
"""ConnectionType -> protocol."""

MODES: Final[Mapping[str, tuple[str, str]]] = {
    "c64": ("petscii", ""),
    "c128-40col": ("petscii", ""),
    "c128-80col": ("petscii80", ""),
    "atari": ("atascii", ""),
    "atari-xep80": ("atascii80", ""),
    "prestel": ("viewdata", ""),
    "bbcmicro7": ("viewdata", ""),
    "atarist40x25": ("atarist", "40x25"),
    "atarist80x25": ("atarist", ""),
    "atarist80x25mono": ("atarist", ""),
}
"""ScreenMode -> terminal and size; all others are ANSI of the size in their name."""

MUSIC: Final = ("syncterm", "banana", "all")
"""ANSIMusic by number."""

_DEFAULT_MUSIC: Final = "1"
_SIZE: Final = re.compile(r"(?:LCD|EGA|VGA)?(\d+x\d+)", re.IGNORECASE)
_CODEPAGE: Final = re.compile(
    r"codepage (\d+)|iso-(8859-\d+)|(koi8-[ru])|(cp866u)|(armscii)-8|(haik8)", re.IGNORECASE
)


class _Section(NamedTuple):
    name: str
    line: int
    values: dict[str, str]


def _sniff(text: str) -> bool:
    if _ENCRYPTED.match(text):
        return True
    return any(_section(line) is not None for line in text[:100_000].split("\n")) and bool(
        _LOOKS.search(text)
    )


def _read(text: str) -> Reading:
    if _ENCRYPTED.match(text):
        algorithm = _ALGORITHM.search(text[:200])
        raise ImportRefusedError(
            f"this SyncTERM list is encrypted{f' ({algorithm[1]})' if algorithm else ''}",
            hint="Switch the encryption of the list off in SyncTERM, then import it again.",
        )
    reading = Reading()
    defaults: dict[str, str] = {}
    for section in _sections(text, reading):
        _count(reading, section.values)
        if section.line == 0:
            defaults = section.values
        else:
            _take(reading, section, defaults | section.values)
    return reading


def _sections(text: str, reading: Reading) -> Iterator[_Section]:
    section = _Section("", 0, {})
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith(";"):
            continue
        if stripped.lower().startswith("!eof"):
            break
        if stripped.startswith("!"):
            reading.refuse(number, "includes are not followed")
        elif (name := _section(stripped)) is not None:
            yield section
            section = _Section(name, number, {})
        elif key := _key(stripped):
            section.values[key[0]] = key[1]
        else:
            reading.refuse(number, "neither a section nor KEY = VALUE")
    yield section


def _section(line: str) -> str | None:
    """The name of a section; None for other lines."""
    line = line.strip()
    return line[1:-1].strip() if len(line) >= 2 and line[0] == "[" and line[-1] == "]" else None


def _key(line: str) -> tuple[str, str] | None:
    """``KEY = VALUE`` or ``KEY: "C LITERAL"``, whichever mark comes first."""
    name, equals, value = line.partition("=")
    if ":" in name or not equals:
        name, colon, value = line.partition(":")
        if not colon:
            return None
        value = _literal(value.strip())
    return name.strip().lower(), value.strip()


def _take(reading: Reading, section: _Section, values: Mapping[str, str]) -> None:
    draft = Draft(section.line)
    try:
        draft.host(values.get("address", ""), values.get("port"), _protocol(values))
    except ValueError as error:
        reading.refuse(section.line, str(error))
        return
    draft.text("name", section.name, limits.MAX_ENTRY_NAME)
    _set_screen(draft, values)
    draft.text("user", values.get("username"))
    draft.text("comment", values.get("comment"), limits.MAX_COMMENT)
    draft.set("baud", number_of(values.get("bpsrate")) or None)
    music = values.get("ansimusic", _DEFAULT_MUSIC)
    if music in "02" and music:
        draft.set("music", MUSIC[int(music)])
    if _true(values.get("forcelcf")):
        draft.set("wrap", "pending")
    draft.set("family", {"ipv4": "4", "ipv6": "6"}.get(values.get("addressfamily", "").lower()))
    draft.set("added", _date(values.get("added")))
    draft.stats = stats_of(values.get("totalcalls"), _date(values.get("lastconnected")))
    reading.take(draft)


def _protocol(values: Mapping[str, str]) -> str:
    kind = values.get("connectiontype", "")
    if kind and kind.lower() != "unknown":
        protocol = protocol_of(kind, PROTOCOLS)
        return "raw" if protocol == "telnet" and _true(values.get("bedumb")) else protocol
    return "ssh" if values.get("port", "22") == str(DEFAULT_PORTS["ssh"]) else "telnet"


def _set_screen(draft: Draft, values: Mapping[str, str]) -> None:
    mode = values.get("screenmode", "")
    terminal, size = MODES.get(mode.lower().replace(" ", ""), ("ansi", ""))
    if terminal == "ansi" and (match := _SIZE.fullmatch(mode)) and match[1] != "80x25":
        size = match[1]
    draft.set("size", size)
    font = values.get("font", "")
    if font and terminal == "ansi" and font.lower() != "codepage 437 english":
        draft.text("font", font)
        draft.set("encoding", _charset(font))
    if values.get("terminaltype", "").lower().startswith("utf"):
        terminal = "utf8"
    draft.set("terminal", terminal)


def _charset(font: str) -> str:
    match = _CODEPAGE.search(font)
    if not match:
        return charset_of(font)
    codepage, iso, *others = match.groups()
    if codepage:
        return "" if codepage == "437" else charset_of(f"cp{codepage}")
    return charset_of(f"iso{iso}" if iso else next(filter(None, others)).replace("armscii", "armscii8"))


def _count(reading: Reading, values: Mapping[str, str]) -> None:
    """Count what is never taken."""
    reading.secrets += sum(bool(values.get(key)) for key in _SECRETS)
    for key in _PATHS:
        if values.get(key):
            reading.leave_out("paths")
    for key in _SCRIPTS:
        if values.get(key):
            reading.leave_out("scripts")


def _literal(value: str) -> str:
    """The text of `key: "value"`, with the escapes of C."""
    if len(value) < 2 or value[0] != '"' or value[-1] != '"':
        return value
    return _ESCAPE.sub(_unescape, value[1:-1])


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] == "x" and len(code) > 1:
        return chr(int(code[1:], 16))
    if code[0] in "01234567":
        return chr(int(code, 8) & 0xFF)
    return _ESCAPES.get(code, code)


def _true(value: str | None) -> bool:
    return (value or "").lower() in ("true", "yes", "on", "1")


def _date(value: str | None) -> int | None:
    """``Jan 31 2026 12:00:00``; None for "Never" and for all else."""
    match = _DATE.fullmatch((value or "").strip()[:40])
    if not match or match["month"].lower() not in _MONTHS:
        return None
    year, day, hour, minute, second = (int(match[part]) for part in ("year", "day", "h", "m", "s"))
    try:
        moment = datetime(
            year, _MONTHS.index(match["month"].lower()) + 1, day, hour, minute, second, tzinfo=UTC
        )
    except ValueError:
        return None
    seconds = int(moment.timestamp())
    return seconds if seconds > 0 else None


SYNCTERM: Final = Importer("syncterm", "SyncTERM list", _sniff, _read)
