"""Bare lists: ``host port [encoding [cols [rows]]]``, one board a line, ``#`` before comments."""

from __future__ import annotations

from typing import Final

from bbsterm.book.fields import shown
from bbsterm.book.importers.base import Draft, Importer, Reading, charset_of, number_of, terminal_of

__all__ = ["HOSTS"]

_LONGEST: Final = 1000


def _sniff(text: str) -> bool:
    lines = [words for line in text[:50_000].split("\n") if (words := line.partition("#")[0].split())]
    return bool(lines) and sum(map(_fits, lines)) * 2 > len(lines)


def _fits(words: list[str]) -> bool:
    return 2 <= len(words) <= 5 and "://" not in words[0] and number_of(words[1]) is not None


def _read(text: str) -> Reading:
    reading = Reading()
    for number, line in enumerate(text.split("\n"), 1):
        words = line[:_LONGEST].partition("#")[0].split()
        if words:
            _take(reading, number, words)
    return reading


def _take(reading: Reading, line: int, words: list[str]) -> None:
    host, port, charset, columns, rows = [*words, "", "", "", ""][:5]
    draft = Draft(line)
    try:
        draft.host(host, port, "telnet")
    except ValueError as error:
        reading.refuse(line, str(error))
        return
    known = charset_of(charset)
    if charset and not known:
        reading.refuse(line, f"unknown encoding {shown(charset)}")
        return
    terminal = terminal_of(known)
    draft.set("terminal", terminal)
    if terminal == "ansi" and known != "cp437":
        draft.set("encoding", known)
        if known == "latin-1" and not charset.lower().startswith(("latin", "iso")):
            draft.text("font", charset)
    if columns.isdigit():
        draft.set("size", f"{columns}x{rows if rows.isdigit() else 25}")
    reading.take(draft)


HOSTS: Final = Importer("hosts", "list of hosts and ports", _sniff, _read)
