"""What an import would do, worked out before anything is written: added, merged or skipped, and why.

Two entries are the same board if host and port are, or if the names are and the hosts are similar. A
duplicate never overwrites anything: it only fills in what the entry that is there does not say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from bbsterm import limits
from bbsterm.book.address import same_host, similar
from bbsterm.book.changes import AT_END, Change
from bbsterm.book.document import derived_id
from bbsterm.book.entry import Entry
from bbsterm.book.history import NO_STATS, Stats
from bbsterm.book.importers import Bad, Found, Reading
from bbsterm.book.search import MINE
from bbsterm.book.text import fold_name

__all__ = ["Action", "Plan", "Planned", "changes_of", "make_plan"]

_SCREEN: Final = ("terminal", "encoding", "size", "font")
_FILLED: Final = ("user", "comment", "notes", "palette", "ice", "wrap", "music", "baud", "mode", "family")
_DEFAULT: Final = Entry("", "")


class Action(Enum):
    """What becomes of an entry of the list."""

    ADDED = "added"
    MERGED = "merged"
    SKIPPED = "skipped"


class Planned(NamedTuple):
    """One entry of the list.

    Attributes:
        action: What becomes of it.
        entry: As it will be; for a merge, the entry that is there with what it gains.
        line: Where it stands in the list.
        reason: Why it is not simply added; empty if it is.
        target: The list it goes to or is merged into; `MINE` for the user's own.
        before: What is merged into or was found to be the same; None for an added entry.
    """

    action: Action
    entry: Entry
    line: int
    reason: str = ""
    target: str = MINE
    before: Entry | None = None


@dataclass
class Plan:
    """What an import would do.

    Attributes:
        target: The list's name, or `MINE`.
        source: Where it comes from, as shown to the user.
        format: The importer's name.
        entries: What becomes of each entry, in the list's order.
        bad: Lines that cannot be taken.
        more_bad: How many more there are.
        secrets: Passwords that were not taken.
        left_out: Other things that were not taken, and how many.
        stats: Calls of the added entries, by id.
    """

    target: str
    source: str
    format: str
    entries: list[Planned] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    more_bad: int = 0
    secrets: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    stats: dict[str, Stats] = field(default_factory=dict)

    def of(self, action: Action) -> list[Planned]:
        """The entries to which this happens."""
        return [planned for planned in self.entries if planned.action is action]

    @property
    def added(self) -> int:
        """How many entries are new."""
        return len(self.of(Action.ADDED))

    @property
    def changes(self) -> list[Planned]:
        """Everything that is not skipped."""
        return [planned for planned in self.entries if planned.action is not Action.SKIPPED]

    @property
    def done(self) -> str:
        """``12 added, 3 merged``: what `Book.apply_import` does."""
        merged = len(self.of(Action.MERGED))
        return f"{self.added:,} added" + (f", {merged:,} merged" if merged else "")

    @property
    def summary(self) -> str:
        """``12 added, 3 merged, 1 skipped, 2 not readable``."""
        counts = [(len(self.of(action)), action.value) for action in Action]
        counts.append((len(self.bad) + self.more_bad, "not readable"))
        return ", ".join(f"{count:,} {what}" for count, what in counts if count or what == "added")

    @property
    def remarks(self) -> list[str]:
        """What was not taken, a sentence each."""
        found = []
        if self.secrets:
            passwords = f"{self.secrets:,} password{'' if self.secrets == 1 else 's'}"
            found.append(f"{passwords} in this file {'was' if self.secrets == 1 else 'were'} not imported")
        for what, count in self.left_out.items():
            found.append(f"never imported: {count:,} {what}")
        return found


class _Known(NamedTuple):
    """An entry that is there already; `line` if it comes from the same list."""

    entry: Entry
    target: str
    line: int = 0


class _Books:
    """All known entries by place and by name."""

    def __init__(self, existing: Iterable[tuple[str, Entry]]) -> None:
        self.by_place: dict[tuple[str, int], _Known] = {}
        self.by_name: dict[str, list[_Known]] = {}
        self.ids: set[str] = set()
        for target, entry in existing:
            self.add(_Known(entry, target))

    def add(self, known: _Known) -> None:
        self.by_place.setdefault(_place(known.entry), known)
        self.by_name.setdefault(fold_name(known.entry.name), []).append(known)
        self.ids.add(known.entry.id)

    def twin(self, entry: Entry) -> tuple[_Known, str] | None:
        """The same board, and why it is the same."""
        known = self.by_place.get(_place(entry))
        if known:
            return known, f"same host and port as {_where(known)}"
        name = fold_name(entry.name)
        for known in self.by_name.get(name, ())[:20] if len(name) > 2 else ():
            if similar(known.entry.host, entry.host):
                return known, f"same name and similar host as {_where(known)}"
        return None

    def free_id(self, entry: Entry) -> str:
        found, number = entry.id or derived_id(entry), 1
        while found in self.ids:
            number += 1
            found = derived_id(entry, f"#{number}")
        return found


def make_plan(
    reading: Reading, existing: Iterable[tuple[str, Entry]], *, target: str, source: str, now: float
) -> Plan:
    """Work out what an import would do. Nothing is changed.

    Args:
        reading: What the list has.
        existing: Every entry there is, with the list it is in; `MINE` for the user's own.
        target: The list that new entries go to, or `MINE`.
        source: Where the list comes from.
        now: Seconds since 1970, for entries that do not say when they were added.
    """
    plan = Plan(target, source, reading.format)
    plan.bad, plan.more_bad = reading.bad, reading.more_bad
    plan.secrets, plan.left_out = reading.secrets, reading.left_out
    books = _Books(existing)
    added: dict[str, int] = {}
    for found in reading.entries:
        twin = books.twin(found.entry)
        if twin is None:
            entry = found.entry.changed(id=books.free_id(found.entry), added=found.entry.added or int(now))
            added[entry.id] = len(plan.entries)
            plan.entries.append(Planned(Action.ADDED, entry, found.line, "", target))
            books.add(_Known(entry, target, found.line))
            if found.stats != NO_STATS:
                plan.stats[entry.id] = found.stats
        else:
            plan.entries.append(_duplicate(plan, books, found, *twin, added))
    return plan


def changes_of(plan: Plan) -> tuple[list[Change], dict[str, dict[str, Entry | None]]]:
    """What a plan means: changes to the user's own entries, and new states of entries by list and id."""
    mine: dict[str, Change] = {}
    listed: dict[str, dict[str, Entry | None]] = {}
    for planned in plan.changes:
        entry = planned.entry
        if planned.target == MINE:
            first = mine[entry.id].before if entry.id in mine else planned.before
            mine[entry.id] = Change(entry.id, first, entry, follows=AT_END if first is None else None)
        else:
            listed.setdefault(planned.target, {})[entry.id] = entry
    return list(mine.values()), listed


def _duplicate(
    plan: Plan, books: _Books, found: Found, known: _Known, reason: str, added: dict[str, int]
) -> Planned:
    """What becomes of an entry that is there already: it gives what it has, or nothing."""
    before = known.entry
    filled, gained = _fill(before, found.entry)
    if plan.target == MINE != known.target:
        reason = f"{reason}; copied"
        _replace(books, known, _Known(filled, MINE))
        return Planned(Action.ADDED, filled, found.line, reason, MINE)
    if not gained:
        return Planned(
            Action.SKIPPED, found.entry, found.line, f"{reason}; nothing new", known.target, before
        )
    _replace(books, known, known._replace(entry=filled))
    reason = f"{reason}; gives it {', '.join(gained)}"
    if before.id in added:  # of this very list: the entry that is about to be added gets it at once
        index = added[before.id]
        plan.entries[index] = plan.entries[index]._replace(entry=filled)
        return Planned(Action.SKIPPED, found.entry, found.line, reason, known.target, before)
    return Planned(Action.MERGED, filled, found.line, reason, known.target, before)


def _replace(books: _Books, old: _Known, new: _Known) -> None:
    books.by_place[_place(old.entry)] = new
    name = fold_name(old.entry.name)
    same = (new if each.entry.id == old.entry.id else each for each in books.by_name[name])
    books.by_name[name] = list(same)


def _fill(there: Entry, new: Entry) -> tuple[Entry, list[str]]:
    """An entry with what another one knows more, and the names of those fields."""
    silent = {name for name in (*_FILLED, *_SCREEN) if getattr(there, name) == getattr(_DEFAULT, name)}
    wanted = [*_FILLED, *(_SCREEN if silent.issuperset(_SCREEN) else ())]
    changes = {
        name: getattr(new, name)
        for name in wanted
        if name in silent and getattr(new, name) != getattr(_DEFAULT, name)
    }
    if more := tuple(tag for tag in new.tags if tag not in there.tags)[: limits.MAX_TAGS - len(there.tags)]:
        changes["tags"] = (*there.tags, *more)
    return (there.changed(**changes) if changes else there), list(changes)


def _place(entry: Entry) -> tuple[str, int]:
    return same_host(entry.host), entry.port


def _where(known: _Known) -> str:
    if known.line:
        return f"line {known.line}"
    return f"{known.entry.name!r}" + (f" of {known.target}" if known.target else "")
