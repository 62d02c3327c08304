"""Small helpers that telnetlib3's programs import: names of characters, dumps, loggers."""

from __future__ import annotations

import asyncio
import logging
import os
import shlex
import sys
from collections.abc import Mapping
from typing import Any, Final

import bbsterm
from bbsterm.net.encodings import encoding_from_lang
from bbsterm.net.shell_names import function_lookup

__all__ = [
    "TRACE",
    "eightbits",
    "encoding_from_lang",
    "function_lookup",
    "get_version",
    "hexdump",
    "is_a_tty",
    "make_logger",
    "make_reader_task",
    "name_unicode",
    "repr_mapping",
]

TRACE: Final = 5
"""The log level below DEBUG: every byte."""

logging.addLevelName(TRACE, "TRACE")

_FORMAT: Final = "%(levelname)s %(filename)s:%(lineno)d %(message)s"
_ROW: Final = 16


def get_version() -> str:
    """Ours."""
    return bbsterm.__version__


def name_unicode(ucs: str) -> str:
    r"""A character as it can be shown: itself, ``^C`` for a control, ``\xff`` for the rest."""
    code = ord(ucs)
    if code < 0x20 or code == 0x7F:
        return "^" + chr(code ^ 0x40)
    return ucs if code < 0x7F else rf"\x{code:02x}"


def eightbits(number: int) -> str:
    """A byte in binary: ``0b00000101``."""
    return f"0b{number:08b}"


def repr_mapping(mapping: Mapping[str, Any]) -> str:
    """A mapping on one line: ``a=1 b='two words'``."""
    return " ".join(f"{name}={shlex.quote(str(value))}" for name, value in mapping.items())


def hexdump(data: bytes, prefix: str = "") -> str:
    """Bytes as ``hexdump -C`` shows them, sixteen to a row, each row after `prefix`."""
    rows = []
    for start in range(0, len(data), _ROW):
        row = data[start : start + _ROW]
        numbers = f"{row[:8].hex(' '):<23}  {row[8:].hex(' '):<23}"
        letters = "".join(chr(byte) if 0x20 <= byte < 0x7F else "." for byte in row)
        rows.append(f"{prefix}{start:08x}  {numbers}  |{letters}|")
    return "\n".join(rows)


def is_a_tty() -> bool:
    """Whether standard input is a terminal."""
    try:
        return sys.stdin is not None and os.isatty(sys.stdin.fileno())
    except (AttributeError, OSError, ValueError):  # something else that was put in its place
        return False


def make_logger(
    name: str,
    loglevel: str = "info",
    logfile: str | None = None,
    logfmt: str = _FORMAT,
    filemode: str = "a",
) -> logging.Logger:
    """Begin to log, to a file or to stderr, and return the logger `name`.

    Raises:
        ValueError: There is no such level.
    """
    level = TRACE if loglevel.lower() == "trace" else logging.getLevelName(loglevel.upper())
    if not isinstance(level, int):
        raise ValueError(f"no log level {loglevel!r}: trace, debug, info, warning, error or critical")
    handlers: list[logging.Handler] | None = None
    if logfile:
        handlers = [logging.FileHandler(logfile, mode=filemode, encoding="utf-8")]
    logging.basicConfig(level=level, format=logfmt, handlers=handlers)
    logger = logging.getLogger(name)
    logger.setLevel(level)
    return logger


def make_reader_task(reader: Any, size: int = 4096) -> asyncio.Task[Any]:
    """A task that reads at most `size` of what comes next."""
    return asyncio.ensure_future(reader.read(size))
