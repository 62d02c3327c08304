from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import (
    ALL,
    Connection,
    Echo,
    Naws,
    OptionCode,
    Policy,
    ProtocolViolation,
    ReportRequested,
    Role,
    Side,
    Status,
    StatusReceived,
    WindowSize,
)
from bbsterm.testing import pair

SEND = b"\xff\xfa\x05\x01\xff\xf0"


def asked() -> Connection:
    """A client whose server performs STATUS."""
    client = Connection(Role.CLIENT, [Status()])
    client.receive_data(b"\xff\xfb\x05")  # IAC WILL STATUS
    client.data_to_send()
    return client


def test_the_performer_lists_what_both_ends_perform():
    server = Connection(Role.SERVER, [Status(), Echo(), Naws()])
    server.receive_data(b"\xff\xfd\x05\xff\xfd\x01\xff\xfb\x1f")  # DO STATUS, DO ECHO, WILL NAWS
    server.data_to_send()

    server.receive_data(SEND)

    assert server.data_to_send() == (
        b"\xff\xfa\x05\x00"  # IAC SB STATUS IS
        b"\xfb\x01\xfb\x05\xfd\x1f"  # WILL ECHO WILL STATUS DO NAWS
        b"\xff\xf0"
    )


def test_options_with_parameters_have_a_block_and_se_is_doubled_inside():
    client = Connection(Role.CLIENT, [Status(), Naws(WindowSize(240, 25))])
    client.receive_data(b"\xff\xfd\x05\xff\xfd\x1f")  # IAC DO STATUS IAC DO NAWS
    client.data_to_send()

    client.receive_data(SEND)

    assert b"\xfa\x1f\x00\xf0\xf0\x00\x19\xf0\xff\xf0" in client.data_to_send()


def test_an_option_with_the_number_of_se_is_doubled():
    server = Connection(Role.SERVER, [Status()], policy=Policy(always_will=frozenset({240})))
    server.receive_data(b"\xff\xfd\x05\xff\xfd\xf0")  # IAC DO STATUS IAC DO 240
    server.data_to_send()

    server.receive_data(SEND)

    assert server.data_to_send() == b"\xff\xfa\x05\x00\xfb\x05\xfb\xf0\xf0\xff\xf0"


def test_a_status_is_read_with_its_blocks():
    listed = b"\xfb\x01\xfc\x03\xfd\x18\xfe\x21\xfa\x1f\x00\xf0\xf0\x00\x19\xf0\xfd\xf0\xf0"

    assert asked().receive_data(b"\xff\xfa\x05\x00" + listed + b"\xff\xf0") == [
        StatusReceived(local=(24, 240), remote=(1,), parameters=((31, b"\x00\xf0\x00\x19"),))
    ]


@pytest.mark.parametrize("listed", [b"\xfb", b"\x01\xfb", b"\xfa\x1f\x00", b"\xfb\xf0", b"\xfa\xf0"])
def test_a_status_that_cannot_be_read_is_a_violation(listed):
    (event,) = asked().receive_data(b"\xff\xfa\x05\x00" + listed + b"\xff\xf0")

    assert isinstance(event, ProtocolViolation)


@given(st.binary(max_size=60))
def test_no_status_raises(listed):
    asked().receive_data(b"\xff\xfa\x05\x00" + listed.replace(b"\xff", b"\xff\xff") + b"\xff\xf0")


def test_only_the_performer_answers():
    client = asked()
    (event,) = client.receive_data(SEND)

    assert isinstance(event, ProtocolViolation)
    assert client.data_to_send() == b""


def test_two_ends_agree_on_what_they_agreed_on():
    both = pair(client=[option() for option in ALL], server=[option() for option in ALL])
    both.server.begin()
    both.client.receive_data(b"\xff\xfb\x05")
    both.server.receive_data(b"\xff\xfd\x05")
    both.settle()

    assert both.client.send(ReportRequested(OptionCode.STATUS))
    both.settle()

    (status,) = (event for event in both.client_events if isinstance(event, StatusReceived))
    assert status.local == tuple(code for code in range(256) if both.client.enabled(code, Side.LOCAL))
    assert status.remote == tuple(code for code in range(256) if both.client.enabled(code, Side.REMOTE))
