"""Accounts as callers meet them: made, logged in to, guessed at, set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bbsterm import limits
from bbsterm.serve.stream import Facts
from tests.serve.memory import ANSI_80, calling

SMALL = replace(ANSI_80, columns=40, rows=25)
DUMB = Facts(telnet=True, terminal_types=("DUMB",), columns=80, rows=24)


@pytest.fixture
async def ann(board):
    return await board.users.create("Ann", "secret", now=board.now())


@pytest.mark.parametrize("facts", [ANSI_80, SMALL, DUMB], ids=["80", "40", "dumb"])
async def test_who_types_new_gets_an_account_and_is_known_the_next_time(board, facts):
    async with calling(board, facts) as line:
        line.type("new\r")
        await line.shows("A new account", "Name: ")
        line.type("Ann\rsecret\rsecret\r")
        await line.shows("Once more", "Welcome, ", "Press a key")
        line.type(" ")
        await line.shows("Press a key")
        line.type(" ")
        await line.shows("Your choice")
    assert b"secret" not in line.sent

    async with calling(board, facts) as line:
        line.type("ANN\r")
        await line.shows("Password for Ann")
        line.type("secret\r")
        await line.shows("Welcome back, ", "Ann", "Press a key")
        line.type(" ")
        await line.shows("Ann, node 1", "Your choice")


async def test_a_guest_makes_an_account_from_the_menu(board):
    async with calling(board, name="Ann") as line:
        line.type("u")
        await line.shows("You are a guest")
        line.type("y")
        await line.shows("Name: ")
        line.type("Ann\rsecret\rother!\r")
        await line.shows("two different ones", "Password")
        line.type("short\r")
        await line.shows("It needs 6", "Password")
        line.type("secret\rsecret\r")
        await line.shows("Press a key")
        line.type(" ")
        await line.shows("Your account", "Private pages")
    assert (await board.users.find("ann")).calls == 1


@pytest.mark.parametrize("name", ["Sysop", "guest", "X", "42", "Ann"])
async def test_some_names_cannot_be_had(board, ann, name):
    async with calling(board) as line:
        line.type(f"new\r{name}\r")
        await line.shows(["A name has at least", "board's own", "taken"][_reason(name)], "Name: ")


def _reason(name):
    return {"X": 0, "42": 0, "Ann": 2}.get(name, 1)


async def test_a_guest_cannot_have_a_users_name(board, ann):
    async with calling(board) as line:
        line.type("ann\r")
        await line.shows("Password for Ann")
        line.type("\r")
        await line.shows("Guest, node 1", "Your choice")


async def test_three_wrong_passwords_end_the_call(board, ann, caplog):
    async with calling(board) as line:
        line.type("Ann\r")
        for _ in range(3):
            await line.shows("Password for Ann")
            line.type("wrong!\r")
        await line.shows("wrong too often")
        await line.over()
    assert "wrong!" not in caplog.text


async def test_guessing_is_slow_even_in_many_calls(board, ann, clock):
    for _ in range(2):
        async with calling(board) as line:
            line.type("Ann\r" + "wrong!\r" * 3)
            await line.over()
    async with calling(board) as line:
        line.type("Ann\r")
        await line.shows("Password for Ann")
        line.type("secret\r")  # the right one, too late
        await line.shows("wrong too often")
        await line.over()

    clock.seconds += 1 / limits.PASSWORD_TRIES_PER_SECOND + 1
    async with calling(board) as line:
        line.type("Ann\r")
        await line.shows("Password for Ann")
        line.type("secret\r")
        await line.shows("Welcome")


async def test_a_banned_account_is_told_why(board, ann):
    await board.users.save(replace(ann, banned="it was |04rude"))
    async with calling(board) as line:
        line.type("Ann\rsecret\r")
        await line.shows("closed: it was |04rude")
        await line.over()


async def test_a_board_for_users_only(board, ann):
    board.design = replace(board.design, guests=False, signup=False)
    async with calling(board) as line:
        line.type("Bob\r")
        await line.shows("for its users", "Your name")
        line.type("new\r")
        await line.shows("for its users", "Your name")
        line.type("Ann\rsecret\r")
        await line.shows("Welcome")


@pytest.fixture
async def user(board, ann):
    async with calling(board) as line:
        line.type("Ann\rsecret\r")
        await line.shows("Press a key")
        line.type(" ")
        await line.shows("Your choice")
        yield line


async def test_settings_are_kept(board, user):
    user.type("u")
    await user.shows("Your account", "Private pages", "yes")
    user.type("g")
    await user.shows("Private pages", "no")
    user.type("lthe \x1b[31mattic\r")
    await user.shows("You are in", "the attic")
    user.type("aI |04 write\r")
    await user.shows("About you", "I |04 write")
    user.type("pnq")
    await user.shows("Main menu")

    ann = await board.users.find("Ann")
    assert (ann.pages, ann.pause, ann.news) == (False, False, False)
    assert (ann.location, ann.about) == ("the attic", "I |04 write")


async def test_the_password_is_changed_by_who_knows_the_old_one(board, user):
    user.type("uw")
    await user.shows("Your password now")
    user.type("wrong!\r")
    await user.shows("That is not it", "Press a key")
    user.type(" w")
    await user.shows("Your password now")
    user.type("secret\ranother\ranother\r")
    await user.shows("another one now", "Press a key")

    assert await board.users.check("Ann", "another")


async def test_what_a_sysop_decided_meanwhile_stays(board, user, ann):
    user.type("u")
    await user.shows("Your account")
    await board.users.save(replace(await board.users.find("Ann"), sysop=True))

    user.type("g")
    await user.shows("sysop")

    assert (await board.users.find("Ann")).sysop


async def test_the_last_callers(board, user, clock):
    clock.seconds += 120
    user.type("l")
    await user.shows("Last callers", "1 call", "Ann", "2 min ago", "Press a key")
    assert b"192.0.2.1" not in user.sent


async def test_on_a_small_screen_nothing_is_broken_within_a_word(board, ann):
    async with calling(board, SMALL) as line:
        line.type("Ann\r")
        await line.shows("Password for Ann (Enter: be a ", b"\r\n", "guest): ")
        line.type("secret\r")
        await line.shows("This is your first call ", b"\r\n", "with this account.")


async def test_the_name_of_a_guest_who_is_online_cannot_be_had(board):
    async with calling(board, name="Ann"), calling(board) as other:
        other.type("new\rann\r")
        await other.shows("taken by somebody who is online", "Name: ")


async def test_a_profile_has_an_end(board, user):
    user.type("ul" + "x" * (limits.MAX_PROFILE + 20) + "\r")
    await user.shows("You are in", "xxx", "A letter to change")

    assert (await board.users.find("Ann")).location == "x" * limits.MAX_PROFILE
