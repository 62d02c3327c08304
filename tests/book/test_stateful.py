"""The book against a dictionary, with the power going at any step of any save.

`BBSTERM_BOOK_RUNS` runs of 20 steps each; 10,000 of them take an hour.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bbsterm.book import Book, BookPaths, Entry, files
from bbsterm.book.importers import read_text

RUNS = int(os.environ.get("BBSTERM_BOOK_RUNS", "25"))
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # where fsync takes no time
WRITES = ("open", "write", "fsync", "replace", "link", "unlink", "mkdir")


class PowerCut(BaseException):
    """Nothing that catches exceptions catches this one."""


class Power:
    """Counts what is done to the disk, and goes at one of those things and at everything after it."""

    def __init__(self) -> None:
        self.left: int | None = None

    def use(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise PowerCut


class Powered:
    """Something whose named functions need power."""

    def __init__(self, real, power, names) -> None:
        self._real, self._power, self._names = real, power, names

    def __getattr__(self, name):
        found = getattr(self._real, name)
        if name not in self._names:
            return found

        def powered(*args, **kwargs):
            if name != "execute" or args[0] in ("BEGIN IMMEDIATE", "COMMIT"):
                self._power.use()
            return found(*args, **kwargs)

        return powered


class BookMachine(RuleBasedStateMachine):
    """`mine` and `listed` are what the book should have; `past` is what it had before each step."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY))
        self.power = Power()
        files.os = Powered(os, self.power, WRITES)
        self.now = 1_800_000_000.0
        self.mine: dict[str, tuple] = {}
        self.listed: set[str] = set()
        self.past: list[tuple[dict, set]] = []
        self.open()

    def open(self) -> None:
        paths = BookPaths.under(self.folder / "config", self.folder / "state")
        self.book = Book.open(paths, now=lambda: self.now)
        self.book._state._connection = Powered(self.book._state._connection, self.power, ("execute",))

    def teardown(self) -> None:
        self.book.close()
        files.os = os
        shutil.rmtree(self.folder)

    def seen(self) -> tuple[dict, set]:
        mine = {
            entry.id: (entry.name, entry.port, entry.comment, entry.favourite) for entry in self.book.mine
        }
        return mine, {row.entry.host for row in self.book.rows() if row.list == "x"}

    def do(self, change, cut, is_done):
        """Make a change, perhaps with a power cut. Afterwards the book has all of it, or nothing."""
        before = (self.mine, self.listed)
        self.now += 1
        self.power.left = cut
        try:
            change()
        except PowerCut:
            self.power.left = None
            with suppress(sqlite3.OperationalError):
                self.book._state._connection.execute("ROLLBACK")  # as the dead program's database would
            self.book.close()
            self.open()
            assert self.seen() == before or is_done(*self.seen()), "neither the old book nor the new one"
        self.power.left = None
        self.mine, self.listed = self.seen()
        assert (self.mine, self.listed) == before or is_done(self.mine, self.listed)
        if (self.mine, self.listed) != before:
            self.past.append(before)

    cuts = st.none() | st.integers(0, 25)
    names = st.text(st.characters(categories=["L", "N", "P"]), max_size=12).map(lambda name: f"n{name}")

    @rule(name=names, port=st.integers(1, 65535), cut=cuts)
    def add(self, name, port, cut):
        def is_done(mine, listed):
            new = [values for key, values in mine.items() if key not in before]
            return new == [(name, port, "", False)] and before.items() <= mine.items()

        before = self.mine
        self.do(lambda: self.book.add(Entry(name, "a.example.org", port)), cut, is_done)

    @precondition(lambda self: self.mine)
    @rule(data=st.data(), comment=names, favourite=st.booleans(), cut=cuts)
    def edit(self, data, comment, favourite, cut):
        entry = self.book.get(data.draw(st.sampled_from(sorted(self.mine))))
        expected = self.mine | {entry.id: (entry.name, entry.port, comment, favourite)}
        self.do(
            lambda: self.book.edit(entry, comment=comment, favourite=favourite),
            cut,
            lambda mine, listed: mine == expected,
        )

    @precondition(lambda self: self.mine)
    @rule(data=st.data(), cut=cuts)
    def delete(self, data, cut):
        entry = self.book.get(data.draw(st.sampled_from(sorted(self.mine))))
        expected = {key: values for key, values in self.mine.items() if key != entry.id}
        self.do(lambda: self.book.delete(entry), cut, lambda mine, listed: mine == expected)

    @rule(numbers=st.sets(st.integers(1, 30), min_size=1, max_size=4), cut=cuts)
    def import_list(self, numbers, cut):
        reading = read_text("".join(f"h{number}.example.net {number}\n" for number in sorted(numbers)))
        plan = self.book.plan_import(reading, source="x", target="x")
        expected = self.listed | {planned.entry.host for planned in plan.changes}
        self.do(lambda: self.book.apply_import(plan), cut, lambda mine, listed: listed == expected)

    @precondition(lambda self: self.past)
    @rule(cut=cuts)
    def undo(self, cut):
        expected = self.past[-1]
        count = len(self.past)
        self.do(self.book.undo, cut, lambda mine, listed: (mine, listed) == expected)
        if (self.mine, self.listed) == expected:
            del self.past[count - 1 :]

    @rule()
    def reopen(self):
        self.book.close()
        self.open()

    @invariant()
    def the_book_is_what_it_should_be(self):
        assert self.seen() == (self.mine, self.listed)
        assert self.book.notices == []
        assert self.book.broken is None


TestBook = BookMachine.TestCase
TestBook.settings = settings(max_examples=RUNS, stateful_step_count=20, deadline=None)
