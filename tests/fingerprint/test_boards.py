"""Boards over loopback, plain and behind TLS."""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import ssl

import pytest
import trustme

import bbsterm
from bbsterm.errors import BusyError, InsecureError
from bbsterm.fingerprint.boards import look
from bbsterm.fingerprint.server_probe import ProbeSettings
from bbsterm.net.address import Address
from bbsterm.net.tls import TlsSettings

QUICKLY = ProbeSettings(banner_quiet=0.2, mssp_wait=0.2)


async def board(reader, writer):
    writer.write("Welcome to the Attic\r\nlogin: ")
    await reader.read(1)


@pytest.fixture
async def server():
    async with await bbsterm.create_server("127.0.0.1", 0, shell=board, raw_silence=0.1) as made:
        yield made


def port_of(server):
    return server.sockets[0].getsockname()[1]


async def test_a_board_is_found_out(server):
    found = await look(Address("127.0.0.1", port_of(server)), QUICKLY)

    probe = found.document["server-probe"]
    assert "Welcome to the Attic" in probe["session_data"]["banner"]
    assert "SGA" in probe["fingerprint-data"]["offered-options"]
    assert "TTYPE" in probe["fingerprint-data"]["requested-options"]
    assert probe["session_data"]["dns"]["addresses"] == ["127.0.0.1"]
    assert probe["fingerprint"] == found.protocol
    assert json.dumps(found.document)


async def test_twice_is_the_same_hash_and_another_port_another_session(server):
    one = await look(Address("127.0.0.1", port_of(server)), QUICKLY)
    again = await look(Address("127.0.0.1", port_of(server)), QUICKLY)
    async with await bbsterm.create_server("127.0.0.1", 0, shell=board, raw_silence=0.1) as other:
        third = await look(Address("127.0.0.1", port_of(other)), QUICKLY)

    assert one.protocol == again.protocol == third.protocol
    assert one.session == again.session != third.session


async def test_tls_is_told_trusted_or_not():
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.configure_cert(context)
    der = ssl.PEM_cert_to_DER_cert(made.cert_chain_pems[0].bytes().decode())
    async with await bbsterm.create_server("127.0.0.1", 0, shell=board, ssl=context) as server:
        address = Address("127.0.0.1", port_of(server), "telnets")
        found = await look(address, QUICKLY, tls=TlsSettings(verify=False))
        with pytest.raises(InsecureError):
            await look(address, QUICKLY)

    told = found.document["server-probe"]["session_data"]["tls"]
    assert told["version"].startswith("TLSv1.")
    assert told["sha256"] == hashlib.sha256(der).hexdigest()
    assert told["names"] == ["127.0.0.1"]
    assert told["verified"] is False
    assert "expires" in told


async def test_nobody_there():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port = line.getsockname()[1]
        with pytest.raises(BusyError):
            await look(Address("127.0.0.1", port), QUICKLY)


@pytest.mark.parametrize("reset", [True, False])
async def test_a_board_that_hangs_up_at_once(reset):
    async def rude(reader, writer):
        writer.write(b"\xff\xfd\x18go away")  # IAC DO TTYPE
        await writer.drain()
        if reset:
            await reader.read(1)
            writer.transport.abort()
        writer.close()

    server = await asyncio.start_server(rude, "127.0.0.1", 0)
    async with server:
        found = await look(Address("127.0.0.1", port_of(server)), QUICKLY)

    probe = found.document["server-probe"]
    assert probe["fingerprint-data"]["requested-options"] == ["TTYPE"]
    assert probe["session_data"]["ended"]
    assert "go away" in probe["session_data"]["banner"]
