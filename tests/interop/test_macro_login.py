"""Logging in to servers that nobody here wrote: telnetlib3's, with shells that ask for name and password."""

from __future__ import annotations

import asyncio
import random
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import telnetlib3

from bbsterm.macros import Finished, compile_macro, read_macro
from bbsterm.macros.login import login_macro
from bbsterm.net.address import Address
from bbsterm.scripts import call_board
from bbsterm.session.login import secret_for
from bbsterm.session.settings import CallSettings, Home
from bbsterm.vault import Secrets
from bbsterm.vault.simple import Environment

LOGIN = """
[[step]]
expect = "login:"
send = "{user}<enter>"
[[step]]
expect = "password:"
send = "{secret}<enter>"
[[step]]
expect = "welcome, ann"
[[step]]
expect = "menu>"
"""
ANY_ORDER = Path(__file__).parents[2] / "examples" / "macros" / "any_order.toml"


async def line_of(reader, writer, *, echo=True):
    """What the caller types, up to Enter; echoed unless it is a password."""
    typed = ""
    while (char := await reader.read(1)) and char not in "\r\n":
        typed += char
        if echo:
            writer.write(char)
    writer.write("\r\n")
    return typed.strip("\0")


async def login_shell(reader, writer):
    """A login as Unix has it: WILL ECHO, and no echo of the password."""
    writer.iac(telnetlib3.telopt.WILL, telnetlib3.telopt.ECHO)
    writer.iac(telnetlib3.telopt.WILL, telnetlib3.telopt.SGA)
    while True:
        writer.write("\x1b[1mlogin:\x1b[0m ")
        name = await line_of(reader, writer)
        writer.write("Password: ")
        if (name, await line_of(reader, writer, echo=False)) == ("ann", "hunter2"):
            break
        writer.write("Login incorrect\r\n")
    writer.write(f"Welcome, {name}!\r\nmenu> ")
    await line_of(reader, writer)
    writer.close()


def moody(seed):
    """A shell that asks for three things in an order of its own."""

    async def shell(reader, writer):
        writer.iac(telnetlib3.telopt.WILL, telnetlib3.telopt.ECHO)
        asks = ["Your name: ", "Password: ", "ANSI colours [y/n]? ", "-- More? [Enter] "]
        random.Random(seed).shuffle(asks)
        got = {}
        for ask in asks:
            writer.write(ask)
            if ask[0] in "YP":
                got[ask] = await line_of(reader, writer, echo=ask[0] == "Y")
            else:
                await reader.read(1)
                writer.write("\r\n")
        if got == {"Your name: ": "ann", "Password: ": "hunter2"}:
            writer.write("\x1b[2J\x1b[5;5HMain menu\r\n")
        await line_of(reader, writer)
        writer.close()

    return shell


@asynccontextmanager
async def server(shell):
    """telnetlib3's server, on a free port."""
    callers = []

    async def counted(reader, writer):
        callers.append(asyncio.current_task())
        await shell(reader, writer)

    listening = await telnetlib3.create_server(
        "127.0.0.1", 0, shell=counted, encoding="utf8", connect_maxwait=0.1, timeout=0
    )
    try:
        yield listening.sockets[0].getsockname()[1]
    finally:
        listening.close()
        await listening.wait_closed()
        for caller in callers:
            caller.cancel()
        await asyncio.gather(*callers, return_exceptions=True)


@asynccontextmanager
async def calling(port):
    """A call with user and secret, as an entry has them."""
    environ = {"PW": "hunter2"}
    places = Secrets({"env": Environment(environ)}, environ=environ)
    address = Address("127.0.0.1", port)
    settings = replace(
        CallSettings(encoding="utf-8"), user="ann", secret="env:PW", home=Home("127.0.0.1", port)
    )
    async with call_board(
        address,
        settings,
        secret_of=lambda call: secret_for(call, places),
        variables={"user": "ann", "name": "it"},
    ) as call:
        yield call


async def test_a_macro_logs_in():
    async with server(login_shell) as port, calling(port) as call:
        outcome = await call.play(compile_macro(read_macro(LOGIN, Path("login.toml"))))

        assert isinstance(outcome, Finished), outcome
        assert "hunter2" not in call.screen.text


async def test_the_common_prompts_log_in():
    async with server(login_shell) as port, calling(port) as call:
        outcome = await call.play(compile_macro(login_macro()))
        assert isinstance(outcome, Finished), outcome
        await call.expect("welcome, ann")


@pytest.mark.parametrize("seed", range(6))
async def test_a_board_that_asks_in_any_order(seed):
    program = compile_macro(read_macro(ANY_ORDER.read_text(encoding="utf-8"), ANY_ORDER))
    async with server(moody(seed)) as port, calling(port) as call:
        outcome = await call.play(program)

        assert isinstance(outcome, Finished), outcome
        assert call.screen.find("main menu") == (4, 4)
