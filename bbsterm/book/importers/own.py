"""Our own dialing.toml, from another machine, from a friend, or one of its versions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from bbsterm.book.document import Notice, parse
from bbsterm.book.importers.base import Found, Importer, Reading
from bbsterm.errors import ConfigError, ImportRefusedError

__all__ = ["OWN"]

_ENTRY: Final = re.compile(r"^[ \t]*\[\[[ \t]*entry[ \t]*\]\]", re.MULTILINE)
_FILE: Final = Path("dialing.toml")
_NEVER: Final = (
    ("secret", "", "secret references"),
    ("downloads", "", "paths"),
    ("tls_ca", "", "paths"),
    ("tls_verify", True, "settings that take any certificate"),
)
"""Fields that are not taken from elsewhere, what they become, and what they are called."""


def _sniff(text: str) -> bool:
    return _ENTRY.search(text) is not None


def _read(text: str) -> Reading:
    try:
        document = parse(text, _FILE)
    except ConfigError as error:
        where = f"line {error.line}: " if error.line else ""
        raise ImportRefusedError(f"this is no address book, {where}{error.reason}") from error
    reading = Reading()
    lines = _lines(text, len(document.blocks))
    for notice in document.notices:
        _note(reading, notice)
    for block, line in zip(document.blocks, lines, strict=True):
        if block.entry is None:
            continue
        changes: dict[str, Any] = {}
        for field, neutral, what in _NEVER:
            if getattr(block.entry, field) != neutral:
                changes[field] = neutral
                reading.leave_out(what)
        reading.entries.append(Found(block.entry.changed(**changes) if changes else block.entry, line))
    return reading


def _note(reading: Reading, notice: Notice) -> None:
    if notice.error:
        reading.refuse(notice.line or 0, notice.text)
    elif "does not belong" in notice.text:
        reading.secrets += 1


def _lines(text: str, blocks: int) -> list[int]:
    """The lines of the entries' headers, if they can be told."""
    found = [match.start() for match in _ENTRY.finditer(text)]
    if len(found) != blocks:
        return [0] * blocks
    from bbsterm.book.importers.base import lines_of

    return lines_of(text, found)


OWN: Final = Importer("bbsterm", "bbsterm address book", _sniff, _read)
