"""Where the entries of a dialing.toml begin and end, so that what is not edited stays as it was.

tomllib says what a file means, but not where it says so. This finds the `[[entry]]` headers; everything from
the comments right above one to those above the next is that entry's piece.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

__all__ = ["Piece", "key_line", "split"]

_HEADERS: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)
_PLAIN_ENTRY: Final = re.compile(r"^[ \t]*\[\[[ \t]*entry[ \t]*\]\][ \t]*(?:#.*)?$", re.MULTILINE)
_ENTRY: Final = re.compile(r"[ \t]*\[\[[ \t]*(?:entry|\"entry\"|'entry')[ \t]*\]\]")
_WITHIN: Final = re.compile(r"[ \t]*\[\[?[ \t]*(?:entry|\"entry\"|'entry')[ \t]*\.")
_COMMENT: Final = re.compile(r"^[ \t]*#", re.MULTILINE)
_TOKEN: Final = re.compile(
    r'"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'
    r"|'{3}(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<mark>[\[\]{}\n])",
    re.DOTALL,
)


class Piece(NamedTuple):
    """A table with what belongs to it, or what comes before the first one.

    Attributes:
        text: The text, comments above included.
        line: Its first line in the file, from 1.
        header: Where in `text` the header's line begins; -1 before the first table.
        is_entry: Whether it is an ``[[entry]]``.
    """

    text: str
    line: int
    header: int
    is_entry: bool


def split(text: str, entries: int) -> list[Piece]:
    """Cut valid TOML before every table. What comes before the first table is the first piece.

    Args:
        text: A file that tomllib has read.
        entries: How many `[[entry]]` tables that found.

    Returns:
        Pieces whose texts make `text` again when joined. Sub-tables (``[entry.x]``) stay with their entry.
    """
    headers, comments = _quick(text, entries) or _thorough(text)
    starts = [0]
    for header in headers:
        start = header
        while (above := text.rfind("\n", 0, max(start - 1, 0)) + 1) in comments and above < start:
            start = above
        starts.append(start)
    pieces, line = [], 1
    for start, end, header in zip(starts, [*starts[1:], len(text)], [-1, *headers], strict=True):
        piece = text[start:end]
        entry = header >= 0 and _ENTRY.match(text, header) is not None
        pieces.append(Piece(piece, line, header - start if header >= 0 else -1, entry))
        line += piece.count("\n")
    return pieces


def key_line(piece: Piece, key: str) -> int:
    """The line of the file, from 1, in which a key of a piece stands; its header's if the key does not."""
    start = max(piece.header, 0)
    pattern = re.compile(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.]", re.MULTILINE)
    match = pattern.search(piece.text, start)
    return piece.line + piece.text.count("\n", 0, match.start() if match else start)


def _quick(text: str, entries: int) -> tuple[list[int], set[int]] | None:
    """Headers and comment lines of a file in which nothing can be mistaken for one, found at once."""
    if '"""' in text or "'''" in text:
        return None
    headers = [match.start() for match in _PLAIN_ENTRY.finditer(text)]
    if len(headers) != entries or len(_HEADERS.findall(text)) != entries:
        return None
    return headers, {match.start() for match in _COMMENT.finditer(text)}


def _thorough(text: str) -> tuple[list[int], set[int]]:
    """The same of any file: brackets at the beginning of a line, but not in strings, comments and arrays."""
    headers: list[int] = []
    comments: set[int] = set()
    depth, line, in_header = 0, 0, False
    for token in _TOKEN.finditer(text):
        first = not text[line : token.start()].strip()
        if token["comment"]:
            if first:
                comments.add(line)
        elif token["mark"] is None:  # a string; one of several lines ends on a line that it did not begin
            line = max(line, text.rfind("\n", 0, token.end()) + 1)
        elif token["mark"] == "\n":
            line, in_header = token.end(), False
        elif in_header:
            continue
        elif token["mark"] in "[{":
            in_header = depth == 0 and first and token["mark"] == "["
            if not in_header:
                depth += 1
            elif not _WITHIN.match(text, line):
                headers.append(line)
        else:
            depth -= 1
    return headers, comments
