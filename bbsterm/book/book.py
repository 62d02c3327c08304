"""The address book as one object: what changes it, each time saved at once, undone by `undo`."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from bbsterm.book.changes import AT_END, Change
from bbsterm.book.document import Notice
from bbsterm.book.edit import changed_fields
from bbsterm.book.entry import Entry
from bbsterm.book.fields import problems
from bbsterm.book.files import Version, versions
from bbsterm.book.history import History
from bbsterm.book.journal import Journal, Trashed
from bbsterm.book.lists import ListChange, Lists
from bbsterm.book.old_calls import take_over
from bbsterm.book.parsed import ParsedInState
from bbsterm.book.paths import BookPaths
from bbsterm.book.quick import QuickCalls
from bbsterm.book.search import Index
from bbsterm.book.shelf import Shelf
from bbsterm.book.state import State
from bbsterm.book.steps import Steps
from bbsterm.book.store import Store
from bbsterm.errors import BookError

if TYPE_CHECKING:
    from bbsterm.book.importing import Plan

__all__ = ["Book"]

_WHOLE_LIST: Final = 3
"""More names than this are counted, not named, in what an undo step is called."""


class Book(Shelf):
    """An open book. Nothing about a broken file is raised by opening it: see `notices` and `broken`."""

    def __init__(self, paths: BookPaths, *, now: Callable[[], float] = time.time) -> None:
        """Open it; files that are not there are made when there is something to save.

        Args:
            paths: Where it is kept.
            now: The time in seconds since 1970.
        """
        self.paths = paths
        self._now = now
        self._state = State(paths.state, now=now)
        self._store = Store(paths.entries, paths.versions, now=now, parsed=ParsedInState(self._state))
        self._lists = Lists(self._state)
        self.log = History(self._state, now=now)
        self._steps = Steps(self._store, self._lists, Journal(self._state, now=now), now=now)
        self._index = Index()
        self._quick = QuickCalls(self.log)
        self._forgotten: list[tuple[str, Entry, int]] = []  # label, and the step after which it was done
        self._stale = True
        old = take_over(paths.old_calls, self._state) if paths.old_calls else None
        said = [*self._state.notices, *([old] if old else [])]
        self.notices: list[Notice] = [*self._store.load(), *said]

    @classmethod
    def open(cls, paths: BookPaths, *, now: Callable[[], float] = time.time) -> Book:
        """Open a book: ``with Book.open(paths) as book:``."""
        return cls(paths, now=now)

    def close(self) -> None:
        """Close the files. Everything has been saved already."""
        self._state.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- changing it: each is saved at once, or raises BookError and changes nothing ---

    def add(self, entry: Entry, *, follows: str = AT_END) -> Entry:
        """Put a new entry into the book; return it with its id and date.

        Args:
            entry: What to add. Its id is ignored.
            follows: The id of the entry to put it behind.

        Raises:
            BookError: A field is wrong, or the file cannot be saved.
        """
        taken = {row.entry.id for row in self.rows()}
        entry_id = next(new for new in iter(lambda: os.urandom(4).hex(), "") if new not in taken)
        entry = entry.changed(id=entry_id, added=entry.added or int(self._now()))
        _check(entry)
        self._do(f"Added {entry.name}", [Change(entry.id, None, entry, follows=follows)])
        return entry

    def edit(self, before: Entry, **values: Any) -> Entry:
        """Change fields of an entry; return it as it is now.

        Args:
            before: The entry as the user saw it; what the file says anew of other fields stays. An entry of
                an imported list is copied into the user's own.
            **values: The fields' new values.

        Raises:
            BookConflictError: The same field was changed in the file; what was not saved is kept.
            BookError: A value is wrong, or the file cannot be saved.
        """
        after = before.changed(**values)
        _check(after)
        if not changed_fields(before, after):
            return before
        listed = not self._is_mine(before.id) and (
            self._quick.has(before.id) or self._lists.find(before.id) is not None
        )
        self._do(f"Changed {before.name}", [Change(before.id, before, after, new=listed)])
        return self.get(before.id) or after

    def favourite(self, entry: Entry, on: bool | None = None) -> Entry:
        """Give an entry a star or take it away; None for the other of the two."""
        return self.edit(entry, favourite=not entry.favourite if on is None else on)

    def duplicate(self, entry: Entry) -> Entry:
        """A copy of an entry, right behind it."""
        name = f"{entry.name[:93]} (copy)"
        return self.add(entry.changed(name=name, favourite=False, added=None), follows=entry.id)

    def move(self, entry: Entry, follows: str) -> None:
        """Put one of the user's own entries behind another one; "" for the beginning.

        Raises:
            BookError: It is not the user's own, or the file cannot be saved.
        """
        if not self._is_mine(entry.id):
            raise BookError(f"{entry.name!r} is in an imported list, which keeps its order")
        self._do(f"Moved {entry.name}", [Change(entry.id, entry, entry, follows=follows)])

    def delete(self, *entries: Entry) -> str:
        """Delete entries, own ones and those of lists; return what `undo` will call it. The trash keeps them.

        Raises:
            BookConflictError: One was changed in the file meanwhile.
            BookError: The file cannot be saved.
        """
        if len(entries) == 1 and self._quick.has(entries[0].id):
            return self._forget(entries[0])
        mine = [Change(entry.id, entry, None) for entry in entries if self._is_mine(entry.id)]
        listed: dict[str, dict[str, Entry | None]] = {}
        for entry in entries:
            if found := self._lists.find(entry.id):
                listed.setdefault(found[0], {})[entry.id] = None
        if not mine and not listed:
            raise BookError(f"{_named([entry.name for entry in entries])} cannot be deleted: not in the book")
        label = f"Deleted {_named([entry.name for entry in entries])}"
        changes = [ListChange(name, self._lists.source(name), gone) for name, gone in listed.items()]
        self._do(label, mine, changes)
        return label

    def drop_list(self, name: str) -> str:
        """Delete an imported list; return what `undo` will call it.

        Raises:
            BookError: The state cannot be saved.
        """
        label = f"Deleted the list {name}"
        gone: dict[str, Entry | None] = dict.fromkeys(self._lists.entries(name))
        if gone:
            self._do(label, [], [ListChange(name, self._lists.source(name), gone)], trash=False)
        return label

    def undo(self) -> str | None:
        """Undo the last change, of this run or of one before; return what it was. None if there is none.

        Raises:
            BookConflictError: What it changed has been changed by hand since. The step is forgotten.
            BookError: The file cannot be saved.
        """
        self._stale = True
        if self._forgotten and self._forgotten[-1][2] == self._steps.last_number():
            label, entry, _after = self._forgotten.pop()
            self.log.forget(entry.address)
            return label
        undone = self._steps.undo()
        self._hear()
        return undone

    @property
    def undo_label(self) -> str | None:
        """What `undo` would undo: "Deleted Xibalba"."""
        if self._forgotten and self._forgotten[-1][2] == self._steps.last_number():
            return self._forgotten[-1][0]
        return self._steps.next_label()

    def trash(self) -> list[Trashed]:
        """What was deleted in the last 30 days, the newest first."""
        return self._steps.trash()

    def restore(self, trashed: Trashed) -> Entry:
        """Take an entry out of the trash, into the user's own entries.

        Raises:
            BookError: It cannot be read, or the file cannot be saved.
        """
        self._stale = True
        return self._steps.restore(trashed)

    # --- importing ------------------------------------------------------------------

    def apply_import(self, plan: Plan) -> str:
        """Do what a plan says, as one step that can be undone; return what `undo` will call it.

        Raises:
            BookError: The files cannot be saved.
        """
        from bbsterm.book.importing import changes_of

        mine, listed = changes_of(plan)
        sources = {name: plan.source if name == plan.target else self._lists.source(name) for name in listed}
        label = f"Imported {plan.source} ({plan.done})"
        changes = [ListChange(name, sources[name], entries) for name, entries in listed.items()]
        self._do(label, mine, changes)
        self.log.adopt(plan.stats)
        return label

    # --- files that others change -------------------------------------------------------

    def changed_on_disk(self) -> bool:
        """Whether another program, or the user's editor, has changed the book. Cheap: call it each 2 s."""
        return self._state.changed() | self._store.changed()

    def reload(self) -> list[Notice]:
        """Read everything anew; return what is to be said about it."""
        self.notices = self._store.load()
        self._lists.load()
        self.log.load()
        self._stale = True
        return self.notices

    def set_aside(self) -> Path | None:
        """Give a broken dialing.toml another name, contents untouched. Saving does so by itself."""
        return self._store.set_aside()

    def versions(self) -> list[Version]:
        """The last versions of dialing.toml, newest first."""
        return versions(self.paths.entries, self.paths.versions)

    def restore_version(self, version: Path) -> list[Notice]:
        """Make an earlier version the present one, which becomes a version itself; return what is to be said.

        Raises:
            ConfigError: The version is broken itself.
            BookError: It cannot be read or saved.
        """
        self._store.restore(version)
        return self.reload()

    def start_new(self) -> list[Notice]:
        """Begin with no entries of one's own; what is there becomes a version.

        Raises:
            BookError: The file cannot be saved.
        """
        self._store.start_new()
        return self.reload()

    # --- inside ---------------------------------------------------------------------

    def _do(
        self, label: str, mine: Sequence[Change], lists: Sequence[ListChange] = (), *, trash: bool = True
    ) -> None:
        self._stale = True
        self._steps.do(label, mine, lists, trash=trash)
        self._hear()

    def _hear(self) -> None:
        """Take over what the store had to say while it saved."""
        if self._store.said:
            self.notices = [*self._store.document.notices, *self._store.said]
            self._store.said = []

    def _forget(self, entry: Entry) -> str:
        label = f"Deleted {entry.name}"
        self.log.forget(entry.address, before=int(self._now()))
        self._forgotten.append((label, entry, self._steps.last_number()))
        self._stale = True
        return label

    def _is_mine(self, entry_id: str) -> bool:
        return any(entry.id == entry_id for entry in self._store.document.entries())


def _check(entry: Entry) -> None:
    found = problems(entry)
    if found:
        raise BookError("; ".join(str(problem) for problem in found))


def _named(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _WHOLE_LIST else f"{len(names):,} entries"
