from __future__ import annotations

import sqlite3
import threading

import pytest

from bbsterm.errors import ConfigError
from bbsterm.limits import MAX_ENCODINGS_KEPT
from bbsterm.session.recent import CallHistory, RecentCall


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "recent.sqlite3"


def test_nothing_is_made_by_looking(path):
    assert CallHistory(path).recent() == []
    CallHistory(path).forget("x")
    assert not path.parent.exists()


def test_boards_are_listed_once_latest_first(path):
    history = CallHistory(path)
    history.record("a.example:23", name="A", started=1)
    history.record("b.example:23", name="B", kind="petscii", started=2)
    history.record("a.example:23", name="A too", started=3)

    assert history.recent() == [
        RecentCall("A too", "a.example:23", "ansi", 3, 2),
        RecentCall("B", "b.example:23", "petscii", 2, 1),
    ]
    assert len(history.recent(limit=1)) == 1


def test_a_board_can_be_forgotten(path):
    history = CallHistory(path)
    history.record("a.example:23")
    history.forget("a.example:23")

    assert history.recent() == []


def test_the_file_is_for_the_user_alone(path):
    CallHistory(path).record("a.example:23")

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_oldest_calls_are_forgotten(path):
    history = CallHistory(path)
    history.record("first.example:23", started=1)
    with sqlite3.connect(path) as database:
        database.execute("update calls set id = -?", (MAX_ENCODINGS_KEPT,))
        database.execute("insert into calls select 0, 'x', 'x', kind, 2, 0, '' from calls")
    database.close()
    history.record("last.example:23", started=3)

    assert [call.address for call in history.recent()] == ["last.example:23", "x"]


def test_a_damaged_file_is_said_and_kept(path):
    path.parent.mkdir()
    path.write_bytes(b"this is no database, " * 100)

    with pytest.raises(ConfigError, match="cannot be used"):
        CallHistory(path).recent()
    with pytest.raises(ConfigError, match="cannot be used"):
        CallHistory(path).record("a.example:23")
    assert path.read_bytes().startswith(b"this is no")


def test_a_newer_file_is_not_touched(path):
    CallHistory(path).record("a.example:23")
    with sqlite3.connect(path) as database:
        database.execute("pragma user_version = 99")
    database.close()

    with pytest.raises(ConfigError, match="newer version"):
        CallHistory(path).recent()


def test_two_programs_at_once_lose_nothing(path):
    def many(name):
        for number in range(10):
            CallHistory(path).record(f"{name}{number}.example:23")

    threads = [threading.Thread(target=many, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(CallHistory(path).recent()) == 40


def test_a_chosen_encoding_is_remembered_until_another_is_chosen(path):
    history = CallHistory(path)
    assert history.chosen_encoding("a.example:23") is None
    history.choose_encoding("a.example:23", "petscii", "petscii")
    history.choose_encoding("a.example:23", "ansi", "cp866")

    assert history.chosen_encoding("a.example:23") == ("ansi", "cp866")
    assert history.chosen_encoding("b.example:23") is None

    history.forget("a.example:23")
    assert history.chosen_encoding("a.example:23") is None


def test_a_file_of_before_there_were_encodings_is_brought_up_to_date(path):
    CallHistory(path).record("a.example:23")
    with sqlite3.connect(path) as database:
        database.executescript("drop table encodings; pragma user_version = 1")
    database.close()

    CallHistory(path).choose_encoding("a.example:23", "ansi", "cp866")

    assert CallHistory(path).chosen_encoding("a.example:23") == ("ansi", "cp866")
    assert len(CallHistory(path).recent()) == 1


def test_the_oldest_choices_are_forgotten(path):
    history = CallHistory(path)
    history.choose_encoding("first", "ansi", "cp866")
    with sqlite3.connect(path) as database:
        database.execute("update encodings set rowid = -?", (MAX_ENCODINGS_KEPT,))
        database.execute("insert into encodings (rowid, address, kind, encoding) values (1, 'x', 'x', 'x')")
    database.close()
    history.choose_encoding("last", "ansi", "cp866")

    assert history.chosen_encoding("first") is None
    assert history.chosen_encoding("last") == ("ansi", "cp866")
