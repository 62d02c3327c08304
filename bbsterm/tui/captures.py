"""Screenshots and logs as files: named after the board and the minute, never over an older one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from bbsterm import codecs
from bbsterm.screen.export import to_ans, to_text
from bbsterm.screen.export_html import to_html
from bbsterm.screen.glyphs import substitute
from bbsterm.screen.png import to_png
from bbsterm.screen.svg import to_svg
from bbsterm.screen.terminal import Line, Terminal

__all__ = ["SHOTS", "is_narrow", "lines_as", "new_file", "picture", "save_lines", "save_log", "save_shot"]

SHOTS: Final = ("ans", "txt", "svg", "png", "html")

_UNFIT: Final = re.compile(r"[^\w.-]+")
_MAX_NAME: Final = 60
_NARROW: Final = 40


def save_shot(folder: Path, kind: str, name: str, terminal: Terminal, *, now: datetime) -> Path:
    """Save what is on the screen.

    Args:
        folder: Made if it is not there.
        kind: One of `SHOTS`.
        name: The board's.
        terminal: Whose screen.
        now: For the file's name.

    Raises:
        OSError: The file could not be written.
    """
    return _write(folder, name, now, kind, picture(kind, name, terminal, now=now))


def picture(kind: str, name: str, terminal: Terminal, *, now: datetime) -> bytes:
    """What is on the screen, as the contents of a file.

    Args:
        kind: One of `SHOTS`.
        name: The board's.
        terminal: Whose screen.
        now: For the record of an .ans file.
    """
    lines = [terminal.line(row) for row in range(terminal.rows)]
    if kind == "svg":
        return to_svg(lines, columns=terminal.columns, title=name, cursor=terminal.cursor).encode()
    if kind == "png":
        doubled = is_narrow(terminal.name, terminal.columns)
        return to_png(lines, columns=terminal.columns, title=name, cursor=terminal.cursor, doubled=doubled)
    return lines_as(kind, lines, name, terminal.columns, terminal.encoding, now=now)


def save_lines(
    folder: Path, kind: str, name: str, spans: Sequence[Line], terminal: Terminal, *, now: datetime
) -> Path:
    """Save some lines of the past: what was marked, or all of them.

    Args:
        folder: Made if it is not there.
        kind: One of `SHOTS`.
        name: The board's.
        spans: The lines.
        terminal: Whose they are, for its size and its character set.
        now: For the file's name.

    Raises:
        OSError: The file could not be written.
    """
    data = lines_as(kind, spans, name, terminal.columns, terminal.encoding, now=now)
    return _write(folder, name, now, f"log.{kind}" if kind == "txt" else kind, data)


def is_narrow(machine: str, columns: int) -> bool:
    """Whether it is a home computer, whose cells were as wide as high."""
    return columns <= _NARROW and machine not in ("ansi", "vt")


def lines_as(
    kind: str, lines: Sequence[Line], name: str, columns: int, encoding: str, *, now: datetime
) -> bytes:
    """Lines as the contents of a file of a kind of `SHOTS`; `encoding` is for .ans."""
    match kind:
        case "png":
            return to_png(lines, columns=columns, title=name)
        case "txt":
            return to_text(lines).encode()
        case "svg":
            return to_svg(lines, columns=columns, title=name).encode()
        case "html":
            return to_html(lines, title=name).encode()
    return to_ans(
        lines,
        columns=columns,
        encode=_encoder(encoding),
        title=name,
        date=f"{now:%Y%m%d}",
        font=_font(encoding),
    )


def save_log(folder: Path, name: str, terminal: Terminal, *, now: datetime) -> Path:
    """Save the history and the screen as text.

    Raises:
        OSError: The file could not be written.
    """
    lines: Iterable[Line] = [*terminal.history, *(terminal.line(row) for row in range(terminal.rows))]
    return _write(folder, name, now, "log.txt", to_text(lines).encode())


def _encoder(encoding: str) -> Callable[[str], bytes]:
    """A code page as it is, code page 437 with the pictures that its control codes have in art.

    What has no code page, UTF-8 and the home computers, becomes code page 437 too, which every viewer shows.
    """
    if not encoding.startswith(("cp", "latin", "iso8859", "koi8")):
        codec = codecs.lookup("cp437_art")
        return lambda text: codec.encode(substitute(text, "basic"), "replace")[0]
    codec = codecs.lookup("cp437_art" if encoding == "cp437" else encoding)
    return lambda text: codec.encode(text, "replace")[0]


def _font(encoding: str) -> str:
    """The font that SAUCE names for a character set."""
    if encoding.startswith("cp") and encoding[2:].isdigit() and encoding != "cp437":
        return f"IBM VGA {encoding[2:]}"
    return "IBM VGA 819" if encoding.startswith("latin") else "IBM VGA"


def new_file(folder: Path, name: str, now: datetime, suffix: str) -> tuple[Path, IO[bytes]]:
    """Make a new file, readable by its owner: a screen may show what is nobody else's business.

    Args:
        folder: Made if it is not there.
        name: The board's.
        now: For the file's name.
        suffix: Without the dot.

    Raises:
        OSError: It could not be made.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = f"{_fit_for_a_file(name)}-{now:%Y%m%d-%H%M%S}"
    for number in range(1, 1000):
        path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.{suffix}"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        return path, os.fdopen(descriptor, "wb")
    raise FileExistsError(f"{folder} already holds a thousand files called {stem}")


def _write(folder: Path, name: str, now: datetime, suffix: str, data: bytes) -> Path:
    path, file = new_file(folder, name, now, suffix)
    with file:
        file.write(data)
    return path


def _fit_for_a_file(name: str) -> str:
    """Letters, digits, dots and dashes, and never a hidden file."""
    return _UNFIT.sub("-", name).strip(".-")[:_MAX_NAME] or "board"
