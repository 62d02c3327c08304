"""dialing.toml as a document: a head, then blocks of text, most of them an entry each.

Blocks that nobody edits are written back as they were read: comments, order, unknown keys, mistakes and all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bbsterm.book import layout
from bbsterm.book.address import DEFAULT_PORTS, split
from bbsterm.book.edit import sign
from bbsterm.book.entry import FIELD_NAMES, Entry
from bbsterm.book.fields import FieldError, check, nearest, shown
from bbsterm.book.toml_read import TomlError, load_toml
from bbsterm.book.toml_text import block_text
from bbsterm.errors import ConfigError

__all__ = ["EMPTY", "SCHEMA", "Block", "Document", "Notice", "block_of", "parse", "read_block"]

SCHEMA: Final = 1
"""The version of the file's form that is written here."""

_SCHEMA_LINE: Final = f"schema = {SCHEMA}\n"
_HEAD: Final = (
    _SCHEMA_LINE + "\n# Your boards, one [[entry]] each. Edit as you like: comments and order are kept.\n\n"
)
_SCHEMA_KEY: Final = re.compile(r"^[ \t]*[\"']?schema[\"']?[ \t]*=", re.MULTILINE)
_END: Final = "# end of book\n"
_STALE_END: Final = re.compile(r"^# end of book[ \t]*\n", re.MULTILINE)
_SECRET_KEYS: Final = frozenset({"password", "passwd", "pass", "passphrase", "system_password", "pin"})


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about a file that its owner should know. `str()` is a line: ``dialing.toml:12: ...``."""

    path: Path
    line: int | None
    text: str
    hint: str = ""
    error: bool = False

    def __str__(self) -> str:
        where = f"{self.path.name}:{self.line}" if self.line else self.path.name
        return f"{where}: {self.text}"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the file.

    Attributes:
        text: As it stands in the file.
        entry: What it means, with the id it goes by; None for other tables and for entries with mistakes.
        signed: Whether the text has that id in it. One without is signed when the file is saved next.
    """

    text: str
    entry: Entry | None = None
    signed: bool = True


@dataclass(frozen=True)
class Document:
    """A file's contents, taken apart.

    Attributes:
        head: What comes before the first table.
        blocks: The tables in order.
        notices: What its owner should know, mistakes first.
        read_only: Why it cannot be saved; empty if it can.
        complete: Whether the end line was there.
        crlf: Whether its lines end as Windows ends them.
    """

    head: str
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    read_only: str = ""
    complete: bool = True
    crlf: bool = False

    @property
    def ours(self) -> bool:
        """Whether the file was begun by us, not by hand."""
        return self.head.startswith(_HEAD.rstrip())

    def entries(self) -> Iterator[Entry]:
        """Every entry without mistakes, in the file's order."""
        return (block.entry for block in self.blocks if block.entry is not None)

    def text(self) -> str:
        """The whole file: every entry has its id, and the end line stands at the end."""
        pieces = [self.head if _SCHEMA_KEY.search(self.head) else _SCHEMA_LINE + self.head]
        pieces += [block.text if block.signed else _signed(block) for block in self.blocks]
        whole = "".join(piece if piece.endswith("\n") else piece + "\n" for piece in pieces)
        return whole.rstrip("\n") + "\n\n" + _END


EMPTY: Final = Document(_HEAD, ())
"""A book that has not been saved yet."""


def parse(text: str, path: Path) -> Document:
    """Read a dialing.toml.

    Raises:
        ConfigError: It is no TOML, or no book. Single entries with mistakes are notices instead.
    """
    try:
        data = load_toml(text)
    except TomlError as error:
        raise ConfigError(path, error.line, error.reason) from error
    read_only = _check_schema(data, text, path)
    tables = data.get("entry", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(path, _line_of(text, "entry"), "entries are written as [[entry]] tables")
    body, complete = _without_end(text)
    pieces = layout.split(body, len(tables))
    reader = _Reader(path)
    blocks = [reader.block(piece, tables) for piece in pieces[1:]]
    if reader.used != len(tables):
        read_only = read_only or "its entries are not written as [[entry]] tables"
    reader.check_head(data, pieces[0])
    notices = sorted(reader.notices, key=lambda notice: (not notice.error, notice.line or 0))
    return Document(pieces[0].text, tuple(blocks), tuple(notices), read_only, complete)


def read_block(text: str) -> Entry:
    """The entry of one block's text.

    Raises:
        ConfigError: There is none, or it has mistakes.
    """
    document = parse(text, Path("entry"))
    for notice in document.notices:
        if notice.error:
            raise ConfigError(notice.path, notice.line, notice.text)
    for entry in document.entries():
        return entry
    raise ConfigError(Path("entry"), None, "no [[entry]] in it")


def block_of(entry: Entry) -> Block:
    """A new block for an entry."""
    return Block(block_text(entry), entry)


def derived_id(entry: Entry, salt: str = "") -> str:
    """The id of an entry that has been given none: always the same for the same board."""
    told = f"{entry.protocol}://{entry.host.lower()}:{entry.port}/{entry.name}{salt}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:8]


class _Reader:
    """Reads the entries of one file; remembers ids and notices."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notices: list[Notice] = []
        self.used = 0
        self._ids: set[str] = set()

    def block(self, piece: layout.Piece, tables: list[dict[str, Any]]) -> Block:
        if not piece.is_entry or self.used >= len(tables):
            return Block(piece.text)
        table = tables[self.used]
        self.used += 1
        text = _STALE_END.sub("", piece.text) if _END.strip() in piece.text else piece.text
        values = self._values(piece, table)
        if values is None:
            return Block(text)
        given = values.get("id", "")
        if given in self._ids:
            self._say(piece, "id", f"the id {given!r} is used above; this entry gets another one")
        signed = bool(given) and given not in self._ids
        if not signed:
            values["id"] = self._free_id(Entry.trusted(values))
        self._ids.add(values["id"])
        return Block(text, Entry.trusted(values), signed)

    def check_head(self, data: dict[str, Any], head: layout.Piece) -> None:
        for key in data:
            if key not in ("schema", "entry"):
                meant = nearest(key, ("schema", "entry"))
                if meant:
                    self._say(head, key, f"unknown key {key!r}; did you mean {meant!r}?")

    def _values(self, piece: layout.Piece, table: dict[str, Any]) -> dict[str, Any] | None:
        """What the entry's keys say; None if one of them makes no sense."""
        values: dict[str, Any] = {}
        extra: list[tuple[str, Any]] = []
        good = True
        for key, value in table.items():
            try:
                if key == "address":
                    values.update(_address(value, table))
                elif key in _KEYS:
                    values[key] = check(key, value)
                elif key.lower() in _SECRET_KEYS:
                    self._say(piece, key, f"{key} does not belong in this file; it is not used", _SECRET_HINT)
                else:
                    extra.append((key, value))
                    self._suggest(piece, key, table)
            except FieldError as error:
                self._say(piece, key, str(error), error=True)
                good = False
        if "host" not in values and good:
            self._say(piece, "", "host is missing", error=True)
            good = False
        values.setdefault("name", values.get("host", ""))
        if extra:
            values["extra"] = tuple(extra)
        if "port" not in values and "protocol" in values:
            values["port"] = DEFAULT_PORTS[values["protocol"]]
        return values if good else None

    def _suggest(self, piece: layout.Piece, key: str, table: dict[str, Any]) -> None:
        meant = nearest(key, _KEYS)
        if meant and meant not in table:
            self._say(piece, key, f"unknown key {shown(key)}; did you mean {meant!r}?")

    def _free_id(self, entry: Entry) -> str:
        number, found = 1, derived_id(entry)
        while found in self._ids:
            number += 1
            found = derived_id(entry, f"#{number}")
        return found

    def _say(self, piece: layout.Piece, key: str, text: str, hint: str = "", *, error: bool = False) -> None:
        self.notices.append(Notice(self.path, layout.key_line(piece, key or "["), text, hint, error))


_KEYS: Final = (*(name for name in FIELD_NAMES if name != "extra"), "address")
_SECRET_HINT: Final = 'Write secret = "keyring" and let bbsterm ask for it.'


def _without_end(text: str) -> tuple[str, bool]:
    """The text without its end line, and whether that was there."""
    body = text.rstrip()
    if not body.endswith(_END.rstrip()) or body[: -len(_END) + 1].rstrip(" ")[-1:] not in ("", "\n"):
        return text, False
    return body[: -len(_END) + 1], True


def _check_schema(data: dict[str, Any], text: str, path: Path) -> str:
    schema = data.get("schema", SCHEMA)
    if isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        raise ConfigError(path, _line_of(text, "schema"), f"schema must be 1, found {shown(schema)}")
    return f"it was written by a newer bbsterm (schema {schema})" if schema > SCHEMA else ""


def _line_of(text: str, key: str) -> int:
    match = re.search(rf"^[ \t]*\[*[ \t]*{key}\b", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _address(value: Any, table: dict[str, Any]) -> dict[str, Any]:
    """`address = "telnets://HOST:PORT"` instead of host, port and protocol."""
    protocol = table.get("protocol", "telnet")
    try:
        if not isinstance(value, str) or not isinstance(protocol, str) or protocol not in DEFAULT_PORTS:
            raise ValueError
        place = split(value, protocol)
    except ValueError as error:
        reason = f" ({error})" if str(error) else ""
        raise FieldError("address", value, f"HOST:PORT or PROTOCOL://HOST:PORT{reason}") from None
    found: dict[str, Any] = {"host": place.host, "port": place.port, "protocol": place.protocol}
    if place.user and "user" not in table:
        found["user"] = place.user
    return {key: value for key, value in found.items() if key not in table}


def _signed(block: Block) -> str:
    """A block's text with its id as the first key."""
    assert block.entry is not None  # only entries go unsigned
    return sign(block.text, block.entry.id)
