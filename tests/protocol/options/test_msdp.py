from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import Connection, Msdp, MsdpReceived, RequestOption, Role, Side
from bbsterm.testing import pair


def test_a_client_agrees_when_a_server_offers():
    client = Connection(Role.CLIENT, [Msdp()])

    client.receive_data(b"\xff\xfb\x45")

    assert client.data_to_send() == b"\xff\xfd\x45"


def test_nothing_is_sent_before_it_is_agreed_on():
    assert not Connection(Role.SERVER, [Msdp()]).send(MsdpReceived(b"x"))


@given(st.binary(max_size=80))
def test_payloads_arrive_as_they_are_both_ways(payload):
    both = pair(client=[Msdp()], server=[Msdp()])
    both.server.send(RequestOption(Msdp.code, Side.LOCAL))
    both.settle()

    both.server.send(MsdpReceived(payload))
    both.client.send(MsdpReceived(payload))
    both.settle()

    assert both.client_events[-1] == MsdpReceived(payload)
    assert both.server_events[-1] == MsdpReceived(payload)
