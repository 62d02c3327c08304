from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import sys

import pytest

from bbsterm.errors import StorageError
from bbsterm.serve.store.database import Database
from bbsterm.serve.store.schema import MIGRATIONS


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


async def test_the_file_of_the_first_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "board.sqlite3"
    with sqlite3.connect(path) as old:
        old.execute(MIGRATIONS[0][0])
        old.execute("INSERT INTO wall (written, author, line) VALUES ('2026-01-01', 'Ann', 'kept')")
        old.execute("PRAGMA user_version = 1")
    old.close()

    database = await opened(path)

    assert await database.read(lambda each: each.execute("SELECT line FROM wall").fetchall()) == [("kept",)]
    assert await database.read(lambda each: each.execute("SELECT COUNT(*) FROM users").fetchone()) == (0,)
    version = await database.read(lambda each: each.execute("PRAGMA user_version").fetchone())
    assert version == (len(MIGRATIONS),)
    await database.close()


async def test_a_transaction_that_fails_leaves_nothing():
    database = await opened()

    def work(connection):
        connection.execute("INSERT INTO wall (written, author, line) VALUES ('', '', '')")
        raise sqlite3.OperationalError("disk full")

    with pytest.raises(StorageError, match="in memory: disk full"):
        await database.write(work)

    assert await database.read(lambda each: each.execute("SELECT COUNT(*) FROM wall").fetchone()) == (0,)
    await database.close()


async def test_many_can_open_a_new_file_at_once_and_all_write(tmp_path):
    path = tmp_path / "board.sqlite3"
    databases = await asyncio.gather(*(opened(path) for _ in range(6)))
    insert = "INSERT INTO wall (written, author, line) VALUES ('', '', '')"

    await asyncio.gather(
        *(each.write(lambda it: it.execute(insert)) for each in databases for _ in range(10))
    )

    count = await databases[0].read(lambda each: each.execute("SELECT COUNT(*) FROM wall").fetchone())
    assert count == (60,)
    for each in databases:
        await each.close()


_WRITER = """
import asyncio, sys
from pathlib import Path
from bbsterm.serve.store.database import Database
from bbsterm.serve.store.schema import MIGRATIONS

async def main():
    database = Database(Path(sys.argv[1]))
    await database.open()
    for number in range(int(sys.argv[2]), 10**9):
        row = ("", "Ann", str(number))
        await database.write(
            lambda each: each.execute("INSERT INTO wall (written, author, line) VALUES (?, ?, ?)", row)
        )
        print(number, flush=True)

asyncio.run(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
async def test_a_writer_that_is_killed_loses_nothing_that_it_has_said(tmp_path):
    """`BBSTERM_KILLS` times; three unless it says otherwise."""
    path, said = tmp_path / "board.sqlite3", []
    for round_ in range(int(os.environ.get("BBSTERM_KILLS", "3"))):
        start = str(round_ * 1_000_000)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _WRITER, str(path), start, stdout=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(30):
            for _ in range(5 + round_ * 7 % 23):
                said.append((await process.stdout.readline()).decode().strip())
        process.kill()
        said += (await process.stdout.read()).decode().split()
        await process.wait()

    database = await opened(path)
    rows = await database.read(lambda each: each.execute("SELECT line FROM wall").fetchall())
    check = await database.read(lambda each: each.execute("PRAGMA integrity_check").fetchall())
    await database.close()

    assert {line for (line,) in rows} >= set(said)
    assert check == [("ok",)]
