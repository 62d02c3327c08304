"""icy_term's phonebook.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
)
from bbsterm.book.toml_read import TomlError, load_toml
from bbsterm.errors import ImportRefusedError

__all__ = ["ICY", "PROTOCOLS", "TERMINALS"]

PROTOCOLS: Final[Mapping[str, str]] = {
    "telnet": "telnet",
    "raw": "raw",
    "ssh": "ssh",
    "websocket": "ws",
    "websocket(false)": "ws",
    "securewebsocket": "wss",
    "websocket(true)": "wss",
    "rlogin": "rlogin",
    "rloginswapped": "rlogin",
}
"""protocol -> ours."""

TERMINALS: Final[Mapping[str, str]] = {
    "ansi": "ansi",
    "utf8ansi": "utf8",
    "avatar": "avatar",
    "ascii": "ascii",
    "rip": "rip",
    "petscii": "petscii",
    "atascii": "atascii",
    "atarist": "atarist",
    "igs": "atarist",
    "skypix": "skypix",
    "viewdata": "viewdata",
    "mode7": "viewdata",
}
"""terminal_type -> terminal."""

_MODE: Final = re.compile(r"(?:vga|unicode) ?\((\d{1,3}), *(\d{1,3})\)", re.IGNORECASE)
_MUSIC: Final[Mapping[str, str]] = {"banana": "banana", "both": "all", "conflicting": "all"}
_ADDRESSES: Final = re.compile(r"^[ \t]*\[\[[ \t]*addresses[ \t]*\]\]", re.MULTILINE)


_LEFT_OUT: Final = (
    ("auto_login", "login scripts"),
    ("ssh_private_key", "paths"),
    ("proxy_command", "scripts"),
)


def _sniff(text: str) -> bool:
    return _ADDRESSES.search(text) is not None


def _read(text: str) -> Reading:
    try:
        tables = load_toml(text).get("addresses", [])
    except TomlError as error:
        raise ImportRefusedError(f"this phone book is no valid TOML: {error}") from error
    reading = Reading()
    lines = lines_of(text, (match.start() for match in _ADDRESSES.finditer(text)))
    for index, table in enumerate(tables if isinstance(tables, list) else []):
        if isinstance(table, dict):
            _take(reading, table, lines[index] if len(lines) == len(tables) else 0)
    return reading


def _take(reading: Reading, table: dict[str, Any], line: int) -> None:
    iemsi = table.get("IEMSI")
    secrets = [table.get("password"), iemsi.get("password") if isinstance(iemsi, dict) else None]
    reading.secrets += sum(isinstance(secret, str) and secret != "" for secret in secrets)
    for key, what in (
        ("auto_login", "login scripts"),
        ("ssh_private_key", "paths"),
        ("proxy_command", "scripts"),
    ):
        if table.get(key):
            reading.leave_out(what)
    draft = Draft(line)
    try:
        kind = str(table.get("protocol") or table.get("connection_type") or "telnet")
        if draft.place(str(table.get("address", "")), protocol_of(kind, PROTOCOLS)):
            reading.secrets += 1
    except ValueError as error:
        reading.refuse(line, str(error))
        return
    draft.text("name", table.get("system_name"), limits.MAX_ENTRY_NAME)
    draft.text("user", table.get("user_name"))
    draft.text("comment", table.get("comment"), limits.MAX_COMMENT)
    draft.set("favourite", table.get("is_favored") is True or None)
    _set_screen(draft, table)
    draft.set("added", moment_of(table.get("created")))
    draft.stats = stats_of(
        table.get("number_of_calls"),
        moment_of(table.get("last_call")),
        table.get("downloaded_bytes"),
        table.get("uploaded_bytes"),
    )
    reading.take(draft)


def _set_screen(draft: Draft, table: dict[str, Any]) -> None:
    mode = str(table.get("screen_mode", ""))
    terminal = TERMINALS.get(str(table.get("terminal_type", "ansi")).lower(), "ansi")
    if terminal == "atascii" and mode.lower() == "xep80":
        terminal = "atascii80"
    draft.set("terminal", terminal)
    if (match := _MODE.fullmatch(mode)) and (match[1], match[2]) != ("80", "25"):
        draft.set("size", f"{int(match[1])}x{int(match[2])}")
    if isinstance(table.get("font_name"), str):
        draft.text("font", table["font_name"])
        draft.set("encoding", charset_of(table["font_name"]))
    if isinstance(table.get("ice_mode"), bool):
        draft.set("ice", table["ice_mode"])
    draft.set("music", _MUSIC.get(str(table.get("ansi_music", "")).lower()))
    draft.set("baud", number_of(re.sub(r"\D", "", str(table.get("baud_emulation", "")))) or None)


ICY: Final = Importer("icy", "icy_term phone book", _sniff, _read)
