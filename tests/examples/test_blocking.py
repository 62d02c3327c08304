from __future__ import annotations

import asyncio

import bbsterm
from bbsterm.net.server import create_server


async def test_echo_server_and_client(serve, start):
    server = await serve("blocking_echo_server.py")

    client = await start("blocking_client.py", *server.address, "one", "two", "quit")

    text, code = await client.output()
    assert text.splitlines() == [
        "Ready. Type; 'quit' leaves.",
        "Echo: one",
        "Echo: two",
        "Goodbye.",
    ]
    assert code == 0
    assert (await server.line()).endswith(" connected")
    assert " left after " in await server.line()


async def test_the_client_says_that_nobody_is_there(start, unused_tcp_port):
    client = await start("blocking_client.py", "127.0.0.1", unused_tcp_port)

    assert (await client.output())[1] == 1


async def test_a_telnetlib_script_logs_in(start):
    async def host(reader, writer):
        writer.write("login: ")
        name = (await reader.readline()).strip()
        writer.write("Password: ")
        password = (await reader.readline()).strip()
        if (name, password) != ("ann", "secret"):
            writer.write("Login incorrect\r\n")
            return
        writer.write("$ ")
        async for line in reader:
            if line.strip() == "exit":
                return
            writer.write(f"you said {line.strip()}\r\n$ ")

    async with await create_server("127.0.0.1", 0, shell=host, line_mode=True) as server:
        address = server.sockets[0].getsockname()
        argv = (*address, "--user", "ann", "--command", "ls -l")
        good = await start("telnetlib_script.py", *argv, TELNET_PASSWORD="secret")
        text, code = await good.output()
        bad = await start("telnetlib_script.py", *argv, TELNET_PASSWORD="wrong")
        refusal, failed = await bad.output()

    assert "you said ls -l" in text
    assert code == 0
    assert refusal == ""
    assert failed == 1


async def test_miniboa_chat(serve):
    server = await serve("miniboa_chat.py")
    ann_hears, ann = await bbsterm.open_connection(*server.address)
    assert "Welcome!" in await ann_hears.readline()
    bob_hears, bob = await bbsterm.open_connection(*server.address)
    assert "Welcome!" in await bob_hears.readline()
    assert (await ann_hears.readline()).endswith(" joins.\r\n")

    bob.write("hello, Ann\r\n")

    async with asyncio.timeout(20):
        assert (await ann_hears.readline()).endswith(" says: hello, Ann\r\n")
    bob.write("bye\r\n")
    assert (await ann_hears.readline()).endswith(" leaves.\r\n")
    ann.write("shutdown\r\n")
    async with asyncio.timeout(20):
        assert await server.process.wait() == 0
    ann.close()
