from __future__ import annotations

from bbsterm.protocol import Connection, LoggedOut, Logout, OptionCode, RequestOption, Role, Side


def test_a_server_agrees_and_tells_its_owner_to_hang_up():
    server = Connection(Role.SERVER, [Logout()])

    events = server.receive_data(b"\xff\xfd\x12")  # IAC DO LOGOUT

    assert LoggedOut() in events
    assert server.data_to_send() == b"\xff\xfb\x12"  # IAC WILL LOGOUT


def test_a_client_asks_and_is_told():
    client = Connection(Role.CLIENT, [Logout()])
    client.send(RequestOption(OptionCode.LOGOUT, Side.REMOTE))

    assert client.data_to_send() == b"\xff\xfd\x12"
    assert LoggedOut() in client.receive_data(b"\xff\xfb\x12")


def test_a_client_lets_a_server_log_it_out():
    client = Connection(Role.CLIENT, [Logout()])

    assert LoggedOut() in client.receive_data(b"\xff\xfb\x12")
    assert client.data_to_send() == b"\xff\xfd\x12"


def test_a_client_has_nobody_to_log_out():
    client = Connection(Role.CLIENT, [Logout()])
    client.receive_data(b"\xff\xfd\x12")

    assert client.data_to_send() == b"\xff\xfc\x12"
