from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import Connection, Mxp, MxpReceived, RequestOption, Role, Side
from bbsterm.testing import pair


def test_a_client_agrees_when_a_server_offers():
    client = Connection(Role.CLIENT, [Mxp()])

    client.receive_data(b"\xff\xfb\x5b")

    assert client.data_to_send() == b"\xff\xfd\x5b"


def test_nothing_is_sent_before_it_is_agreed_on():
    assert not Connection(Role.SERVER, [Mxp()]).send(MxpReceived(b"x"))


@given(st.binary(max_size=80))
def test_payloads_arrive_as_they_are_both_ways(payload):
    both = pair(client=[Mxp()], server=[Mxp()])
    both.server.send(RequestOption(Mxp.code, Side.LOCAL))
    both.settle()

    both.server.send(MxpReceived(payload))
    both.client.send(MxpReceived(payload))
    both.settle()

    assert both.client_events[-1] == MxpReceived(payload)
    assert both.server_events[-1] == MxpReceived(payload)
