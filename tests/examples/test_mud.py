from __future__ import annotations

import asyncio
import json

import pytest
import telnetlib3

import bbsterm

BOTH = pytest.mark.parametrize("library", [bbsterm, telnetlib3], ids=["bbsterm", "telnetlib3"])


async def read_until(reader, text):
    seen = ""
    async with asyncio.timeout(20):
        while text not in seen:
            more = await reader.read(1024)
            assert more, seen
            seen += more
    return seen


@BOTH
async def test_a_player_comes_back(serve, tmp_path, library):
    save = tmp_path / "save.json"
    server = await serve("minimud", "--save", save)
    reader, writer = await library.open_connection(*server.address, term="dumb", connect_maxwait=1)
    await read_until(reader, "known? ")
    for line, answer in (
        ("ann", "The Jetty"),
        ("get hook", "You take the boat hook."),
        ("wield hook", "You hold the boat hook ready."),
        ("n", "The Keeper's Kitchen"),
        ("u", "The Lamp"),
        ("light", "Ann has lit the lamp"),
        ("quit", "Goodbye."),
    ):
        writer.write(line + "\r\n")
        await read_until(reader, answer)
    assert await reader.read(100) == ""
    await server.stop()

    kept = json.loads(save.read_text())["characters"]["Ann"]

    assert (kept["room"], kept["experience"], kept["wielded"]) == (3, 50, "boat hook")
    again = await serve("minimud", "--save", save)
    reader, writer = await bbsterm.open_connection(*again.address)
    writer.write("ann\r\n")
    await read_until(reader, "The Lamp")
    writer.close()


async def test_a_file_of_somebody_elses_is_refused(start, tmp_path):
    save = tmp_path / "save.json"
    save.write_text("something else")

    program = await start("minimud", "127.0.0.1", 0, "--save", save)

    assert (await program.output())[1] == 1
    assert save.read_text() == "something else"


async def test_the_gmcp_client_visits_the_mud(serve, start):
    server = await serve("minimud")

    client = await start("client_gmcp.py", *server.address, "--say", "ann", "--say", "north", "--say", "quit")

    text, code = await client.output()
    assert '[Room.Info] {"num": 2, "name": "The Keeper\'s Kitchen"' in text
    assert "the last vitals: {'hp': 20, 'maxhp': 20, 'xp': 0}" in text
    assert code == 0
