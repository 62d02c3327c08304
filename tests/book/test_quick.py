from __future__ import annotations

import pytest

from bbsterm import limits
from bbsterm.book import Book, BookPaths, Entry, Sort


@pytest.fixture
def book(tmp_path):
    with Book.open(BookPaths.under(tmp_path, tmp_path)) as opened:
        yield opened


def call(book, address, started=1, **values):
    book.record_call(None, address=address, started=started, seconds=1, result="hung up", **values)


def quick(book):
    return [row.entry.address for row in book.search("", Sort.LAST_CALL) if row.list]


def test_a_board_that_is_in_no_list_is_shown_because_it_was_called(book):
    call(book, "a.example:23", 1)
    call(book, "telnets://b.example:992", 2, received=10)
    call(book, "no address at all", 3)

    assert quick(book) == ["telnets://b.example:992", "a.example:23"]
    assert [view.key for view in book.views()][-1] == "list:Quick calls"
    assert book.history(book.at("a.example"))[0].started == 1


def test_added_to_the_book_it_keeps_its_calls(book):
    call(book, "a.example:23")
    entry = book.add(Entry("A", "a.example"))

    assert quick(book) == []
    assert book.stats(entry).calls == 1
    call(book, "A.EXAMPLE:23", 2)
    assert book.stats(entry).calls == 2


def test_edited_it_becomes_one_of_the_user_s_own(book):
    call(book, "a.example:23")

    mine = book.edit(book.at("a.example"), name="A", tags=("x",))

    assert [entry.name for entry in book.mine] == ["A"]
    assert (book.stats(mine).calls, quick(book)) == (1, [])


def test_forgotten_it_comes_back_by_undo_or_by_another_call(book):
    call(book, "a.example:23", 10)
    book.delete(book.at("a.example"))
    assert quick(book) == []
    assert book.undo_label == "Deleted a.example"

    assert book.undo() == "Deleted a.example"
    assert quick(book) == ["a.example:23"]

    book.delete(book.at("a.example"))
    call(book, "a.example:23", 4_000_000_000)
    assert quick(book) == ["a.example:23"]


def test_undo_goes_back_in_the_order_of_things(book):
    call(book, "a.example:23", 10)
    book.add(Entry("B", "b.example"))
    book.delete(book.at("a.example"))
    book.add(Entry("C", "c.example"))

    assert [book.undo(), book.undo(), book.undo()] == ["Added C", "Deleted a.example", "Added B"]


def test_only_the_latest_are_shown(book, monkeypatch):
    monkeypatch.setattr(limits, "MAX_STRANGERS", 3)
    for number in range(5):
        call(book, f"b{number}.example:23", number + 1)

    assert quick(book) == ["b4.example:23", "b3.example:23", "b2.example:23"]


def test_the_choices_of_character_sets_are_bounded(book, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ENCODINGS_KEPT", 3)
    for number in range(5):
        book.log.choose_encoding(f"b{number}.example:23", "ansi", "cp866")

    kept = [number for number in range(5) if book.log.encoding(f"b{number}.example:23")]
    assert kept == [2, 3, 4]


def test_names_that_somebody_may_have_meant(book):
    for name in ("Xibalba", "Level 29", "Vertrauen"):
        book.add(Entry(name, f"{name.lower().replace(' ', '')}.example"))

    assert book.near("Xibalab") == ["Xibalba"]
    assert book.near("nothing like it") == []


def test_the_order_is_remembered(book, tmp_path):
    book.choose_sort(Sort.ADDED)
    book.close()

    with Book.open(book.paths) as again:
        assert again.default_sort is Sort.ADDED
