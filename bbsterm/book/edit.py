"""Changes to one entry's text: keys are set and removed, everything else of the block stays as it was."""

from __future__ import annotations

import re
from typing import Any, Final

from bbsterm.book.address import DEFAULT_PORTS
from bbsterm.book.entry import FIELD_NAMES, Entry
from bbsterm.book.toml_text import file_value, toml_value

__all__ = ["changed_fields", "edit_block", "sign"]

_HEADER: Final = re.compile(r"^[ \t]*\[\[[^\n]*\n?", re.MULTILINE)
_ID: Final = re.compile(r"^[ \t]*[\"']?id[\"']?[ \t]*=[^\n]*", re.MULTILINE)
_DEFAULTS: Final = Entry("", "")


def changed_fields(before: Entry, after: Entry) -> tuple[str, ...]:
    """The names of the fields in which two entries differ; never the id."""
    return tuple(
        name for name in FIELD_NAMES if name != "id" and getattr(before, name) != getattr(after, name)
    )


def edit_block(text: str, before: Entry, after: Entry) -> str:
    """The block's text with what differs between two entries changed in it."""
    import tomlkit  # here, not above: reading the book needs none of it

    body = text.rstrip("\n")
    document = tomlkit.parse(body)
    entries: Any = document["entry"]  # a block is an [[entry]]
    table = entries[0]
    names = changed_fields(before, after)
    if "address" in table and {"host", "port", "protocol"} & set(names):
        table["address"] = after.address
        for name in ("host", "port", "protocol"):
            table.pop(name, None)
        names = tuple(name for name in names if name not in ("host", "port", "protocol"))
    for name in names:
        if name == "extra":
            continue
        value = getattr(after, name)
        if value == getattr(_DEFAULTS, name) and not _needed(name, after, table):
            table.pop(name, None)
        else:
            table[name] = tomlkit.value(toml_value(file_value(name, value)))
    edited = tomlkit.dumps(document).rstrip("\n")
    return edited + (text[len(body) :] or "\n")


def sign(text: str, entry_id: str) -> str:
    """A block's text with this id in it, as the first key or in place of the one that stands there."""
    line = f"id = {toml_value(entry_id)}"
    header = _HEADER.search(text)
    end = header.end() if header else 0
    if _ID.search(text, end):
        return text[:end] + _ID.sub(line, text[end:], count=1)
    gap = "" if text[:end].endswith("\n") else "\n"
    return f"{text[:end]}{gap}{line}\n{text[end:]}"


def _needed(name: str, entry: Entry, table: Any) -> bool:
    """Whether a default must be written: a port that is not its protocol's own, or one that stood there."""
    return name == "port" and (DEFAULT_PORTS.get(entry.protocol) != entry.port or name in table)
