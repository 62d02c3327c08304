"""Tests of a board, for pytest: the demo board here, yours with another address.

python -m pytest examples/scripts/test_a_board.py
"""

from __future__ import annotations

import asyncio

import pytest

from bbsterm.testing import ExpectError, call_board, start_demo_board


def visit(check, terminal="ansi"):
    """Run one coroutine function on a call to the board."""

    async def run():
        async with (
            start_demo_board() as (host, port),
            call_board(f"{host}:{port}", terminal=terminal) as call,
        ):
            await check(call)

    asyncio.run(run())


@pytest.mark.parametrize("terminal", ["ansi", "petscii", "atascii"])
def test_a_caller_gets_to_the_main_menu(terminal):
    async def check(call):
        await call.expect("your name")
        await call.send("Guest\n")
        await call.expect("main menu")
        assert call.screen.find("main menu") is not None

    visit(check, terminal)


def test_the_menu_is_in_colour():
    async def check(call):
        await call.expect("your name")
        await call.send("Guest\n")
        await call.expect("your choice")
        row, column = call.screen.find("main menu")
        assert call.screen.cell(row, column).paint.foreground != "#a8a8a8"

    visit(check)


def test_nobody_is_asked_for_a_password():
    async def check(call):
        await call.expect("your name")
        await call.send("Guest\n")
        with pytest.raises(ExpectError):
            await call.expect("password", timeout=0.2)

    visit(check)
