"""A disk that is full, or has gone: callers are told, the log knows why, and the call goes on."""

from __future__ import annotations

import sqlite3

import pytest

from bbsterm.errors import StorageError
from tests.serve.areas.test_messages import log_in
from tests.serve.memory import calling

SAID = "That cannot be reached just now"


@pytest.fixture
async def ann(board):
    return await board.users.create("Ann", "secret", now=board.now())


@pytest.fixture
def full(board, monkeypatch):
    """Nothing can be written from the moment on when this is called."""

    async def write(work):
        raise StorageError(board.database.path, "database or disk is full")

    return lambda: monkeypatch.setattr(board.database, "write", write)


@pytest.mark.parametrize(
    "keys",
    [
        "m1\rp\rSubject\rText\r/s\r",
        "ew Ann\rSubject\rText\r/s\r",
        "owline\r",
        "ug",
        "uwsecret\ranother\ranother\r",
    ],
    ids=["message", "letter", "wall", "settings", "password"],
)
async def test_what_cannot_be_kept_is_said_and_the_call_goes_on(board, ann, full, caplog, keys):
    async with calling(board) as line:
        await log_in(line, "Ann")
        full()
        line.type(keys)
        await line.shows(SAID, "Press a key")
        line.type(" ")
        await line.shows("Main menu", "Your choice")
    assert "disk is full" in caplog.text
    assert "Traceback" not in caplog.text


async def test_an_account_that_cannot_be_kept_leaves_a_guest(board, full, caplog):
    async with calling(board) as line:
        full()
        line.type("new\rAnn\rsecret\rsecret\r")
        await line.shows(SAID, "Press a key")
        line.type(" ")
        await line.shows("Guest, node 1", "Your choice")
    assert "Traceback" not in caplog.text


async def test_who_cannot_be_let_in_as_a_user_is_a_guest(board, ann, full, caplog):
    async with calling(board) as line:
        full()
        line.type("Ann\rsecret\r")
        await line.shows(SAID, "Guest, node 1", "Your choice")
    assert "Traceback" not in caplog.text


async def test_a_file_that_has_gone_bad_lets_guests_in(board, monkeypatch, caplog):
    async def read(work):
        raise StorageError(board.database.path, str(sqlite3.DatabaseError("disk image is malformed")))

    monkeypatch.setattr(board.database, "read", read)
    async with calling(board, name="Ann") as line:
        line.type("m")
        await line.shows(SAID, "Press a key")
    assert "malformed" in caplog.text
