"""Doing and undoing, seen through the book."""

from __future__ import annotations

import pytest

from bbsterm.book import AT_END, MINE, Entry
from bbsterm.book.importers import read_text
from bbsterm.errors import BookConflictError, BookError


@pytest.fixture
def three(book):
    return [book.add(Entry(name, f"{name}.example.org")) for name in ("one", "two", "three")]


def names(book):
    return [entry.name for entry in book.mine]


def imported(book, text, target="list"):
    return book.apply_import(book.plan_import(read_text(text), source="list.txt", target=target))


def test_each_change_can_be_undone_and_is_named(book, three):
    one, two, _ = three
    start = book.mine
    changes = [
        (lambda: book.edit(one, port=99), "Changed one"),
        (lambda: book.favourite(two), "Changed two"),
        (lambda: book.delete(two), "Deleted two"),
        (lambda: book.move(one, AT_END), "Moved one"),
        (lambda: book.duplicate(one), "Added one (copy)"),
        (lambda: imported(book, "telnet://new.org", MINE), "Imported list.txt (1 added)"),
    ]

    for change, label in changes:
        change()
        assert book.mine != start
        assert book.undo_label == label
        assert book.undo() == label
        assert book.mine == start


def test_undo_goes_back_step_by_step_to_the_beginning(book, three):
    book.delete(three[0], three[2])
    book.edit(three[1], comment="x")

    assert [book.undo() for _ in range(6)] == [
        "Changed two",
        "Deleted one, three",
        "Added three",
        "Added two",
        "Added one",
        None,
    ]
    assert book.mine == []


def test_undo_works_in_the_next_run(opened):
    book = opened()
    book.delete(book.add(Entry("one", "one.org")))

    again = opened()

    assert again.undo() == "Deleted one"
    assert names(again) == ["one"]


def test_a_deleted_entry_comes_back_with_its_comments_where_it_was(book, written, paths):
    text = (
        'schema = 1\n\n[[entry]]\nid = "a"\nname = "a"\nhost = "a.org"\n\n'
        '# dear\n[[entry]]\nid = "b" # B\nname = "b"\nhost = "b.org"\nodd = 1\n\n'
        '[[entry]]\nid = "c"\nname = "c"\nhost = "c.org"\n\n# end of book\n'
    )
    written(text)
    book.reload()

    book.delete(book.mine[1])
    assert "# dear" not in paths.entries.read_text()
    book.undo()

    assert paths.entries.read_text() == text.replace('id = "b" # B', 'id = "b"')


def test_an_undo_that_hand_edits_stand_in_the_way_of_is_refused_once(book, three, paths):
    book.edit(three[0], port=99)
    paths.entries.write_text(paths.entries.read_text().replace("port = 99", "port = 77"))

    with pytest.raises(BookConflictError):
        book.undo()

    assert book.undo() == "Added three"


def test_an_undo_keeps_what_was_changed_by_hand_elsewhere(book, three, paths):
    book.edit(three[0], port=99)
    paths.entries.write_text(paths.entries.read_text().replace("port = 99", 'port = 99\nuser = "ann"'))

    book.undo()

    assert (book.mine[0].port, book.mine[0].user) == (23, "ann")


def test_an_import_is_one_step(book, three):
    before = book.mine
    imported(book, "one.example.org 23 cp866\nfour.org 4\nfive.org 5\n")
    assert len(book.entries) == 5
    assert book.mine[0].encoding == "cp866"

    assert book.undo() == "Imported list.txt (2 added, 1 merged)"

    assert book.mine == before
    assert book.lists() == []


def test_a_dropped_list_comes_back_in_its_order(book):
    imported(book, "".join(f"host{number}.org {number}\n" for number in range(1, 30)))
    before = [row.entry for row in book.rows()]

    book.drop_list("list")
    assert book.lists() == []
    book.undo()

    assert [row.entry for row in book.rows()] == before


def test_deleting_ones_own_copy_of_a_listed_board_deletes_both(book):
    imported(book, "a.org 1\nb.org 2\n")
    copy = book.edit(book.find("a.org")[0], comment="mine")

    book.delete(copy)
    assert [entry.name for entry in book.entries] == ["b.org"]

    book.undo()
    assert [(row.entry.name, row.list) for row in book.rows()][:2] == [("a.org", MINE), ("b.org", "list")]
    book.undo()
    assert [(row.entry.name, row.list) for row in book.rows()][:2] == [("a.org", "list"), ("b.org", "list")]


def test_the_trash_gives_back_what_was_deleted(book, three, clock):
    imported(book, "a.org 1\nb.org 2\n")
    book.delete(three[1])
    clock.now += 1
    book.delete(book.find("a.org")[0])
    listed, mine = book.trash()

    assert (mine.id, mine.list, listed.list) == (three[1].id, "", "list")
    assert book.restore(mine) == three[1]
    assert names(book) == ["one", "two", "three"]
    assert book.restore(listed).host == "a.org"
    assert book.trash() == []
    assert book.undo() == "Restored a.org"


def test_a_step_that_cannot_be_made_is_not_undone_later(book, three, paths):
    paths.entries.write_text("x")

    with pytest.raises(BookError):
        book.delete(three[0])

    assert book.undo_label == "Added three"
    assert book.trash() == []


def test_if_the_lists_cannot_be_saved_the_file_is_as_it_was(book, three, monkeypatch):
    before = book.mine

    def full(changes, now):
        raise BookError("cannot save state.sqlite3: disk full")

    monkeypatch.setattr(book._lists, "apply", full)
    with pytest.raises(BookError, match="disk full"):
        imported(book, "one.example.org 23 cp866\nfour.org 4\n")

    assert book.mine == before
    assert book.undo_label == "Added three"
