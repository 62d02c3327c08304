from __future__ import annotations

import asyncio
import logging

import pytest

from bbsterm.serve.board import Board, BoardSettings
from bbsterm.serve.caller import Patience
from bbsterm.serve.visit import visit
from tests.serve.memory import ANSI_80, MemoryLine, calling


async def test_a_call_from_welcome_to_goodbye(board, caplog):
    caplog.set_level(logging.INFO, "bbsterm.serve")

    async with calling(board) as line:
        welcome = await line.shows("Welcome to", "bbsterm demo board", "Your name")
        assert b"\x1b[2J" in welcome
        line.type("Ann\r")
        await line.shows("Main menu", "Ann, node 1; 1 on, 20:30 UTC", "Your choice")
        line.type("g")
        await line.shows("Goodbye, ", "Ann", "NO CARRIER")
        await line.over()

    assert [record.getMessage() for record in caplog.records] == [
        "node 1: call from 192.0.2.1",
        "node 1: Ann: said goodbye",
    ]
    assert len(board.nodes) == 0


async def test_no_name_is_guest(board):
    async with calling(board) as line:
        await line.shows("Your name")
        line.type("\r")
        await line.shows("Guest, node 1")


async def test_a_name_cannot_carry_orders(board):
    async with calling(board) as line:
        await line.shows("Your name")
        line.type(b"\x1b[2JEve\x07|04\x9b\r")
        shown = await line.shows("Your choice")
        assert b"Eve|04, node 1" in shown
        assert b"\x07" not in shown


async def test_a_login_that_takes_too_long_is_ended(clock):
    board = Board(BoardSettings(patience=Patience(login=0.02)))
    await board.open()
    async with calling(board) as line:
        await line.shows("Your name", "That took too long")
        await line.over()
    await board.close()


async def test_hanging_up_anywhere_frees_the_node(board, caplog):
    caplog.set_level(logging.INFO, "bbsterm.serve")
    for name in (None, "Ann"):
        async with calling(board, name=name) as line:
            line.hang_up()
            await line.over()

    assert len(board.nodes) == 0
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records[1::2]] == ["hung up"] * 2


async def test_a_fault_of_ours_is_logged_and_excused(board, monkeypatch, caplog):
    async def broken(*args):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("bbsterm.serve.areas.login.visit", broken)

    async with calling(board) as line:
        await line.shows("Something went wrong here")
        await line.over()

    assert "a fault of ours ended the call" in caplog.text
    assert len(board.nodes) == 0


async def test_when_the_board_closes_everybody_is_told(board):
    async with calling(board, name="Ann") as ann, calling(board) as somebody:
        await somebody.shows("Your name")

        await board.dismiss("|14Closing time.")

        await ann.shows("Closing time.")
        await somebody.shows("Closing time.")
        await ann.over()
        await somebody.over()


async def test_who_calls_a_closing_board_is_not_let_in(board):
    await board.dismiss("bye")

    async with calling(board) as line:
        await line.over()
        assert line.sent == b""


async def test_a_cancelled_visit_is_cancelled(board):
    line = MemoryLine()
    task = asyncio.create_task(visit(board, line))
    await line.shows("Your name")

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(board.nodes) == 0


async def test_what_is_typed_ahead_is_not_lost(board):
    async with calling(board, ANSI_80) as line:
        line.type("Ann\rwxg")
        await line.shows("Your name", "Main menu", "Who is online", "Main menu", "Goodbye, ", "Ann")
        await line.over()
