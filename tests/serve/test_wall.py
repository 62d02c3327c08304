from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime

import pytest

from bbsterm import limits
from bbsterm.errors import StorageError
from bbsterm.serve.wall import OneLiner, Wall

NOW = datetime(2026, 1, 1, 20, 30, tzinfo=UTC)


async def opened(path=None):
    wall = Wall(path)
    await wall.open()
    return wall


async def test_the_wall_survives_a_restart(tmp_path):
    path = tmp_path / "board" / "board.sqlite3"
    first = await opened(path)
    await first.add(OneLiner(NOW, "Ann", "hello ░▒▓ 'quoted'"))
    await first.close()

    second = await opened(path)

    assert await second.latest(5) == [OneLiner(NOW, "Ann", "hello ░▒▓ 'quoted'")]
    await second.close()


async def test_the_newest_come_last_and_no_more_than_asked_for():
    wall = await opened()
    for number in range(5):
        await wall.add(OneLiner(NOW, "Ann", str(number)))

    assert [each.line for each in await wall.latest(3)] == ["2", "3", "4"]
    await wall.close()


async def test_the_oldest_fall_off(monkeypatch):
    monkeypatch.setattr(limits, "MAX_WALL_ENTRIES", 3)
    wall = await opened()

    for number in range(10):
        await wall.add(OneLiner(NOW, "Ann", str(number)))

    assert [each.line for each in await wall.latest(100)] == ["7", "8", "9"]
    await wall.close()


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
async def test_only_the_sysop_can_read_the_file(tmp_path):
    wall = await opened(tmp_path / "board" / "board.sqlite3")

    assert stat.S_IMODE((tmp_path / "board" / "board.sqlite3").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "board").stat().st_mode) == 0o700
    await wall.close()


async def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    path = tmp_path / "board.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(StorageError, match=r"board\.sqlite3: written by a newer version"):
        await opened(path)


async def test_a_file_that_is_no_database_is_said(tmp_path):
    path = tmp_path / "board.sqlite3"
    path.write_bytes(b"not a database" * 100)

    with pytest.raises(StorageError, match="not a database"):
        await opened(path)

    assert path.read_bytes() == b"not a database" * 100


async def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageError, match="file exists"):
        await opened(tmp_path / "file" / "board.sqlite3")


async def test_closing_twice_is_fine_and_a_closed_wall_says_so():
    wall = await opened()
    await wall.close()
    await wall.close()

    with pytest.raises((StorageError, RuntimeError)):
        await wall.latest(1)
