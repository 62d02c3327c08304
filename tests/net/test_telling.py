"""What a client tells is asked of a function whenever the server asks."""

from __future__ import annotations

import pytest

from bbsterm.net import TelnetClient, TelnetWriter
from bbsterm.net.telling import ask_whenever_asked, clamped
from bbsterm.protocol import Connection
from bbsterm.protocol.vocabulary import Role
from bbsterm.telopt import (
    CHARSET,
    DO,
    IAC,
    NAWS,
    NEW_ENVIRON,
    SB,
    SE,
    SNDLOC,
    TSPEED,
    TTYPE,
    WILL,
    WONT,
    XDISPLOC,
)

IS, SEND = b"\x00", b"\x01"


@pytest.mark.parametrize(
    ("cells", "told"), [(80, 80), (80.5, 80), ("80", 80), (-1, 0), (1e9, 65535), (10**9, 65535)]
)
def test_any_size_is_one_that_can_be_told(cells, told):
    assert clamped(cells) == told


@pytest.mark.parametrize(
    ("option", "function", "answer"),
    [
        (TTYPE, lambda: "vt52", IS + b"vt52"),
        (TSPEED, lambda: (300, 1200), IS + b"300,1200"),
        (XDISPLOC, lambda: "here:0", IS + b"here:0"),
        (NEW_ENVIRON, lambda keys: {"USER": "ann", "EMPTY": ""}, IS + b"\x00USER\x01ann"),
    ],
)
@pytest.mark.parametrize("make", [lambda t: TelnetWriter(t, None, client=True), None])
async def test_a_function_answers(connect, transport, option, function, answer, make):
    if make is None:
        client = connect(TelnetClient())
        writer, take = client.writer, client.data_received
    else:
        writer = make(transport)
        take = writer._feed
    take(IAC + DO + option)
    transport.take()

    writer.set_ext_send_callback(option, function)
    take(IAC + SB + option + SEND + IAC + SE)

    assert transport.take() == IAC + SB + option + answer + IAC + SE


async def test_the_window_is_told_as_it_is_then(transport):
    writer = TelnetWriter(transport, None, client=True)
    writer.set_ext_send_callback(NAWS, lambda: (-1, 70_000))

    writer.handle_do(NAWS)

    window = b"\xff\xff\xff\xff\x00\x00"  # 65535 columns, doubled, and no rows
    assert transport.take() == IAC + WILL + NAWS + IAC + SB + NAWS + window + IAC + SE


async def test_who_has_a_location_performs_it(transport):
    writer = TelnetWriter(transport, None, client=True)
    assert not writer.handle_do(SNDLOC)
    assert transport.take() == IAC + WONT + SNDLOC

    other = TelnetWriter(transport, None, client=True)
    other.set_ext_send_callback(SNDLOC, lambda: "Room 101")
    other.handle_do(SNDLOC)
    assert transport.take() == IAC + WILL + SNDLOC + IAC + SB + SNDLOC + b"Room 101" + IAC + SE


async def test_a_function_sees_what_is_offered_and_asked_for(transport):
    writer = TelnetWriter(transport, None, client=True)
    heard = []
    writer.set_ext_send_callback(CHARSET, lambda offered: heard.append(offered) or offered[-1])
    writer.set_ext_send_callback(NEW_ENVIRON, lambda keys: heard.append(keys) or {})
    writer._feed(IAC + WILL + CHARSET + IAC + DO + NEW_ENVIRON)
    heard.clear()

    writer._feed(IAC + SB + CHARSET + b"\x01;A;CP437" + IAC + SE)
    writer._feed(IAC + SB + NEW_ENVIRON + SEND + b"\x00USER\x03SHELL" + IAC + SE)
    writer._feed(IAC + SB + NEW_ENVIRON + SEND + IAC + SE)

    assert heard == [["A", "CP437"], ["USER", "SHELL"], []]
    assert IAC + SB + CHARSET + b"\x02CP437" + IAC + SE in transport.take()


def test_what_cannot_be_told_is_said():
    connection = Connection(Role.CLIENT)

    assert not ask_whenever_asked(connection, TTYPE[0], str)


async def test_a_subclass_is_asked_anew_each_time(connect, transport):
    class Changing(TelnetClient):
        names = iter(("one", "two"))

        def send_ttype(self):
            return next(self.names)

    client = connect(Changing())
    client.data_received(IAC + DO + TTYPE)
    transport.take()

    client.data_received(IAC + SB + TTYPE + SEND + IAC + SE)

    assert transport.take() == IAC + SB + TTYPE + IS + b"two" + IAC + SE
