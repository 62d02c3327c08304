"""icy_term's phonebook.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bbsterm.book.exporters.base import Exported, Exporter, Writing, iso_date
from bbsterm.book.toml_text import toml_value

__all__ = ["ICY"]

_PROTOCOLS: Final[Mapping[str, str]] = {
    "telnet": "Telnet",
    "raw": "Raw",
    "ssh": "SSH",
    "ws": "Websocket",
    "wss": "SecureWebsocket",
    "rlogin": "Rlogin",
}
_TERMINALS: Final[Mapping[str, tuple[str, str]]] = {
    "ansi": ("Ansi", ""),
    "utf8": ("Utf8Ansi", ""),
    "vt": ("Utf8Ansi", ""),
    "petscii": ("PETscii", "Vic"),
    "petscii80": ("PETscii", "Vic"),
    "atascii": ("ATAscii", "Antic"),
    "atascii80": ("ATAscii", "XEP80"),
    "atarist": ("AtariST", "AtariST(Medium, false)"),
    "ascii": ("Ascii", ""),
    "avatar": ("Avatar", ""),
    "rip": ("Rip", "Rip"),
    "skypix": ("Skypix", "SkyPix"),
    "viewdata": ("ViewData", "Videotex"),
    "vt52": ("Ansi", ""),
}
_MUSIC: Final[Mapping[str, str]] = {"banana": "Banana", "all": "Both"}
_VERSION: Final = 'version = "1.1.0"\n'


def _write(rows: Iterable[Exported]) -> Writing:
    writing = Writing(_VERSION)
    for row in rows:
        if row.entry.protocol in _PROTOCOLS:
            lines = [f"{key} = {toml_value(value)}" for key, value in _keys(row)]
            writing.text += "\n".join(["", "[[addresses]]", *lines]) + "\n"
        else:
            writing.left.append(row.entry.name)
    return writing


def _keys(row: Exported) -> Iterable[tuple[str, Any]]:
    entry, stats = row
    terminal, mode = _TERMINALS[entry.terminal]
    columns, rows = entry.dimensions()
    kind = "Unicode" if terminal == "Utf8Ansi" else "Vga"
    yield "system_name", entry.name
    yield "is_favored", entry.favourite
    yield "address", entry.place
    yield "protocol", _PROTOCOLS[entry.protocol]
    if entry.user:
        yield "user_name", entry.user
    yield "terminal_type", terminal
    yield "screen_mode", mode or f"{kind}({columns}, {rows})"
    if entry.font:
        yield "font_name", entry.font
    if entry.ice is not None:
        yield "ice_mode", entry.ice
    if entry.music in _MUSIC:
        yield "ansi_music", _MUSIC[entry.music]
    if entry.baud:
        yield "baud_emulation", str(entry.baud)
    if entry.comment:
        yield "comment", entry.comment
    yield "number_of_calls", stats.calls
    if stats.last_call:
        yield "last_call", iso_date(stats.last_call)
    if entry.added:
        yield "created", iso_date(entry.added)


ICY: Final = Exporter("icy", "icy_term phone book", ".toml", _write)
