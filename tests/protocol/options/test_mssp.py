from __future__ import annotations

from bbsterm.protocol import Connection, Mssp, MsspReceived, ProtocolViolation, Role

ENTRY = b"\x01NAME\x02Demo\x01PLAYERS\x023"


def test_a_server_sends_its_entry_as_soon_as_it_is_wanted():
    server = Connection(Role.SERVER, [Mssp(ENTRY)])

    server.receive_data(b"\xff\xfd\x46")  # IAC DO MSSP

    assert server.data_to_send() == b"\xff\xfb\x46\xff\xfa\x46" + ENTRY + b"\xff\xf0"


def test_a_client_is_told():
    client = Connection(Role.CLIENT, [Mssp()])

    events = client.receive_data(b"\xff\xfb\x46\xff\xfa\x46" + ENTRY + b"\xff\xf0")

    assert events[-1] == MsspReceived(ENTRY)


def test_a_server_may_send_it_again():
    server = Connection(Role.SERVER, [Mssp()])
    server.receive_data(b"\xff\xfd\x46")
    server.data_to_send()

    assert server.send(MsspReceived(ENTRY))
    assert server.data_to_send() == b"\xff\xfa\x46" + ENTRY + b"\xff\xf0"


def test_a_client_has_no_entry():
    server = Connection(Role.SERVER, [Mssp()])
    server.receive_data(b"\xff\xfd\x46")

    (event,) = server.receive_data(b"\xff\xfa\x46" + ENTRY + b"\xff\xf0")

    assert isinstance(event, ProtocolViolation)
