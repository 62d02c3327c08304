from __future__ import annotations

import os
import sqlite3
import stat

import pytest

from bbsterm.book.state import State
from bbsterm.errors import BookError

DAY = 24 * 3600


@pytest.fixture
def state(paths, clock):
    states = []

    def open_state():
        states.append(State(paths.state, now=clock))
        return states[-1]

    yield open_state
    for each in states:
        each.close()


def put(state, key="k", value="v"):
    with state.writing() as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def meta(state):
    return dict(state.rows("SELECT key, value FROM meta"))


def test_it_is_made_for_its_owner_only_with_a_log_and_a_birthday(state, paths):
    opened = state()

    assert stat.S_IMODE(paths.state.stat().st_mode) == 0o600
    assert opened.rows("PRAGMA journal_mode") == [("wal",)]
    assert opened.rows("PRAGMA synchronous") == [(2,)]
    assert opened.rows("PRAGMA user_version") == [(2,)]
    assert meta(opened) == {"created": "1800000000"}
    assert opened.notices == []


def test_a_transaction_is_kept_whole_or_not_at_all(state):
    opened = state()

    def half():
        with opened.writing() as connection:
            connection.execute("INSERT INTO meta VALUES ('k', 'v')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()

    assert "k" not in meta(opened)


def test_other_programs_writes_are_noticed(state):
    one, other = state(), state()

    put(one)

    assert other.changed()
    assert not other.changed()
    assert not one.changed()
    assert meta(other)["k"] == "v"


@pytest.mark.parametrize(
    "garbage", [b"this is no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 8000]
)
def test_a_broken_file_is_set_aside_untouched(state, paths, garbage):
    paths.state.parent.mkdir()
    paths.state.write_bytes(garbage)

    opened = state()
    put(opened)

    aside = [name for name in os.listdir(paths.state.parent) if "broken" in name]
    assert [(paths.state.parent / name).read_bytes() for name in aside] == [garbage]
    assert "lists and history begin anew" in str(opened.notices[0])
    assert aside[0] in str(opened.notices[0])


def test_the_last_good_backup_takes_the_place_of_a_broken_file(state, paths, clock):
    put(state(), "kept", "yes")
    clock.now += 8 * DAY
    state().close()  # backs up
    paths.state.write_bytes(b"garbage" * 1000)
    for suffix in ("-wal", "-shm"):
        (paths.state.parent / f"state.sqlite3{suffix}").unlink(missing_ok=True)

    opened = state()

    assert meta(opened)["kept"] == "yes"
    assert "takes its place" in str(opened.notices[0])


def test_backups_are_made_each_week_and_four_are_kept(state, paths, clock):
    for _ in range(9):
        state().close()
        backups = paths.state.parent / "backups"
        for name in os.listdir(backups):
            if (backups / name).stat().st_mtime > clock.now:
                os.utime(backups / name, (clock.now, clock.now))
        clock.now += 4 * DAY

    assert len(os.listdir(paths.state.parent / "backups")) == 4


def test_a_newer_file_is_left_alone(state, paths):
    state().close()
    with sqlite3.connect(paths.state) as connection:
        connection.execute("PRAGMA user_version = 7")
    connection.close()
    before = paths.state.read_bytes()

    opened = state()
    put(opened)

    assert "written by a newer bbsterm (7)" in str(opened.notices[0])
    assert paths.state.read_bytes() == before


def test_a_folder_that_cannot_be_made_costs_the_history_of_one_run(clock, tmp_path):
    (tmp_path / "file").write_text("")

    opened = State(tmp_path / "file" / "state.sqlite3", now=clock)
    put(opened)

    assert "lists and history of this run are not kept" in str(opened.notices[0])
    assert meta(opened)["k"] == "v"
    opened.close()


def test_what_cannot_be_saved_is_said(state):
    opened = state()

    def again():
        with opened.writing() as connection:
            connection.execute("INSERT INTO meta VALUES ('created', '0')")

    with pytest.raises(BookError, match=r"cannot save state\.sqlite3: UNIQUE"):
        again()
    with pytest.raises(BookError, match=r"cannot read state\.sqlite3"):
        opened.rows("SELECT * FROM nothing")
