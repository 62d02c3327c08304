"""Lines of the dialer: what each one offers, and its columns at any width. Pure: rows out of entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from rich.cells import cell_len, set_cell_size

from bbsterm.book import Entry, Probe, Row
from bbsterm.tui.ago import ago
from bbsterm.tui.clean import printable_text

__all__ = [
    "CARD_WIDTH",
    "Choice",
    "Column",
    "Offer",
    "Typed",
    "about",
    "card",
    "cells_of",
    "choices",
    "columns_for",
    "fit",
    "fit_place",
    "size_text",
    "type_text",
]

CARD_WIDTH: Final = 60
"""Columns of the window below which an entry is two lines."""

_LIKE_AN_ADDRESS: Final = re.compile(
    r"[a-z][a-z0-9+.-]*://\S+|\[[^\]]+\](:\d+)?|[^\s/]+:\d{1,5}|(localhost|[^\s/]*[.:][^\s/]*) \d{1,5}", re.I
)
"""An address that is whole. "Level 29" is none: it is a board's name."""

_SHORT: Final = {"utf-8": "utf8", "petscii-unshifted": "petscii", "iso8859-1": "latin-1"}
_PROTOCOL_MARKS: Final = {"telnet": "", "demo": "", "telnets": "s:", "raw": "r:"}


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that is to be read as an address when it is dialled."""

    text: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of an empty book: something to begin with."""

    title: str
    detail: str
    action: str


Choice: TypeAlias = Row | Typed | Offer


class Column(NamedTuple):
    """A column: its heading, its key in what `cells_of` makes, its width, and whether numbers stand in it."""

    title: str
    key: str
    width: int
    right: bool = False


def choices(text: str, rows: Sequence[Row]) -> list[Choice]:
    """What Enter could mean, most likely first.

    Args:
        text: What stands in the box.
        rows: What was found for it. With a whole address that is in no entry, the address comes first.
    """
    typed = " ".join(text.split())
    if not typed or typed.lower().startswith("tag:"):
        return list(rows)
    if _LIKE_AN_ADDRESS.fullmatch(typed):  # asked first: looking through thousands of rows takes its time
        wanted = typed.lower()
        if not any(wanted in (row.entry.address.lower(), row.entry.place.lower()) for row in rows):
            return [Typed(typed), *rows]
    return list(rows) or [Typed(typed)]


@lru_cache(8)
def columns_for(width: int) -> tuple[Column, ...]:
    """The columns of a table in a window of this width; together they fill it."""
    last, calls, status = Column("Last call", "last", 10), Column("Calls", "calls", 5, True), 2
    fav = Column(" *", "fav", 3)
    if width < 80:
        kind = (Column("Type", "kind", 8),) if width >= 70 else ()
        left = width - fav.width - sum(column.width for column in kind) - last.width - 1 - status
        name = left * 13 // 25
        return (
            *(fav, Column("Name", "name", name), Column("Address", "address", left - name)),
            *(*kind, last, Column("", "status", status + 1, True)),
        )
    more: list[Column] = []
    left = width - 80
    if width >= 100:
        tags = min(20 if width < 120 else 16, left)
        more.append(Column("Tags", "tags", tags))
        left -= tags
    if width >= 120:
        more += [Column("Comment", "comment", left - 12), Column("Down/Up", "bytes", 12)]
        left = 0
    return (
        *(
            fav,
            Column("Name", "name", 28),
            Column("Address", "address", 24 + left),
            Column("Type", "kind", 8),
        ),
        *(*more, last, calls, Column("", "status", status, True)),
    )


def cells_of(choice: Choice, now: float, probe: Callable[[Row], str]) -> dict[str, str]:
    """What stands in each column for a choice.

    Args:
        choice: The line.
        now: Seconds since 1970.
        probe: The status letter of a row.
    """
    match choice:
        case Typed(text):
            return {"name": f'Call "{printable_text(text, 40)}" now', "address": "", "kind": ""}
        case Offer(title, detail, _action):
            return {"name": title, "address": detail}
        case row:
            entry = row.entry
            return {
                "fav": _marks(entry),
                "name": entry.name,
                "address": entry.place,
                "kind": type_text(row),
                "last": "never" if row.last_call is None else ago(now - row.last_call),
                "calls": f"{row.calls}" if row.calls < 100_000 else "99999",
                "status": probe(row),
                "tags": " ".join(entry.tags),
                "comment": entry.comment,
                "bytes": f"{size_text(row.received)}/{size_text(row.sent)}" if row.received else "",
            }


def _marks(entry: Entry) -> str:
    """! where the password is kept in plain text, * for a favourite."""
    plain = "!" if entry.secret.startswith("plain:") else " "
    return f"{plain}{'*' if entry.favourite else ''}".rstrip()


def card(choice: Choice, cells: dict[str, str], width: int) -> tuple[str, str]:
    """The two lines of a choice in a narrow window: name and status, then address and last call."""
    if not isinstance(choice, Row):
        return f"   {cells['name']}", f"     {cells['address']}"
    head = fit(f"{cells['fav']:<3}{cells['name']}", width - 2) + cells["status"]
    tail = f"{cells['last']} {cells['calls']}x" if choice.calls else cells["last"]
    room = max(0, width - len(tail) - 2)
    where = fit(f"     {fit_place(cells['address'], room - 5)}", room)
    return head, f"{where} {tail}"


def type_text(row: Row) -> str:
    """Protocol and character set in seven characters: "cp437", "s:utf8" (TLS), "r:cp437" (raw), "ssh"."""
    entry = row.entry
    mark = _PROTOCOL_MARKS.get(entry.protocol)
    if mark is None:
        return entry.protocol[:7]
    return (mark + _SHORT.get(entry.charset, entry.charset))[:7]


def size_text(count: int) -> str:
    """Bytes in at most five characters: "0", "999", "12k", "3.4M", "12G"."""
    size = float(count)
    for unit in ("", "k", "M", "G"):
        if size < 1000 or unit == "G":
            return f"{size:.1f}{unit}" if unit and size < 10 else f"{int(size)}{unit}"
        size /= 1000
    raise AssertionError("the last unit ends the loop")


def about(choice: Choice | None, probe: Probe | None, pinned: str) -> str:
    """The line below the list.

    Args:
        choice: The line under the cursor.
        probe: What the last probe of it found, if that still counts.
        pinned: The date of its TLS key; empty without one.
    """
    match choice:
        case None:
            return "Nothing is found. Esc shows everything again."
        case Typed(text):
            return f"Enter dials {printable_text(text, 60)}."
        case Offer(_title, detail, _action):
            return detail
        case row:
            parts = [row.entry.comment and f"Comment: {row.entry.comment.rstrip('.')}."]
            if row.entry.secret.startswith("plain:"):
                parts.insert(0, "! Its password is kept in plain text.")
            if not row.entry.callable:
                parts.insert(0, f"{row.entry.protocol} cannot be called yet.")
            if row.list:
                parts.append(f"In the list {row.list}.")
            if pinned:
                parts.append(f"TLS pinned {pinned}.")
            if probe is not None:
                parts.append(_probed(probe))
            return " ".join(filter(None, parts))


def _probed(probe: Probe) -> str:
    if not probe.up:
        return "No answer."
    ways = [f"{probe.milliseconds:.0f} ms" if probe.milliseconds is not None else "answers"]
    ways += ["TLS"] if probe.tls else []
    ways += ["its greeting has changed"] if probe.banner_changed else []
    return f"Up: {', '.join(ways)}."


def fit_place(place: str, width: int) -> str:
    """HOST:PORT in at most `width` cells; of a host that is too long the end goes, never the port."""
    host, colon, port = place.rpartition(":")
    room = width - len(colon + port)
    if len(place) <= width or not colon or room < 4:
        return place
    return fit(host, room) + colon + port


def fit(value: str, width: int, *, right: bool = False) -> str:
    """A text in exactly `width` cells; what does not fit ends in an ellipsis."""
    if width <= 0:
        return ""
    length = len(value) if value.isascii() else cell_len(value)
    if length > width:
        return value[: width - 1] + "…" if value.isascii() else set_cell_size(value, width - 1) + "…"
    blanks = " " * (width - length)
    return blanks + value if right else value + blanks
