"""Doing and undoing: every change is written into the journal, with its opposite, before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from bbsterm.book.changes import AT_END, Change
from bbsterm.book.document import block_of, read_block
from bbsterm.book.edit import sign
from bbsterm.book.entry import Entry
from bbsterm.book.journal import Journal, Step, Trashed
from bbsterm.book.lists import ListChange, Lists
from bbsterm.book.plain import from_json, to_json
from bbsterm.book.store import Store
from bbsterm.errors import BookConflictError, BookError

__all__ = ["Steps"]


class Steps:
    """Changes to both the user's file and the imported lists, as steps that can be undone."""

    def __init__(self, store: Store, lists: Lists, journal: Journal, *, now: Callable[[], float]) -> None:
        self._store = store
        self._lists = lists
        self._journal = journal
        self._now = now

    def do(
        self, label: str, mine: Sequence[Change], lists: Sequence[ListChange], *, trash: bool = True
    ) -> None:
        """Make changes and remember how to undo them.

        Args:
            label: What was done, for the user.
            mine: Changes to own entries.
            lists: Changes to imported lists.
            trash: Whether deleted entries go into the trash.

        Raises:
            BookConflictError: An entry was changed in the file meanwhile.
            BookError: Something cannot be saved. Nothing was changed.
        """
        step = Step(label, tuple(map(self._opposite, mine)), tuple(self._list_opposites(lists)))
        trashed = tuple(self._trashed(mine, lists)) if trash else ()
        number = self._journal.add(step, trashed)
        try:
            self._make(mine, lists, step)
        except BookError:
            with suppress(BookError):
                self._journal.forget(number)
                self._journal.take_back(*(each.id for each in trashed))
            raise

    def undo(self) -> str | None:
        """Undo the last step; return its label, or None if there is none.

        Raises:
            BookConflictError: What it changed has been changed since. The step is forgotten.
            BookError: Something cannot be saved; the step stays.
        """
        while step := self._journal.last():
            if self._undo(step):
                return step.label
        return None

    def _undo(self, step: Step) -> bool:
        """Undo a step; False if there was nothing to undo: the power went before it was done."""
        mine = [_undoing(*each) for each in step.mine]
        lists = list(self._undoing_lists(step))
        try:
            undone = self._make(mine, lists, None)
        except BookConflictError:
            self._journal.forget(step.number)
            raise
        self._journal.forget(step.number)
        back = [change.id for change in mine if change.after] + [row[2] for row in step.lists]
        self._journal.take_back(*back)
        return undone

    def next_label(self) -> str | None:
        """What `undo` would undo."""
        step = self._journal.last()
        return step.label if step else None

    def last_number(self) -> int:
        """The number of the step that `undo` would undo; 0 if there is none."""
        step = self._journal.last()
        return step.number if step else 0

    def trash(self) -> list[Trashed]:
        """What can be taken out of the trash."""
        return self._journal.trash()

    def restore(self, trashed: Trashed) -> Entry:
        """Take an entry out of the trash.

        Raises:
            BookError: It cannot be read, or the file cannot be saved.
        """
        entry = read_block(sign(trashed.text, trashed.id))
        change = Change(trashed.id, None, entry, trashed.text, trashed.follows or AT_END)
        self.do(f"Restored {entry.name}", [change], [])
        self._journal.take_back(trashed.id)
        return entry

    def _make(self, mine: Sequence[Change], lists: Sequence[ListChange], step: Step | None) -> bool:
        """Make changes; say whether they made a difference.

        The file first, which may refuse; then the lists. If those cannot be saved, the file is as it was.
        """
        changed = self._store.commit(mine)
        lists = [change for change in lists if self._differs(change)]
        if not lists:
            return changed
        try:
            self._lists.apply(lists, self._now())
        except BookError:
            if step is not None:
                with suppress(BookError):
                    self._store.commit([_undoing(*each) for each in step.mine])
            raise
        return True

    def _differs(self, change: ListChange) -> bool:
        there = self._lists.entries(change.name)
        return any(there.get(entry_id) != entry for entry_id, entry in change.entries.items())

    # --- opposites ------------------------------------------------------------------

    def _opposite(self, change: Change) -> tuple[str, str, str, str]:
        """What to write down of a change: id, block before, block after, and what it stood behind."""
        before, follows = self._standing(change.id)
        after = block_of(change.after.changed(id=change.id)).text if change.after else ""
        return change.id, before, after, follows

    def _standing(self, entry_id: str) -> tuple[str, str]:
        """An own entry's block, and the id of the one before it; "" if it is the first."""
        before = ""
        for block in self._store.document.blocks:
            if block.entry and block.entry.id == entry_id:
                return sign(block.text, entry_id), before
            before = block.entry.id if block.entry else before
        return "", AT_END

    def _list_opposites(self, changes: Iterable[ListChange]) -> Iterable[tuple[str, str, str, str, int]]:
        for change in changes:
            there = self._lists.entries(change.name)
            for entry_id in change.entries:
                known = there.get(entry_id)
                text = to_json(known) if known else ""
                position = self._lists.position(change.name, entry_id) if known else 0
                yield change.name, change.source, entry_id, text, position

    def _undoing_lists(self, step: Step) -> Iterable[ListChange]:
        entries: dict[tuple[str, str], dict[str, Entry | None]] = {}
        positions: dict[str, int] = {}
        for name, source, entry_id, text, position in step.lists:
            entries.setdefault((name, source), {})[entry_id] = from_json(text) if text else None
            if text:
                positions[entry_id] = position
        for (name, source), changed in entries.items():
            yield ListChange(name, source, changed, positions)

    def _trashed(self, mine: Iterable[Change], lists: Iterable[ListChange]) -> Iterable[Trashed]:
        now = int(self._now())
        seen = set()
        for change in mine:
            if change.after is None:
                text, follows = self._standing(change.id)
                seen.add(change.id)
                yield Trashed(change.id, now, "", follows, text)
        for each in lists:
            there = self._lists.entries(each.name)
            for entry_id, entry in each.entries.items():
                if entry is None and entry_id in there and entry_id not in seen:
                    yield Trashed(entry_id, now, each.name, AT_END, block_of(there[entry_id]).text)


def _undoing(entry_id: str, before: str, after: str, follows: str) -> Change:
    """The change that makes an entry what it was."""
    was = read_block(sign(before, entry_id)) if before else None
    now = read_block(after) if after else None
    return Change(entry_id, now, was, before, follows if now is None or now == was else None)
