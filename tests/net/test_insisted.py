"""What a writer insists on: sets that change the policy of one connection."""

from __future__ import annotations

import pytest_asyncio

from bbsterm.net import TelnetClient, TelnetServer
from bbsterm.protocol.policy import Policy
from bbsterm.telopt import (
    DO,
    DONT,
    ECHO,
    IAC,
    MCCP2_COMPRESS,
    MCCP3_COMPRESS,
    MSDP,
    NAWS,
    SB,
    SE,
    SGA,
    TTYPE,
    WILL,
    WONT,
)


@pytest_asyncio.fixture
async def client(connect, transport):
    made = connect(TelnetClient())
    transport.take()
    return made


async def test_an_option_that_is_insisted_on_is_agreed_to_and_understood(client, transport):
    client.data_received(IAC + WILL + MSDP)
    assert transport.take() == IAC + DONT + MSDP
    assert client.writer.rejected_will == {MSDP}

    client.writer.always_do.add(MSDP)
    client.writer.iac(DO, MSDP)
    client.data_received(IAC + WILL + MSDP + IAC + SB + MSDP + b"\x01HP\x02" + b"9" * 20_000 + IAC + SE)

    assert transport.take() == IAC + DO + MSDP
    assert client.writer.ctx.msdp_data == {"HP": "9" * 20_000}
    assert client.writer.rejected_will == set()


async def test_an_option_that_nobody_knows_is_agreed_to_when_asked(client, transport):
    client.writer.always_will.add(b"\xc8")
    client.writer.passive_do.add(b"\xc9")

    client.data_received(IAC + DO + b"\xc8")

    assert transport.take() == IAC + WILL + b"\xc8"
    assert list(client.writer.always_do) == [b"\xc9"]


async def test_never_is_never(client, transport):
    client.writer.always_wont.update((NAWS, SGA))
    client.writer.always_dont.add(ECHO)

    client.data_received(IAC + DO + NAWS + IAC + WILL + ECHO)

    assert transport.take() == IAC + WONT + NAWS + IAC + DONT + ECHO
    assert (client.writer.rejected_do, client.writer.rejected_will) == ({NAWS}, {ECHO})


async def test_sets_can_be_assigned_and_emptied_and_others_keep_theirs(client, connect):
    client.writer.always_do = {ECHO, MSDP}
    client.writer.always_do = [MSDP]
    assert client.writer.always_do == {MSDP}
    assert repr(client.writer.always_do) == "<always_do: MSDP>"
    assert client.connection.policy == Policy(always_do=frozenset(MSDP))

    client.writer.always_do.discard(MSDP)

    assert len(client.writer.always_do) == 0
    assert client.connection.policy == Policy()


async def test_compression_is_asked_for(connect, transport):
    server = connect(TelnetServer())
    server.writer.compression = True
    transport.take()

    server.data_received(IAC + WILL + TTYPE)

    assert server.writer.compression is True
    assert IAC + WILL + MCCP2_COMPRESS in transport.take()


async def test_compression_is_refused_and_agreed_to_again(client, transport):
    assert client.writer.compression is None
    client.writer.compression = False
    client.data_received(IAC + WILL + MCCP2_COMPRESS)
    assert transport.take() == IAC + DONT + MCCP2_COMPRESS
    assert client.writer.compression is False

    client.writer.compression = None

    assert client.writer.compression is None
    client.writer.iac(DO, MCCP2_COMPRESS)
    client.data_received(IAC + WILL + MCCP2_COMPRESS + IAC + SB + MCCP2_COMPRESS + IAC + SE)
    assert client.writer.mccp2_active
    assert not client.writer.mccp3_active
    assert MCCP3_COMPRESS not in client.writer.always_dont
