from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import (
    Connection,
    Naws,
    OptionCode,
    Policy,
    ProtocolViolation,
    RequestOption,
    Role,
    Side,
    WindowSize,
    WindowSizeChanged,
)
from bbsterm.testing import pair


def served() -> Connection:
    server = Connection(Role.SERVER, [Naws()])
    server.receive_data(b"\xff\xfb\x1f")  # IAC WILL NAWS
    server.data_to_send()
    return server


def test_a_server_learns_the_size():
    assert served().receive_data(b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0") == [
        WindowSizeChanged(WindowSize(80, 25))
    ]


def test_a_client_says_so_on_every_resize():
    client = Connection(Role.CLIENT, [Naws(WindowSize(80, 25))])
    client.receive_data(b"\xff\xfd\x1f")
    client.data_to_send()

    assert client.send(WindowSizeChanged(WindowSize(132, 50)))
    assert client.data_to_send() == b"\xff\xfa\x1f\x00\x84\x00\x32\xff\xf0"


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\x00\x50\x00", b"\x00\x50\x00\x19\x00"])
def test_a_size_of_another_length_is_a_violation(payload):
    events = served().receive_data(b"\xff\xfa\x1f" + payload + b"\xff\xf0")

    assert events == [ProtocolViolation("NAWS wants four bytes", payload, "RFC 1073")]


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFF))
def test_every_size_arrives(columns, rows):
    size = WindowSize(columns, rows)
    both = pair(client=[Naws(size)], server=[Naws()])
    both.server.send(RequestOption(OptionCode.NAWS, Side.REMOTE))

    both.settle()

    assert both.server_events[-1] == WindowSizeChanged(size)


@pytest.mark.parametrize("size", [(-1, 25), (80, 65536)])
def test_a_size_that_cannot_be_is_our_own_mistake(size):
    with pytest.raises(ValueError, match="65535"):
        WindowSize(*size)


def test_a_client_that_was_asked_to_stop_stops():
    client = Connection(Role.CLIENT, [Naws()])
    client.receive_data(b"\xff\xfd\x1f\xff\xfe\x1f")  # IAC DO NAWS IAC DONT NAWS
    client.data_to_send()

    assert not client.send(WindowSizeChanged(WindowSize(132, 50)))


def test_a_size_without_a_will_is_a_mistake_and_believed():
    server = Connection(Role.SERVER, [Naws()])

    events = server.receive_data(b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0")  # IAC SB NAWS 0 80 0 25 IAC SE

    assert [type(event) for event in events] == [ProtocolViolation, WindowSizeChanged]
    assert events[1] == WindowSizeChanged(WindowSize(80, 25))
    assert server.data_to_send() == b""


def test_a_size_that_we_never_want_is_not_believed():
    server = Connection(Role.SERVER, [Naws()], policy=Policy(always_dont=frozenset({OptionCode.NAWS})))

    events = server.receive_data(b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0")  # IAC SB NAWS 0 80 0 25 IAC SE

    assert [type(event) for event in events] == [ProtocolViolation]
