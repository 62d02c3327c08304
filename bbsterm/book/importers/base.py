"""What every importer makes: entries with the line they came from, and a report of what was not taken.

An importer takes the text of a file and never touches the file system. Passwords are counted and dropped;
paths, scripts and settings that lower security are left out; control characters become visible marks. A line
that cannot be read is reported, and the others are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from bbsterm import limits
from bbsterm.book.address import DEFAULT_PORTS, host_problem, split
from bbsterm.book.entry import Entry
from bbsterm.book.fields import FieldError, check, shown
from bbsterm.book.history import NO_STATS, Stats
from bbsterm.book.text import one_line, visible

__all__ = [
    "Bad",
    "Draft",
    "Found",
    "Importer",
    "Reading",
    "charset_of",
    "lines_of",
    "moment_of",
    "number_of",
    "protocol_of",
    "stats_of",
    "tags_of",
    "terminal_of",
]

NOT_ON_THE_NET: Final = frozenset(
    {"modem", "serial", "norts", "shell", "local", "cmdline", "mbbsghost", "mqtt", "serialnorts", "conpty"}
)
"""Connections that are no host and port."""

_TERMINAL_OF_CHARSET: Final[Mapping[str, str]] = {
    "petscii": "petscii",
    "petscii-unshifted": "petscii",
    "atascii": "atascii",
    "atarist": "atarist",
    "utf-8": "utf8",
}
_AMIGA: Final = ("topaz", "microknight", "p0t", "mosoul", "mo'soul")
_LATEST: Final = 4_102_444_800  # the year 2100; a date beyond it is a mistake


class Found(NamedTuple):
    """An entry of a list: its line, and how often it was called where it comes from."""

    entry: Entry
    line: int
    stats: Stats = NO_STATS


class Bad(NamedTuple):
    """A line, or the entry that begins there, that cannot be taken, and why."""

    line: int
    reason: str


@dataclass
class Reading:
    """What a list had.

    Attributes:
        entries: Everything that can be called, in the file's order.
        bad: What cannot be taken.
        more_bad: How many more there were that are not listed.
        secrets: Passwords that were seen, and not taken.
        left_out: Other things that are never taken, and how many: ``{"login scripts": 2}``.
        format: The importer's name.
    """

    entries: list[Found] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    more_bad: int = 0
    secrets: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    format: str = ""

    def refuse(self, line: int, reason: str) -> None:
        """Report a line that cannot be taken."""
        if len(self.bad) < limits.MAX_IMPORT_PROBLEMS:
            self.bad.append(Bad(line, reason))
        else:
            self.more_bad += 1

    def leave_out(self, what: str) -> None:
        """Count something that is never taken."""
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def take(self, draft: Draft) -> None:
        """Add an entry, or report why it is none."""
        if len(self.entries) >= limits.MAX_IMPORT_ENTRIES:
            self.refuse(draft.line, f"more than {limits.MAX_IMPORT_ENTRIES:,} entries")
            return
        try:
            self.entries.append(draft.finish())
        except ValueError as error:
            self.refuse(draft.line, str(error))


class Importer(NamedTuple):
    """A format.

    Attributes:
        name: What ``--format`` calls it.
        title: What a person calls it.
        sniff: Whether a text looks like it.
        read: Makes the reading of a text.
    """

    name: str
    title: str
    sniff: Callable[[str], bool]
    read: Callable[[str], Reading]


class Draft:
    """An entry in the making. Optional fields that make no sense are left at their defaults."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.stats = NO_STATS
        self._values: dict[str, Any] = {}

    def set(self, name: str, value: object) -> None:
        """Set a field, if the value is one that it can have and not its default."""
        if value in (None, "", ()):
            return
        try:
            self._values[name] = check(name, value)
        except FieldError:
            self._values.pop(name, None)

    def text(self, name: str, value: object, limit: int = limits.MAX_ENTRY_TEXT) -> None:
        """Set a field to one line of text from elsewhere, made visible."""
        if isinstance(value, str):
            self.set(name, one_line(value, limit))

    def notes(self, value: object) -> None:
        """Set the notes to some lines of text from elsewhere."""
        if isinstance(value, str):
            lines = [visible(line.rstrip().expandtabs(4)) for line in value[: limits.MAX_NOTES].splitlines()]
            self.set("notes", "\n".join(lines).strip("\n")[: limits.MAX_NOTES])

    def place(self, text: str, protocol: str, port: int | None = None) -> bool:
        """Set host, port, protocol and user from an address; say whether a password stood in it.

        Raises:
            ValueError: It is no address.
        """
        found = split(text, protocol, port)
        self._values.update(host=found.host, port=found.port, protocol=found.protocol)
        self.set("user", found.user)
        if len(found.path) > 1:
            self._values["extra"] = (("path", visible(found.path[: limits.MAX_ENTRY_TEXT])),)
        return found.secret

    def host(self, host: object, port: object, protocol: str) -> None:
        """Set host, port and protocol from parts.

        Raises:
            ValueError: One of them is none.
        """
        name = str(host or "").strip()
        if problem := host_problem(name):
            raise ValueError(f"{problem}: {shown(name)}" if name else problem)
        number = DEFAULT_PORTS[protocol] if port in (None, "") else number_of(port)
        if number is None or not 1 <= number <= 0xFFFF:
            raise ValueError(f"port must be 1..65535, found {shown(port)}")
        self._values.update(host=name, port=number, protocol=protocol)

    def finish(self) -> Found:
        """The entry.

        Raises:
            ValueError: It has no host.
        """
        if "host" not in self._values:
            raise ValueError("the host is missing")
        self._values.setdefault("name", self._values["host"][: limits.MAX_ENTRY_NAME])
        return Found(Entry.trusted(self._values), self.line, self.stats)


def protocol_of(name: str, known: Mapping[str, str]) -> str:
    """Our protocol for a list's word.

    Raises:
        ValueError: It is none that goes over the net, or none that we have heard of.
    """
    word = name.strip().lower().replace("-", "").replace("_", "")
    if word in known:
        return known[word]
    if word in NOT_ON_THE_NET:
        raise ValueError(f"{one_line(name, 20)} is not a connection over the internet")
    raise ValueError(f"unknown protocol {shown(name)}")


def charset_of(name: str) -> str:
    """Our name of a character set or of a font that stands for one; empty if it is neither."""
    word = name.strip().lower()
    for amiga in _AMIGA:
        if word.startswith(amiga):
            return "latin-1"
    try:
        return str(check("encoding", word))
    except FieldError:
        return ""


def terminal_of(charset: str) -> str:
    """The terminal that a board with this character set wants."""
    return _TERMINAL_OF_CHARSET.get(charset, "ansi")


def number_of(value: object) -> int | None:
    """A whole number from a list; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None


def stats_of(calls: object, last_call: int | None, received: object = 0, sent: object = 0) -> Stats:
    """The sums that a list has of a board; none if it was never called there."""
    count = _bounded(calls)
    if not count and last_call is None:
        return NO_STATS
    return Stats(count, last_call, 0.0, _bounded(received), _bounded(sent))


def lines_of(text: str, places: Iterable[int]) -> list[int]:
    """The lines, from 1, of growing places in a text."""
    lines, line, at = [], 1, 0
    for place in places:
        line += text.count("\n", at, place)
        at = place
        lines.append(line)
    return lines


def _bounded(value: object) -> int:
    """A count that a database can hold."""
    return min(max(number_of(value) or 0, 0), 1 << 50)


def tags_of(text: str) -> tuple[str, ...]:
    """Tags from words parted by spaces, commas or semicolons."""
    words = [visible(word)[: limits.MAX_TAG] for word in text.replace(",", " ").replace(";", " ").split()]
    return tuple(dict.fromkeys(word.replace(":", "-") for word in words))[: limits.MAX_TAGS]


def moment_of(value: object) -> int | None:
    """Seconds since 1970 from a date of ISO 8601; None if it is none."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    try:
        seconds = int((value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp())
    except (OverflowError, ValueError):
        return None
    return seconds if 0 < seconds < _LATEST else None
