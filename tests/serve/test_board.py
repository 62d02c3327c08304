from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bbsterm.errors import ConfigError
from bbsterm.serve import board as module
from bbsterm.serve.board import Board, BoardSettings
from bbsterm.serve.design.starting import write_starter
from tests.serve.memory import PATIENCE, calling


@pytest.fixture
async def attic(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(module, "_LOOK_AGAIN", 0.01)
    write_starter(tmp_path / "attic")
    board = Board(BoardSettings(folder=tmp_path / "attic"), now=clock.now, clock=clock.monotonic)
    await board.open()
    yield board
    await board.close()


async def until(holds):
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  # the board looks at its files now and then
            await asyncio.sleep(0.005)


async def test_a_change_of_the_files_shows_at_once(attic):
    folder = attic.settings.folder
    async with calling(attic, name="Ann") as ann:
        (folder / "menus" / "main.toml").write_text('title = "Small"\n[B]\ntitle = "Bye"\ngo = "goodbye"\n')
        (folder / "texts.toml").write_text('[menu]\nprompt = "Where to? "\n')
        await until(lambda: attic.design.texts.say("menu.prompt") == "Where to? ")
        await until(lambda: attic.design.menus["main"].title == "Small")
        ann.type("\r")
        await ann.shows("Small", "Bye", "Where to? ")


async def test_a_mistake_is_logged_and_the_board_stays_as_it_was(attic, caplog):
    before = attic.design
    (attic.settings.folder / "board.toml").write_text("nmae = 'x'\n")

    await until(lambda: "board.toml:1" in caplog.text)

    assert "did you mean 'name'?" in caplog.text
    assert attic.design is before
    assert caplog.text.count("stays as it was") == 1


async def test_a_board_that_cannot_be_understood_does_not_open(tmp_path):
    (tmp_path / "board.toml").write_text("name = \n")

    with pytest.raises(ConfigError, match=r"board\.toml:1: "):
        Board(BoardSettings(folder=tmp_path))


async def test_menus_lead_into_menus_pictures_and_rooms(attic):
    folder = attic.settings.folder
    (folder / "menus" / "games.toml").write_text(
        'title = "Games"\n[R]\ntitle = "Rules"\ngo = "show:rules"\n'
        '[W]\ntitle = "Workshop"\ngo = "room:workshop"\n[B]\ntitle = "Bye"\ngo = "goodbye"\n'
    )
    (folder / "art" / "rules.ans").write_bytes(b"\x1b[2;5HBe kind.")
    menu = (folder / "menus" / "main.toml").read_text()
    (folder / "menus" / "main.toml").write_text(menu.replace('go = "speed"', 'go = "menu:games"'))
    attic.read_design()
    async with calling(attic, name="Ann") as ann:
        ann.type("s")
        await ann.shows("Games", "Rules", "Your choice")
        ann.type("r")
        await ann.shows("Be kind.", "Press a key")
        ann.type(" w")
        await ann.shows("Workshop", "has come in", "> ")
        assert [node.place for node in attic.nodes] == ["chat: Workshop"]
        ann.type("/join lobby\r")
        await ann.shows("Chat room", "has come in", "> ")
        ann.type("/join attic\r")
        await ann.shows("no room attic")
        ann.type("/quit\rq")
        await ann.shows("Games", "Main menu")
        ann.type("sb")
        await ann.shows("Goodbye")
        await ann.over()


async def test_rooms_for_some_are_shut_to_others(board):
    room = replace(board.design.rooms["workshop"], who=1)
    board.design = replace(board.design, rooms=board.design.rooms | {"workshop": room})
    async with calling(board, name="Ann") as ann:
        ann.type("c")
        await ann.shows("> ")
        ann.type("/rooms\r/join workshop\r")
        await ann.shows("lobby", "no room workshop")


async def test_pages_reach_one_alone_unless_they_are_off(board):
    async with calling(board, name="Ann") as ann, calling(board, name="Bob") as bob:
        ann.type("wp")
        await ann.shows("Name or node")
        ann.type("bob\rhello \x1b[2Jthere\r")
        await ann.shows("to Bob alone", "hello there", "Press a key")
        await bob.shows("Ann pages you", "hello there", "Your choice")
        ann.type(" pnobody\rhello\r")
        await ann.shows("Nobody called nobody")
        before = len(ann.sent)
        assert b"pages you" not in ann.sent[:before]


async def test_whoever_pages_without_a_pause_is_slowed_down(board):
    async with calling(board, name="Ann") as ann:
        ann.type("w" + "pAnn\rhi\r " * 5)
        await ann.shows("not so fast")
