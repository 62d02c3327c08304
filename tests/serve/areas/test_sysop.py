from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bbsterm.serve.areas.sysop import COMMANDS
from bbsterm.serve.store.messages import Draft
from tests.serve.memory import ANSI_80, calling


@pytest.fixture
async def sue(board):
    await board.users.create("Sue", "secret", now=board.now(), sysop=True)
    async with calling(board, replace(ANSI_80, address="198.51.100.1")) as line:
        line.type("Sue\rsecret\r")
        await line.shows("Press a key")
        line.type(" ")
        await line.shows("Sysop", "Your choice")
        line.type("x")
        await line.shows("sysop", "> ")
        yield line


async def test_nobody_else_sees_or_enters_the_room(board):
    async with calling(board, name="Ann") as line:
        line.type("x")
        await line.shows("\x07")
    assert b"Sysop" not in line.sent


async def test_help_names_every_command_and_a_slip_its_nearest(sue):
    sue.type("help\r")
    await sue.shows(*COMMANDS)
    sue.type("kik Ann\r")
    await sue.shows("did you mean kick?")
    sue.type("quit\r")
    await sue.shows("Main menu")


async def test_kick(board, sue, caplog):
    async with calling(board, name="Ann") as ann:
        sue.type("kick ann\r")
        await sue.shows("Ann is being shown out")
        await ann.shows("The sysop has ended this call")
        await ann.over()
    assert "audit: Sue (node 1, 198.51.100.1): kicks Ann (node 2)" in caplog.text
    sue.type("kick Ann\r")
    await sue.shows("nobody of that name")


async def test_a_ban_ends_calls_and_shuts_the_door(board, sue, caplog):
    async with calling(board, name="Ann") as ann:
        sue.type("ban 192.0.2.0/24 spam\r")
        await sue.shows("192.0.2.0/24 is banned")
        await ann.shows("closed the board to you")
        await ann.over()
    async with calling(board) as line:
        await line.over()
    assert not line.sent
    assert "bans 192.0.2.0/24: spam" in caplog.text
    sue.type("bans\r")
    await sue.shows("192.0.2.0/24")
    sue.type("unban 192.0.2.0/24\r")
    await sue.shows("the ban is lifted")
    async with calling(board, name="Ann"):
        pass


async def test_a_user_is_banned_by_name(board, sue):
    await board.users.create("Ann Lee", "secret", now=board.now())
    sue.type("ban Ann Lee: rude\r")
    await sue.shows("Ann Lee is banned")
    assert (await board.users.find("Ann Lee")).banned == "rude"
    sue.type("unban Ann Lee\rban Sue\rban Nobody\r")
    await sue.shows("lifted", "that is you", "nobody's account")
    assert (await board.users.find("Ann Lee")).banned == ""


async def test_everybody_hears_a_broadcast(board, sue):
    async with calling(board, name="Ann") as ann:
        sue.type("broadcast Closing |04 at \x1b[2Jnine\r")
        await ann.shows("Sue to everybody", "Closing |04 at nine")


async def test_a_message_is_deleted(board, sue, caplog):
    post = await board.messages.post(Draft("general", "Ann", 1, "Spam", "buy"), now=board.now())
    sue.type(f"delete {post.id}\rdelete {post.id}\r")
    await sue.shows("is gone", "takes the number")
    assert await board.messages.get(post.id) is None
    assert f"deletes message {post.id} by Ann: Spam" in caplog.text


async def test_sysops_are_made_and_unmade(board, sue, caplog):
    await board.users.create("Ann", "secret", now=board.now())
    sue.type("promote ann\r")
    await sue.shows("Ann is a sysop")
    assert (await board.users.find("Ann")).sysop
    sue.type("demote ann\rdemote Sue\rusers\r")
    await sue.shows("Ann is a user", "that is you", "Ann", "Sue", "these are all")
    assert "makes Ann a sysop" in caplog.text


async def test_who_is_no_sysop_any_more_has_to_leave(board, sue):
    await board.users.save(replace(await board.users.find("Sue"), sysop=False))

    sue.type("broadcast hello\r")

    await sue.shows("Main menu")


@pytest.fixture
def folder():
    """A folder whose name does not fill a line."""
    with TemporaryDirectory(prefix="b") as name:
        yield Path(name)


async def test_reload_reads_the_files_and_says_what_is_wrong_with_them(board, sue, folder):
    (folder / "board.toml").write_text('name = "Attic"\n')
    board.settings = replace(board.settings, folder=folder)
    sue.type("reload\r")
    await sue.shows("have been read again")
    assert board.name == "Attic"

    (folder / "board.toml").write_text("name = 1\n")
    sue.type("reload\r")
    await sue.shows("board.toml:1:", "name must be a text", "stays as it was")
    assert board.name == "Attic"


async def test_a_sysop_sees_where_calls_come_from(board, sue):
    sue.type("who\r")
    await sue.shows("Sue", "198.51.100.1")
    sue.type("quit\rl")
    await sue.shows("Last callers", "Sue", "198.51.100.1")
