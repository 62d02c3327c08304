from __future__ import annotations

import asyncio

import pytest
import telnetlib3

import bbsterm

BOTH = pytest.mark.parametrize("library", [bbsterm, telnetlib3], ids=["bbsterm", "telnetlib3"])


async def call(library, program, **options):
    return await library.open_connection(*program.address, **{"connect_maxwait": 1, **options})


async def read_until(reader, text):
    """Everything up to `text`; not more than a few screens of it."""
    seen = ""
    async with asyncio.timeout(20):
        while text not in seen:
            more = await reader.read(1024)
            assert more, seen
            seen += more
    return seen


@BOTH
@pytest.mark.parametrize(("typed", "said"), [("y", "only winning move is not to play"), ("n", "chess")])
async def test_the_wargame_asks_and_hangs_up(serve, library, typed, said):
    program = await serve("server_wargame.py")
    reader, writer = await call(library, program)

    await read_until(reader, "Would you like to play a game? ")
    writer.write(typed)

    async with asyncio.timeout(20):
        assert said in await reader.read()  # up to the end: it hangs up
    writer.close()


async def test_the_wargame_echoes_if_it_is_asked_to(serve):
    program = await serve("server_wargame.py")
    reader, writer = await call(bbsterm, program)
    await writer.wait_for(remote={"ECHO": True})

    await read_until(reader, "? ")
    writer.write("y")

    assert (await read_until(reader, "\r\n")).startswith("y\r\n")
    writer.close()


async def test_the_wargames_client_plays_with_its_server(serve, start):
    server = await serve("server_wargame.py")

    client = await start("client_wargame.py", *server.address)

    text, code = await client.output()
    assert "Would you like to play a game? " in text
    assert "not to play." in text
    assert code == 0


@BOTH
async def test_waiting_for_clients(serve, library):
    program = await serve("server_wait_for_client.py")
    for number in (1, 2):
        reader, writer = await call(library, program, term="vt220")

        greeting = await reader.readline()

        assert greeting.startswith(f"You are caller {number}; ")
        assert await program.line() == f"caller {number}: vt220"
        writer.close()


@BOTH
async def test_broadcast(serve, library):
    program = await serve("server_broadcast.py")
    ann_hears, ann = await call(library, program)
    await read_until(ann_hears, "0 others are here. /quit leaves.\r\n")
    bob_hears, bob = await call(bbsterm, program)
    await read_until(bob_hears, "1 others are here. /quit leaves.\r\n")

    ann.write("Anybody here?\r\n")

    name = f"caller {ann.get_extra_info('sockname')[1]}"
    assert await bob_hears.readline() == f"<{name}> Anybody here?\r\n"
    ann.write("/quit\r\n")
    assert await bob_hears.readline() == f"* {name} leaves\r\n"
    bob.close()
    ann.close()


@BOTH
async def test_waiting_for_negotiation(serve, library):
    program = await serve("server_wait_for_negotiation.py")
    reader, writer = await call(library, program, cols=132, rows=43, term="xterm")

    assert await reader.readline() == "Your window has 132 columns and 43 rows.\r\n"
    assert (await reader.readline()).startswith("Your terminal is xterm; we talk in mode ")
    writer.close()


async def test_a_client_without_telnet_is_not_waited_for_for_ever(serve):
    program = await serve("server_wait_for_negotiation.py")
    reader, writer = await asyncio.open_connection(*program.address)

    text = await reader.read()

    assert b"I take it for 80 columns and 25 rows." in text
    writer.close()
    await writer.wait_closed()


@BOTH
async def test_bytes_come_back_as_they_were(serve, library):
    program = await serve("server_binary.py")
    reader, writer = await call(library, program, encoding=False)

    writer.write(bytes(range(256)))

    async with asyncio.timeout(20):
        assert await reader.readexactly(256) == bytes(range(256))
    assert (await program.line()).endswith("00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f")
    writer.close()
