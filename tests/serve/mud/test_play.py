from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager

import pytest

import bbsterm
from bbsterm.limits import MAX_MUD_COMMANDS_PER_SECOND, MUD_COMMANDS_BURST
from bbsterm.protocol.policy import Policy
from bbsterm.serve import mud
from bbsterm.serve.mud import play
from bbsterm.serve.mud.store import Store
from bbsterm.telopt import MSDP, MSSP
from tests.serve.mud.conftest import small_world


@asynccontextmanager
async def serving(shell, **options):
    async with await bbsterm.create_server("127.0.0.1", 0, shell=shell, **options) as server:
        yield server.sockets[0].getsockname()


@pytest.fixture
def game(tmp_path):
    return mud.Mud(small_world(), Store(tmp_path / "save.json"), chance=random.Random(1))


async def call(address, **options):
    return await bbsterm.open_connection(*address, term="dumb", **options)


async def prompt(reader, text="> "):
    async with asyncio.timeout(20):
        return await reader.readuntil(text)


async def log_in(address, name, **options):
    reader, writer = await call(address, **options)
    await prompt(reader, "known? ")
    writer.write(f"{name}\r\n")
    return reader, writer, await prompt(reader)


@pytest.mark.parametrize("line_mode", [True, False])
async def test_a_visit(game, line_mode):
    async with serving(game.shell, line_mode=line_mode) as address:
        reader, writer, welcome = await log_in(address, "ann")
        writer.write("north\r\n")
        yard = await prompt(reader)
        writer.write("quit\r\n")
        goodbye = await reader.read()

    assert "Welcome, Ann." in welcome
    assert "A gre" not in welcome
    assert yard == "Yard\r\nA yard.\r\nExits: south.\r\nA grey wolf is here.\r\n20/20> "
    assert goodbye == "The line goes quiet. Goodbye.\r\n"
    assert not writer.will_echo
    assert writer.mode == "local"


async def test_characters_are_kept(game, tmp_path):
    async with serving(game.shell, line_mode=True) as address:
        reader, writer, _ = await log_in(address, "Ann")
        writer.write("get sword\r\nwield sword\r\nnorth\r\n")
        await prompt(reader, "wolf is here.")
        writer.close()
        await writer.wait_closed()

    again = mud.Mud(small_world(), Store(tmp_path / "save.json"))
    async with serving(again.shell, line_mode=True) as address:
        _, writer, welcome = await log_in(address, "aNN")
        writer.close()

    assert "A yard." in welcome
    assert again.store.load("Ann", small_world()).wielded.name == "long sword"


async def test_two_players_meet(game):
    async with serving(game.shell, line_mode=True) as address:
        ann_hears, ann, _ = await log_in(address, "Ann")
        bob_hears, bob, welcome = await log_in(address, "Bob")
        assert "Ann is here." in welcome
        await prompt(ann_hears)

        bob.write("say hello\r\n")

        assert "You say" in await prompt(bob_hears)
        assert await prompt(ann_hears) == '\r\nBob says, "hello"\r\n20/20> '
        ann.close()
        assert "Ann fades away." in await prompt(bob_hears)
        bob.close()


async def test_names_are_checked_and_unique(game):
    async with serving(game.shell, line_mode=True) as address:
        _, ann, _ = await log_in(address, "Ann")
        reader, writer = await call(address)
        for name in ("x", "ann", "Robert'); DROP"):
            writer.write(name + "\r\n")
        text = await reader.read()
        ann.close()

    assert text.count("Two to 16 letters, please.") == 2
    assert "Somebody of that name is here already." in text


async def test_what_is_rubbed_out_was_never_typed(game):
    async with serving(game.shell) as address:
        _, writer, welcome = await log_in(address, "Bx\b\b\x7fAbx\x7f\bnn")
        writer.close()

    assert "Welcome, Ann." in welcome


async def test_gmcp_tells_what_happens(game):
    async with serving(game.shell, line_mode=True) as address:
        reader, writer, _ = await log_in(address, "Ann")
        assert writer.ctx.gmcp_data["Room.Info"]["name"] == "Hall"
        writer.write("north\r\nkill wolf\r\n")
        await prompt(reader, "hits you")
        await prompt(reader)

        told = writer.ctx.gmcp_data
        writer.close()

    assert told["Room.Info"] == {"num": 2, "name": "Yard", "area": "Small", "exits": {"s": 1}}
    assert told["Char.Vitals"] == {"hp": 17, "maxhp": 20, "xp": 0}
    assert told["Char.Status"]["opponent"] == "grey wolf"


async def test_msdp_and_mssp_on_request(game):
    heard = asyncio.Queue()

    class Client(bbsterm.TelnetClient):
        def on_msdp(self, variables):
            heard.put_nowait(variables)

        def on_mssp(self, variables):
            heard.put_nowait(variables)

    policy = Policy(always_do=frozenset({MSDP[0], MSSP[0]}))
    async with serving(game.shell, line_mode=True) as address:
        reader, writer = await call(address, client_factory=Client, policy=policy)
        async with asyncio.timeout(20):
            card = await heard.get()
            writer.write("ann\r\n")
            await prompt(reader, "20/20> ")
            writer.send_msdp({"REPORT": ["ROOM", "HEALTH"]})
            first = await heard.get()
            writer.write("north\r\n")
            second = await heard.get()
        writer.close()

    assert (card["NAME"], card["GMCP"]) == ("Small", "1")
    assert (first["HEALTH"], first["ROOM"]["NAME"]) == ("20", "Hall")
    assert (second["HEALTH"], second["ROOM"]["NAME"]) == ("20", "Yard")


async def test_a_crawler_without_telnet_is_told_too(game):
    async with serving(game.shell) as address:
        reader, writer = await asyncio.open_connection(*address)
        writer.write(b"MSSP-REQUEST\r\n")
        text = await reader.read()
        writer.close()
        await writer.wait_closed()

    assert b"\r\nMSSP-REPLY-START\r\nNAME\tSmall\r\n" in text
    assert b"\xff\xfb" not in text  # who has not said a word of telnet is offered nothing


async def test_who_sleeps_is_put_to_bed():
    game = mud.Mud(small_world(), idle=0.2)
    async with serving(game.shell, line_mode=True) as address:
        reader, _, _ = await log_in(address, "Ann")

        async with asyncio.timeout(20):
            assert (await reader.read()).endswith("You fall asleep.\r\n")


async def test_a_line_without_end_ends_the_call(game):
    async with serving(game.shell, limit=4096) as address:
        reader, writer, _ = await log_in(address, "Ann")

        writer.write("x" * 10_000)

        async with asyncio.timeout(20):
            await reader.read()
    assert game.game.players == {}


async def test_many_lines_at_once_are_taken_one_after_the_other(game, monkeypatch):
    waited = []

    async def sleep(seconds, real=asyncio.sleep):
        if seconds < play.ROUND:
            waited.append(seconds)
            seconds = 0
        await real(seconds)

    monkeypatch.setattr(play.asyncio, "sleep", sleep)
    async with serving(game.shell, line_mode=True) as address:
        reader, writer, _ = await log_in(address, "Ann")
        writer.write("score\r\n" * (MUD_COMMANDS_BURST + 10) + "quit\r\n")
        await reader.read()

    assert sum(waited) > 5 / MAX_MUD_COMMANDS_PER_SECOND


async def test_rounds_are_played_only_while_somebody_is_there(game, monkeypatch):
    monkeypatch.setattr(play, "ROUND", 0.01)
    async with serving(game.shell, line_mode=True) as address:
        reader, writer, _ = await log_in(address, "Ann")
        game.game.players["Ann"].health = 17
        writer.write("north\r\nkill wolf\r\n")

        await prompt(reader, "NO CARRIER")

        writer.write("quit\r\n")
        await reader.read()
    assert game._rounds is None


async def test_the_shared_mud():
    async with serving(mud.shell, line_mode=True) as address:
        _, writer, welcome = await log_in(address, "Ann")
        writer.close()

    assert "The Operators' Hall" in welcome
