"""What is wrong in a call is said by that call, in words, and nothing is left open."""

from __future__ import annotations

import asyncio
import gc
import ipaddress
import ssl

import pytest

from bbsterm.net import create_server, open_connection
from bbsterm.net.arguments import networks
from bbsterm.telopt import BINARY

WRONG = [
    ({"shell": "package.shell"}, TypeError, "shell= is a function"),
    ({"encoding": "klingon"}, LookupError, "klingon"),
    ({"encoding": "hex"}, LookupError, "not a text encoding"),
    ({"encoding": True}, TypeError, "or False for bytes"),
    ({"encoding": 437}, TypeError, "or False for bytes"),
    ({"encoding_errors": "ignroe"}, LookupError, "ignroe"),
    ({"limit": 0}, ValueError, "from 1 up"),
    ({"limit": -1}, ValueError, "from 1 up"),
    ({"ssl": "cert.pem"}, TypeError, "ssl= is an ssl.SSLContext"),
]


@pytest.mark.parametrize(("argument", "kind", "words"), WRONG)
async def test_a_wrong_argument_is_said_at_the_call(argument, kind, words):
    with pytest.raises(kind, match=words):
        await create_server("127.0.0.1", 0, **argument)
    async with await create_server("127.0.0.1", 0) as server:
        with pytest.raises(kind, match=words):
            await open_connection(*server.sockets[0].getsockname(), **argument)
        assert server.clients == []  # nobody was called


@pytest.mark.parametrize(
    ("argument", "kind"),
    [({"timeout": "3"}, TypeError), ({"timeout": -1}, ValueError), ({"proxies": ["here"]}, ValueError)],
)
async def test_a_server_s_own_arguments_are_looked_at_too(argument, kind):
    with pytest.raises(kind):
        await create_server("127.0.0.1", 0, **argument)


async def test_no_time_out_at_all_has_two_spellings():
    for timeout in (0, None):
        async with await create_server("127.0.0.1", 0, timeout=timeout) as server:
            _, writer = await open_connection(*server.sockets[0].getsockname())
            client = await server.wait_for_client()
            assert client.get_extra_info("timeout") == 0
            writer.close()
            await writer.wait_closed()


@pytest.mark.parametrize("given", ["10.0.0.0/8", ["10.0.0.0/8"], [ipaddress.ip_network("10.0.0.0/8")]])
def test_networks_are_given_as_such_or_as_text(given):
    assert networks(given) == (ipaddress.ip_network("10.0.0.0/8"),)


@pytest.mark.parametrize("argument", [{"client_factory": object}, {"send_environ": "TERM"}])
async def test_a_client_that_cannot_be_made_calls_nobody(argument):
    with pytest.raises(TypeError):
        await open_connection("127.0.0.1", 1, **argument)


async def test_numbers_for_names_are_told_as_text():
    async with await create_server("127.0.0.1", 0) as server:
        _, writer = await open_connection(*server.sockets[0].getsockname(), term=5, tspeed=9600)
        client = await server.wait_for_client()
        assert client.get_extra_info("TERM") == "5"
        await client.writer.wait_for(remote={"BINARY": True})
        writer.close()
        await writer.wait_closed()


async def test_a_plain_server_is_asked_for_tls():
    async with await create_server("127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        for where in (host, "localhost"):
            with pytest.raises(OSError, match="does it speak TLS on this port"):
                await open_connection(where, port, family=2, ssl=True)
    gc.collect()  # a socket that was left would say so now


async def test_text_and_bytes_are_not_taken_for_each_other():
    async with await create_server("127.0.0.1", 0) as server:
        address = server.sockets[0].getsockname()
        _, text = await open_connection(*address)
        _, raw = await open_connection(*address, encoding=False)
        with pytest.raises(TypeError, match="one of text, not bytes"):
            text.write(b"bytes")
        with pytest.raises(TypeError, match=r"one of bytes .*, not str"):
            raw.write("text")
        for writer in (text, raw):
            writer.close()
            await writer.wait_closed()


async def test_options_are_waited_for_by_name_or_as_such():
    async with await create_server("127.0.0.1", 0) as server:
        _, writer = await open_connection(*server.sockets[0].getsockname())
        assert await writer.wait_for(remote={BINARY: True}, local={"binary": True})
        writer.close()
        await writer.wait_closed()


async def test_a_closed_server_serves_nobody_and_says_so():
    server = await create_server("127.0.0.1", 0)
    waiting = asyncio.create_task(server.wait_for_client())
    await asyncio.sleep(0)
    server.close()
    await server.wait_closed()

    with pytest.raises(RuntimeError, match="server is closed"):
        await waiting
    for late in (server.wait_for_client, server.start_serving, server.serve_forever):
        with pytest.raises(RuntimeError, match="server is closed"):
            await late()


async def test_a_certificate_s_context_is_no_caller_s(tls):
    async with await create_server("127.0.0.1", 0, ssl=tls.server) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ssl.SSLError):
            await open_connection("localhost", port, family=2, ssl=tls.server)
    gc.collect()
