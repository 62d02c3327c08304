from __future__ import annotations

import os
import sqlite3
import stat

import pytest

from bbsterm.errors import StorageError
from bbsterm.serve.store.database import Database


async def opened(path=None):
    database = Database(path)
    await database.open()
    return database


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
async def test_only_the_sysop_can_read_the_file(tmp_path):
    database = await opened(tmp_path / "board" / "board.sqlite3")

    assert stat.S_IMODE((tmp_path / "board" / "board.sqlite3").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "board").stat().st_mode) == 0o700
    await database.close()


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


async def test_closing_twice_is_fine_and_a_closed_file_says_so():
    database = await opened()
    await database.close()
    await database.close()

    with pytest.raises((StorageError, RuntimeError)):
        await database.read(lambda connection: 1)
