from __future__ import annotations

from bbsterm.protocol import Connection, Echo, OptionCode, Role, Side


def test_a_server_may_echo():
    client = Connection(Role.CLIENT, [Echo()])

    client.receive_data(b"\xff\xfb\x01")  # IAC WILL ECHO

    assert client.data_to_send() == b"\xff\xfd\x01"
    assert client.enabled(OptionCode.ECHO, Side.REMOTE)


def test_a_client_never_echoes_to_the_server():
    client = Connection(Role.CLIENT, [Echo()])

    client.receive_data(b"\xff\xfd\x01")  # IAC DO ECHO

    assert client.data_to_send() == b"\xff\xfc\x01"


def test_a_server_does_not_want_its_own_text_back():
    server = Connection(Role.SERVER, [Echo()])

    server.receive_data(b"\xff\xfb\x01")  # IAC WILL ECHO

    assert server.data_to_send() == b"\xff\xfe\x01"
