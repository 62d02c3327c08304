"""Reading other programs' address books: one format, one file, one row in `IMPORTERS`."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from bbsterm import limits
from bbsterm.book.files import read_regular
from bbsterm.book.importers.base import Bad, Found, Importer, Reading
from bbsterm.book.importers.hosts import HOSTS
from bbsterm.book.importers.icy import ICY
from bbsterm.book.importers.own import OWN
from bbsterm.book.importers.qodem import QODEM
from bbsterm.book.importers.syncterm import SYNCTERM
from bbsterm.book.importers.table import CSV
from bbsterm.book.importers.telix import TELIX
from bbsterm.book.importers.urls import URLS
from bbsterm.errors import BookError, ImportRefusedError, UsageError

__all__ = ["IMPORTERS", "Bad", "Found", "Importer", "Reading", "decode", "read_source", "read_text"]

IMPORTERS: Final[tuple[Importer, ...]] = (OWN, ICY, TELIX, QODEM, SYNCTERM, CSV, HOSTS, URLS)
"""Every format. The first one that a text looks like reads it, so the most particular come first."""

_NETRUNNER: Final = b"NetRunner Phone Book"
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)


def read_source(source: str, format: str | None = None) -> Reading:
    """Read a list: a file, "-" for standard input, or an address itself.

    Args:
        source: A path, "-", or something like ``telnet://bbs.example.org``.
        format: The importer's name; None to find out.

    Raises:
        ImportRefusedError: It is encrypted, binary, too large, no regular file, or no list.
        UsageError: There is no such file or format.
    """
    if source == "-":
        return read_text(decode(_standard_input()), format)
    if _ADDRESS.fullmatch(source) and not Path(source).exists():
        return read_text(source, "urls")
    try:
        data = read_regular(Path(source), limits.MAX_IMPORT_FILE)
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {source}") from error
    except BookError as error:
        raise ImportRefusedError(str(error)) from error
    return read_text(decode(data), format)


def read_text(text: str, format: str | None = None) -> Reading:
    """Read a list's text.

    Args:
        text: The contents of a file, or what was pasted.
        format: The importer's name; None to find out.

    Raises:
        ImportRefusedError: It is encrypted, or no list that we know.
        UsageError: There is no such format.
    """
    importer = _named(format) if format else _sniffed(text)
    reading = importer.read(text)
    reading.format = importer.name
    return reading


def decode(data: bytes) -> str:
    """A file's text, whatever it was written with: UTF-8, UTF-16 with its mark, or else CP437.

    Raises:
        ImportRefusedError: It is no text.
    """
    if data.startswith(_NETRUNNER):
        raise ImportRefusedError("NetRunner's phone book has a form that is not published; it cannot be read")
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp437")
    if "\0" in text:
        raise ImportRefusedError("this is a binary file, not a list")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _standard_input() -> bytes:
    data = sys.stdin.buffer.read(limits.MAX_IMPORT_FILE + 1)
    if len(data) > limits.MAX_IMPORT_FILE:
        raise ImportRefusedError(f"the input is too large: {limits.MAX_IMPORT_FILE:,} bytes are the most")
    return data


def _named(name: str) -> Importer:
    for importer in IMPORTERS:
        if importer.name == name:
            return importer
    raise UsageError(f"no such format: {name}", hint=f"One of: {', '.join(each.name for each in IMPORTERS)}.")


def _sniffed(text: str) -> Importer:
    if not text.strip():
        raise ImportRefusedError("the list is empty")
    for importer in IMPORTERS:
        if importer.sniff(text):
            return importer
    raise ImportRefusedError(
        "this looks like no list that can be imported",
        hint=f"If it is one, name its format with --format: {', '.join(each.name for each in IMPORTERS)}.",
    )
