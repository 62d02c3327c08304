from __future__ import annotations

import pytest

from bbsterm import limits
from bbsterm.book.journal import Journal, Step, Trashed
from bbsterm.book.state import State


@pytest.fixture
def journal(paths, clock):
    state = State(paths.state, now=clock)
    yield Journal(state, now=clock)
    state.close()


def test_the_last_step_is_undone_first(journal):
    journal.add(Step("one", (("id", "before", "after", ""),)))
    number = journal.add(Step("two", (), (("list", "source", "id", "{}", 3),)))

    assert journal.last() == Step("two", (), (("list", "source", "id", "{}", 3),), number)
    journal.forget(number)
    assert journal.last().label == "one"
    assert journal.last().mine == (("id", "before", "after", ""),)


def test_there_may_be_nothing_to_undo(journal):
    assert journal.last() is None


def test_only_so_many_steps_are_kept(journal):
    numbers = [journal.add(Step(str(number))) for number in range(limits.MAX_UNDO + 5)]

    for number in reversed(numbers[5:]):
        assert journal.last().number == number
        journal.forget(number)
    assert journal.last() is None


def test_the_trash_is_emptied_after_thirty_days(journal, clock):
    old = Trashed("a", int(clock.now), "", "", "[[entry]]")
    journal.add(Step("Deleted a"), (old,))
    clock.now += 29 * 24 * 3600
    assert journal.trash() == [old]

    clock.now += 2 * 24 * 3600
    assert journal.trash() == []
    new = Trashed("b", int(clock.now), "list", "x", "[[entry]]")
    journal.add(Step("Deleted b"), (new,))
    assert journal.trash() == [new]

    journal.take_back("b")
    assert journal.trash() == []
