"""What was kept of a call or drawn by an artist: an asciicast, a capture, an art file, to be shown again."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from bbsterm.errors import UsageError
from bbsterm.limits import MAX_COLUMNS, MAX_ROWS
from bbsterm.screen.sauce import picture_of, read_sauce
from bbsterm.session.encoding import SIZES
from bbsterm.session.settings import CallSettings

__all__ = ["ART", "DEFAULT_BAUD", "LONGEST_PAUSE", "Piece", "Recording", "read_recording"]

DEFAULT_BAUD: Final = 28_800
"""Bits per second at which a file without times is shown, ten to a byte: art was made to be watched."""

LONGEST_PAUSE: Final = 5.0
"""Seconds that an asciicast stands still at most: whoever made it went for a coffee."""

ART: Final = {
    **dict.fromkeys((".ans", ".asc", ".nfo", ".diz", ".ice", ".cia", ".txt"), "ansi"),
    ".seq": "petscii",
    ".pet": "petscii",
    ".ata": "atascii",
    ".utf8ans": "utf8",
}
"""The emulations that files are made for, by the end of their names."""

_SLICE: Final = 24
"""Bytes that appear together: no eye tells them apart at a modem's speed."""


class Piece(NamedTuple):
    """Bytes for the screen, and when: seconds from the beginning."""

    at: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Recording:
    """What is shown, on what, and when.

    Attributes:
        name: What it is called.
        settings: The emulation, the character set, the size.
        pieces: In the order of time.
        timed: Whether the times are the file's own, rather than a modem's.
    """

    name: str
    settings: CallSettings
    pieces: tuple[Piece, ...]
    timed: bool

    @property
    def seconds(self) -> float:
        """How long it takes at its own speed."""
        return self.pieces[-1].at if self.pieces else 0.0

    @property
    def data(self) -> bytes:
        """All of it."""
        return b"".join(piece.data for piece in self.pieces)


def read_recording(
    name: str,
    data: bytes,
    *,
    terminal: str | None = None,
    encoding: str | None = None,
    size: tuple[int, int] | None = None,
    baud: int = DEFAULT_BAUD,
    idle: float = LONGEST_PAUSE,
) -> Recording:
    """Read a file, whatever its name says it is.

    Args:
        name: The file's name.
        data: What is in it.
        terminal: The emulation, if not the one that the file or its name says.
        encoding: The character set, likewise.
        size: Columns and rows, likewise.
        baud: Bits per second for a file without times; 0 is at once.
        idle: The longest pause in seconds; longer ones are cut.

    Raises:
        UsageError: It is an asciicast that makes no sense; line and reason are said.
    """
    path = PurePath(name)
    if path.suffix.lower() == ".cast" or data[:64].lstrip().startswith(b'{"version"'):
        title, columns, rows, pieces = _read_cast(name, data, idle)
        settings = CallSettings(terminal=terminal or "vt", encoding=encoding or "utf-8")
        columns, rows = size or (columns, rows)
        return Recording(title or path.stem, replace(settings, columns=columns, rows=rows), pieces, True)
    kind = terminal or ART.get(path.suffix.lower(), "ansi")
    sauce = read_sauce(data)
    columns, rows = SIZES.get(kind, (80, 25))
    settings = CallSettings(terminal=kind, encoding=encoding, music="off")
    if sauce is not None and kind not in SIZES:
        columns = sauce.columns or columns
        if kind == "ansi":
            settings = replace(settings, encoding=encoding or sauce.encoding, ice=True if sauce.ice else None)
    columns, rows = size or (columns, rows)
    title = sauce.title if sauce is not None and sauce.title else path.stem
    pieces = tuple(_sliced(picture_of(data), baud))
    return Recording(title, replace(settings, columns=columns, rows=rows), pieces, False)


def _sliced(data: bytes, baud: int) -> Iterator[Piece]:
    if not baud:
        yield Piece(0.0, data)
        return
    for place in range(0, len(data), _SLICE):
        piece = data[place : place + _SLICE]
        yield Piece((place + len(piece)) * 10 / baud, piece)


def _read_cast(name: str, data: bytes, idle: float) -> tuple[str, int, int, tuple[Piece, ...]]:
    """Title, columns, rows and pieces of an asciicast.

    Source: asciicast, versions 2 (times from the beginning) and 3 (from the event before).
    """
    lines = data.splitlines()
    head = _json(name, 1, lines[0] if lines else b"")
    version = head.get("version") if isinstance(head, dict) else None
    if version not in (2, 3):
        raise UsageError(f"{name}:1: no asciicast of version 2 or 3", hint="Its first line says what it is.")
    size = head.get("term", {}) if version == 3 else {"cols": head.get("width"), "rows": head.get("height")}
    size = size if isinstance(size, dict) else {}
    pieces: list[Piece] = []
    last = now = 0.0
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith(b"#"):
            continue
        if (found := _event(_json(name, number, line))) is None:
            raise UsageError(f"{name}:{number}: no [seconds, kind, text]")
        seconds, kind, text = found
        now += min(max(0.0, seconds if version == 3 else seconds - last), idle)
        last = max(last, seconds)
        if kind == "o":
            pieces.append(Piece(now, text.encode("utf-8", "replace")))
    title = head.get("title")
    columns, rows = _within(size.get("cols"), 80, MAX_COLUMNS), _within(size.get("rows"), 24, MAX_ROWS)
    return title if isinstance(title, str) else "", columns, rows, tuple(pieces)


def _json(name: str, number: int, line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "") or "it is not UTF-8 text"
        raise UsageError(f"{name}:{number}: no JSON: {reason[:1].lower()}{reason[1:]}") from None


def _event(value: Any) -> tuple[float, str, str] | None:
    match value:
        case [float() | int() as seconds, str() as kind, str() as text] if not isinstance(seconds, bool):
            try:
                moment = float(seconds)
            except OverflowError:
                return None
            return (moment, kind, text) if math.isfinite(moment) else None
    return None


def _within(value: Any, otherwise: int, most: int) -> int:
    """A size that can be had."""
    return min(value, most) if type(value) is int and value > 0 else otherwise
