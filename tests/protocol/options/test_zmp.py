from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_ZMP_ARGUMENTS
from bbsterm.protocol import Connection, ProtocolViolation, RequestOption, Role, Side, Zmp, ZmpReceived
from bbsterm.testing import pair


def agreed() -> Connection:
    client = Connection(Role.CLIENT, [Zmp()])
    client.receive_data(b"\xff\xfb\x5d")  # IAC WILL ZMP
    client.data_to_send()
    return client


@pytest.mark.parametrize(
    ("wire", "event"),
    [
        (b"zmp.ping\0", ZmpReceived("zmp.ping")),
        (b"zmp.ident\0Demo\x001.0\0\0", ZmpReceived("zmp.ident", ("Demo", "1.0", ""))),
    ],
)
def test_a_command_and_its_arguments_both_ways(wire, event):
    client = agreed()

    assert client.receive_data(b"\xff\xfa\x5d" + wire + b"\xff\xf0") == [event]
    assert client.send(event)
    assert client.data_to_send() == b"\xff\xfa\x5d" + wire + b"\xff\xf0"


@pytest.mark.parametrize(
    "wire", [b"", b"zmp.ping", b"\0", b"\0a\0", b"a\0" + b"b\0" * (MAX_ZMP_ARGUMENTS + 1)]
)
def test_what_is_no_command_is_a_violation(wire):
    (event,) = agreed().receive_data(b"\xff\xfa\x5d" + wire + b"\xff\xf0")

    assert isinstance(event, ProtocolViolation)


words = st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"]), min_size=1, max_size=9)


@given(words, st.lists(words, max_size=5))
def test_every_command_arrives(command, arguments):
    both = pair(client=[Zmp()], server=[Zmp()])
    both.server.send(RequestOption(Zmp.code, Side.LOCAL))
    both.settle()

    both.server.send(ZmpReceived(command, tuple(arguments)))
    both.settle()

    assert both.client_events[-1] == ZmpReceived(command, tuple(arguments))
