from __future__ import annotations

import sqlite3

import pytest

from bbsterm.book import Book, BookPaths, Entry


@pytest.fixture
def paths(tmp_path):
    return BookPaths.under(tmp_path, tmp_path)


def write_old(path):
    """recent.sqlite3, as version 0.1 left it."""
    with sqlite3.connect(path) as old:
        old.executescript(
            "create table calls (id integer primary key, address text not null, name text not null,"
            " kind text not null, started real not null, seconds real not null, result text not null);"
            "create table encodings (address text primary key, kind text not null, encoding text not null);"
            "pragma user_version = 2;"
        )
        rows = [
            ("a.example:23", "A", "ansi", 100.5, 12.0, "hung up"),
            ("a.example:23", "A", "ansi", 200.5, 3.0, "hung up"),
            ("c64.example:6400", "", "petscii", 150.0, 1.0, "hung up"),
        ]
        old.executemany(
            "insert into calls (address, name, kind, started, seconds, result) values (?, ?, ?, ?, ?, ?)",
            rows,
        )
        old.execute("insert into encodings values ('a.example:23', 'ansi', 'cp866')")
    old.close()


def test_calls_and_chosen_character_sets_of_an_earlier_version_are_taken_over_once(paths):
    write_old(paths.old_calls)
    for _ in range(2):
        with Book.open(paths) as book:
            assert book.notices == []
            found = {row.entry.address: (row.calls, row.last_call) for row in book.rows() if row.list}
            assert found == {"a.example:23": (2, 200), "c64.example:6400": (1, 150)}
            assert book.log.encoding("a.example:23") == ("ansi", "cp866")
            assert book.at("c64.example:6400").terminal == "petscii"
    assert not paths.old_calls.exists()
    assert paths.old_calls.with_name("recent.sqlite3.taken-over").exists()


def test_they_are_the_calls_of_the_entry_at_that_address(paths):
    with Book.open(paths) as book:
        entry = book.add(Entry("A", "A.example."))
    write_old(paths.old_calls)

    with Book.open(paths) as book:
        assert len(book.rows()) == 3
        assert book.stats(entry).calls == 2
        assert [call.started for call in book.history(entry)] == [200, 100]
        assert [row.entry.host for row in book.rows() if row.list] == ["c64.example"]


@pytest.mark.parametrize("junk", [b"", b"no database, and never was" * 100])
def test_a_file_that_cannot_be_read_is_said_and_left_alone(paths, junk):
    paths.old_calls.write_bytes(junk)

    with Book.open(paths) as book:
        (notice,) = book.notices
        assert "recent.sqlite3: the calls of an earlier version cannot be taken over" in str(notice)
        book.add(Entry("A", "a.example"))
    assert paths.old_calls.read_bytes() == junk


def test_a_state_of_an_earlier_version_is_brought_up_to_date(paths):
    with Book.open(paths) as book:
        book.record_call(None, address="a.example:23", started=1, seconds=1, result="hung up")
    with sqlite3.connect(paths.state) as state:
        state.execute("DROP TABLE encodings")
        state.execute("PRAGMA user_version = 1")
    state.close()

    with Book.open(paths) as book:
        assert book.notices == []
        assert book.row(book.at("a.example:23").id).calls == 1
        book.log.choose_encoding("a.example:23", "ansi", "cp866")
        assert book.log.encoding("a.example:23") == ("ansi", "cp866")
