"""Addresses in any text: ``telnet://`` and its kin wherever they stand, and lines that are HOST:PORT."""

from __future__ import annotations

import re
from typing import Final

from bbsterm import limits
from bbsterm.book.address import PROTOCOLS
from bbsterm.book.importers.base import Draft, Importer, Reading

__all__ = ["URLS"]

_URL: Final = re.compile(
    rf"\b(?:{'|'.join(PROTOCOLS)})://(?:\[[0-9A-Fa-f:.]+\])?[^\s<>\"'`|)\]}}]*", re.IGNORECASE
)
_PLACE: Final = re.compile(
    r"(\[[0-9A-Fa-f:.]+\]:\d{1,5}|(?=[^\s:/]*[A-Za-z.])[^\s:/]+:\d{1,5}|[\w-]+(?:\.[\w-]+)+)(?=\s|$)"
)
_AROUND: Final = " \t-–—*•|,;:<>()[]{}\"'`=#"
_LONGEST: Final = 4000


def _sniff(text: str) -> bool:
    if _URL.search(text):
        return True
    lines = [line.strip() for line in text[:50_000].split("\n") if line.strip() and not line.startswith("#")]
    return bool(lines) and sum(_PLACE.match(line) is not None for line in lines) * 2 > len(lines)


def _read(text: str) -> Reading:
    reading = Reading()
    for number, line in enumerate(text.split("\n"), 1):
        line = line[:_LONGEST].strip()
        if not line:
            continue
        urls = [match[0].rstrip(".,;:!?") for match in _URL.finditer(line)]
        if urls:
            for url in urls:
                _take(reading, number, url, _around(line, urls))
        elif not line.startswith("#") and "://" not in line:
            if match := _PLACE.match(line):
                _take(reading, number, match[1], line[match.end() :].strip(_AROUND))
            else:
                reading.refuse(number, "no address in this line")
        elif "://" in line:
            reading.refuse(number, f"known are {', '.join(f'{protocol}://' for protocol in PROTOCOLS)}")
    return reading


def _around(line: str, urls: list[str]) -> str:
    """What the line says beside its address, which is mostly the board's name."""
    if len(urls) != 1:
        return ""
    before, _, after = line.partition(urls[0])
    return (before.strip(_AROUND) or after.strip(_AROUND)).strip()


def _take(reading: Reading, line: int, address: str, name: str) -> None:
    draft = Draft(line)
    try:
        if draft.place(address, "telnet"):
            reading.secrets += 1
    except ValueError as error:
        reading.refuse(line, str(error))
        return
    draft.text("name", name, limits.MAX_ENTRY_NAME)
    reading.take(draft)


URLS: Final = Importer("urls", "addresses in a text", _sniff, _read)
