"""Scripts on calls, against the demo board and boards that fail."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bbsterm.errors import BusyError, NoCarrierError, UsageError
from bbsterm.macros import compile_macro, read_macro
from bbsterm.scripts import ExpectError, Match, call_board
from bbsterm.secret import Secret
from bbsterm.serve.demo import start_demo_board


@asynccontextmanager
async def board(talk):
    """A board that is one function of a reader and a writer."""

    talks = []

    async def serve(reader, writer):
        talks.append(asyncio.current_task())
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await talk(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"raw://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    await asyncio.gather(*talks)


async def ask_for_a_name(reader, writer):
    writer.write(b"\x1b[2J\x1b[5;10HYour \x1b[1;31mname\x1b[0m: ")
    name = (await reader.readuntil(b"\r")).strip()
    writer.write(b"\x1b[2J\x1b[HHello " + name)
    await reader.read()


@pytest.mark.parametrize("terminal", ["ansi", "petscii", "atascii"])
async def test_logging_in_to_the_demo_board(terminal):
    async with start_demo_board() as (host, port), call_board(f"{host}:{port}", terminal=terminal) as call:
        await call.expect("your name", timeout=20)
        await call.send("Ann\n")
        match = await call.expect("nothing at all", "main menu", timeout=20)

    assert match.index == 1
    assert not call.connected


async def test_looking_at_the_screen():
    async with board(ask_for_a_name) as url, call_board(url) as call:
        await call.expect("your name:")

        assert call.screen.find("name") == (4, 14)
        assert call.screen.find(re.compile("N[aA]me")) is None
        assert call.screen.cell(4, 14).char == "n"
        assert call.screen.cell(4, 14).paint.foreground == "#ff5454"
        assert call.screen.lines[4] == " " * 9 + "Your name:"
        assert (call.screen.cursor.row, call.screen.cursor.column) == (4, 20)
        with pytest.raises(IndexError):
            call.screen.cell(25, 0)


async def test_typing_keys_and_variables():
    async with board(ask_for_a_name) as url, call_board(url, variables={"user": "Ann"}) as call:
        await call.expect("name")
        await call.type("{user}<enter>")

        assert await call.expect(re.compile(r"hello (\w+)", re.IGNORECASE)) == Match(0, "Hello Ann", ("Ann",))
        with pytest.raises(UsageError, match="did you mean <enter>"):
            await call.type("<entr>")
        with pytest.raises(UsageError, match="no 'city'"):
            await call.type("{city}")


async def test_a_place_on_the_screen():
    async with board(ask_for_a_name) as url, call_board(url) as call:
        await call.expect_screen("name", row=4)
        with pytest.raises(ExpectError):
            await call.expect_screen("name", row=3, timeout=0.01)


async def test_what_does_not_come_is_told_with_the_screen():
    async with board(ask_for_a_name) as url, call_board(url) as call:
        await call.expect("name")
        with pytest.raises(TimeoutError) as caught:
            await call.expect("password", timeout=0.01)

    assert isinstance(caught.value, ExpectError)
    assert str(caught.value) == "waited 0.01 s for 'password'"
    assert "Your name:" in caught.value.hint


async def test_a_board_that_hangs_up_is_told():
    async def leave(reader, writer):
        writer.write(b"bye")

    async with board(leave) as url, call_board(url) as call:
        with pytest.raises(NoCarrierError, match="while waiting for 'name'"):
            await call.expect("name")
        with pytest.raises(NoCarrierError):
            await call.send("x")


async def test_nobody_there_is_busy():
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()

    with pytest.raises(BusyError):
        async with call_board(f"127.0.0.1:{port}"):
            pass


async def test_a_secret_is_typed_and_not_seen():
    got = asyncio.Event()
    said = bytearray()

    async def listen(reader, writer):
        writer.write(b"Password: ")
        said.extend(await reader.readuntil(b"\r"))
        got.set()
        await reader.read()

    async def secret():
        return Secret("xyzzy")

    async with board(listen) as url, call_board(url, secret=secret) as call:
        await call.expect("password")
        await call.type("{secret}<enter>")
        await got.wait()

        assert bytes(said) == b"xyzzy\r"
        assert "xyzzy" not in call.screen.text


async def test_without_a_secret_there_is_none_to_type():
    async with board(ask_for_a_name) as url, call_board(url) as call:
        with pytest.raises(UsageError, match="no secret"):
            await call.send_secret()


async def test_a_macro_runs_in_a_script():
    text = """
        [[step]]
        expect = "name"
        send = "Bob<enter>"
        [[step]]
        expect = "Hello Bob"
        [[step]]
        capture = { row = 1, into = "said" }
    """
    async with board(ask_for_a_name) as url, call_board(url) as call:
        variables = await call.run(read_macro(text, Path("m.toml")))

    assert variables["said"] == "Hello Bob"


async def test_a_macro_in_a_script_hears_everything_once():
    text = """
        [[step]]
        repeat = 2
        steps = [{ choose = [
            { expect = "name", send = "Bob<enter>" },
            { expect = "Hello Bob" },
        ] }]
        [[step]]
        expect = "name"
        timeout = 0.05
    """
    async with board(ask_for_a_name) as url, call_board(url) as call:
        outcome = await call.play(compile_macro(read_macro(text, Path("m.toml"))))

        assert str(outcome) == "step 3 of 3: waited 0.05 s for 'name'"
        assert call.screen.lines[0] == "Hello Bob"


async def test_waiting_for_silence():
    async with board(ask_for_a_name) as url, call_board(url) as call:
        await call.quiet(0.01)
        await call.hang_up()

        assert not call.connected


@pytest.mark.parametrize("kind", ["svg", "ans", "txt", "html"])
async def test_pictures(kind, tmp_path):
    async with board(ask_for_a_name) as url, call_board(url) as call:
        await call.expect("name")
        path = call.screenshot(tmp_path / f"screen.{kind}")
        with pytest.raises(UsageError, match=r"no picture is a \.gif"):
            call.screenshot("screen.gif")

    assert b"name" in path.read_bytes()


async def test_what_the_board_says_can_be_followed():
    heard = []
    async with board(ask_for_a_name) as url, call_board(url) as call:
        stop = call.follow(heard.append)
        await call.expect("name")
        stop()

    assert "".join(heard).strip() == "Your name:"
