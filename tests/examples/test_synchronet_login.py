from __future__ import annotations

import pytest

import bbsterm


async def board(reader, writer):
    """Asks as a Synchronet board does, colours and a pause among the prompts."""
    writer.write(
        "\x1b[2J\x1b[1;36mThe Attic BBS\x1b[0m\r\n\r\nEnter User Name or Number or 'New'\r\nNN: \x1b[1m"
    )
    name = await line(reader, writer)
    writer.write("\x1b[0;36mPW: \x1b[1m")
    password = await line(reader, writer)
    if (name, password) != ("Ann", "secret"):
        writer.write("\r\nInvalid login.\r\n")
        return
    writer.write("\r\n\x1b[32mLast call: yesterday ░▒▓\r\n\x1b[0m[Hit a key] ")
    await reader.readexactly(1)
    writer.write("\r\n\x1b[33mMain \x1b[1m•\x1b[0m 00:59:58 Command: ")
    await reader.read(1)


async def line(reader, writer):
    typed = ""
    while (key := await reader.readexactly(1)) != "\r":
        typed += key
        writer.echo(key)
    return typed


@pytest.mark.parametrize(
    ("password", "last", "code"), [("secret", "logged in", 0), ("wrong", "Invalid login.", 1)]
)
async def test_it_logs_in(start, password, last, code):
    async with await bbsterm.create_server(
        "127.0.0.1", 0, shell=board, encoding="cp437", force_binary=True
    ) as server:
        address = server.sockets[0].getsockname()

        client = await start(
            "synchronet_login.py", *address, "--user", "Ann", BBS_PASSWORD=password, PYTHONIOENCODING="utf-8"
        )
        text, ended = await client.output()

    assert text.splitlines()[-1] == last
    assert ended == code
