from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import Connection, Msp, MspReceived, RequestOption, Role, Side
from bbsterm.testing import pair


def test_a_client_agrees_when_a_server_offers():
    client = Connection(Role.CLIENT, [Msp()])

    client.receive_data(b"\xff\xfb\x5a")

    assert client.data_to_send() == b"\xff\xfd\x5a"


def test_nothing_is_sent_before_it_is_agreed_on():
    assert not Connection(Role.SERVER, [Msp()]).send(MspReceived(b"x"))


@given(st.binary(max_size=80))
def test_payloads_arrive_as_they_are_both_ways(payload):
    both = pair(client=[Msp()], server=[Msp()])
    both.server.send(RequestOption(Msp.code, Side.LOCAL))
    both.settle()

    both.server.send(MspReceived(payload))
    both.client.send(MspReceived(payload))
    both.settle()

    assert both.client_events[-1] == MspReceived(payload)
    assert both.server_events[-1] == MspReceived(payload)
