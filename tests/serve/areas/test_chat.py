from __future__ import annotations

from dataclasses import replace

import pytest

from bbsterm import limits
from bbsterm.serve.areas.chat import TOPIC
from tests.serve.memory import ANSI_80, calling


@pytest.fixture
async def room(board):
    """Ann and Bob, both in the chat room."""
    async with calling(board, name="Ann") as ann, calling(board, name="Bob") as bob:
        ann.type("c")
        await ann.shows("Chat room", "Here: ", "Ann", "has come in", "> ")
        bob.type("c")
        await bob.shows("Here: ", "Ann, Bob", "has come in", "> ")
        await ann.shows("Bob", "has come in")
        yield ann, bob


async def test_what_one_says_the_other_reads(room):
    ann, bob = room

    ann.type("hello, Bob\r")

    await ann.shows("<", "Ann", "> ", "hello, Bob")
    await bob.shows("<", "Ann", "> ", "hello, Bob")


async def test_leaving_is_announced(room):
    ann, bob = room

    ann.type("/quit\r")

    await ann.shows("Main menu")
    await bob.shows("*** ", "Ann", "has left")


async def test_hanging_up_is_leaving(room):
    ann, bob = room

    ann.hang_up()

    await bob.shows("*** ", "Ann", "has left")


async def test_escape_leaves_too(room):
    ann, bob = room

    ann.type("\x1b")

    await ann.shows("Main menu")
    await bob.shows("has left")


async def test_commands(room):
    ann, bob = room

    ann.type("/me waves\r")
    await bob.shows("* ", "Ann", "waves")
    ann.type("/who\r")
    await ann.shows("Here: ", "Ann, Bob")
    ann.type("/dance\r")
    await ann.shows("there is no /dance")
    ann.type("/help\r")
    await ann.shows("/who", "/quit")


async def test_a_line_being_typed_survives_what_the_other_says(room):
    ann, bob = room
    bob.type("half a li")
    await bob.shows("half a li")

    ann.type("interrupting\r")

    await bob.shows("interrupting", "> ", "half a li")


async def test_nobody_can_send_orders_to_another_screen(room):
    ann, bob = room
    before = len(bob.sent)

    ann.type(b"\x1b[2J\x07|12red\x9b1m \xc2\x9b2J \xe2\x80\xaeback\r")

    await bob.shows("<Ann> |12red", "back", "> ")
    received = bytes(bob.sent[before:])
    assert b"\x1b[2J" not in received
    assert b"\x07" not in received
    assert b"\x9b" not in received.replace("█".encode(), b"")
    assert "\u202e".encode() not in received


async def test_who_talks_without_a_pause_is_slowed_down(room, clock):
    ann, bob = room

    ann.type("".join(f"line {number}\r" for number in range(8)))

    await ann.shows("line 5", "not so fast")
    clock.seconds += 1
    ann.type("again\r")
    await bob.shows("line 5", "again")
    assert b"line 6" not in bob.sent


async def test_long_lines_wrap_for_the_one_who_reads(board):
    async with calling(board, name="Ann") as ann, calling(board, replace(ANSI_80, columns=40)) as bob:
        bob.type("Bob\rc")
        await bob.shows("has come in", "> ")
        ann.type("c")
        await bob.shows("Ann")
        ann.type("word " * 20 + "\r")
        await bob.shows("<Ann> word word word word word word\r\n", "word word word word word word word\r\n")


async def test_a_line_has_an_end(board):
    async with calling(board, name="Ann") as ann:
        ann.type("c")
        await ann.shows("has come in", "> ")
        heard = []
        with board.bus.subscribed(f"{TOPIC}.lobby", heard.append):
            ann.type("x" * (limits.MAX_CHAT_LINE + 50) + "\r")
            await ann.shows("<", "Ann", "xxx", "> ")
        assert len(heard[-1]["text"]) == limits.MAX_CHAT_LINE


async def test_nobody_listens_after_leaving(room, board):
    ann, bob = room
    ann.type("/quit\r")
    bob.type("/quit\r")
    await ann.shows("Main menu")
    await bob.shows("Main menu")

    assert not [topic for topic in board.bus._listeners if topic.startswith(TOPIC)]


async def test_in_a_full_room_nobody_is_told_who_comes_and_goes(board, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROOM_ANNOUNCED", 1)
    async with calling(board, name="Ann") as ann:
        ann.type("c")
        await ann.shows("Ann", "has come in", "> ")
        async with calling(board, name="Bob") as bob:
            bob.type("c")
            await bob.shows("Bob", "has come in", "> ")
            bob.type("hello\r")
            await ann.shows("Bob", "hello")
    assert b"Bob\x1b[90m has come in" not in ann.sent
    assert ann.sent.count(b"has come in") == 1
