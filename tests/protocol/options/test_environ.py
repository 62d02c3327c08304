from __future__ import annotations

from bbsterm.protocol import Connection, Environ, EnvironReceived, NewEnviron, Role


def sb(payload: bytes) -> bytes:
    return b"\xff\xfa\x24" + payload + b"\xff\xf0"


def told() -> Connection:
    client = Connection(Role.CLIENT, [Environ({"USER": "ann"})])
    client.receive_data(b"\xff\xfd\x24")  # IAC DO ENVIRON
    client.data_to_send()
    return client


def test_we_begin_as_the_rfc_spells_it():
    client = told()
    client.receive_data(sb(b"\x01\x00USER"))  # SEND VAR "USER"

    assert client.data_to_send() == sb(b"\x00\x00USER\x01ann")  # IS VAR "USER" VALUE "ann"


def test_a_server_with_var_and_value_exchanged_is_answered_in_its_own_way():
    client = told()
    client.receive_data(sb(b"\x01\x01USER"))  # SEND, and VAR is 1 here

    assert client.data_to_send() == sb(b"\x00\x01USER\x00ann")


def test_a_client_with_var_and_value_exchanged_is_understood():
    server = Connection(Role.SERVER, [Environ(ask=["USER"])])
    server.receive_data(b"\xff\xfb\x24")  # IAC WILL ENVIRON

    assert server.receive_data(sb(b"\x00\x01USER\x00ann\x03LANG\x00C")) == [
        EnvironReceived((("USER", "ann"),), (("LANG", "C"),))
    ]


def test_escaped_bytes_are_not_exchanged():
    server = Connection(Role.SERVER, [Environ(ask=["USER"])])
    server.receive_data(b"\xff\xfb\x24")

    assert server.receive_data(sb(b"\x00\x01USER\x00a\x02\x00b\x02\x01c")) == [
        EnvironReceived((("USER", "a\x00b\x01c"),), ())
    ]


def test_one_environment_is_enough():
    client = Connection(Role.CLIENT, [NewEnviron({"USER": "ann"}), Environ({"USER": "ann"})])

    client.receive_data(b"\xff\xfd\x27\xff\xfd\x24")  # IAC DO NEW-ENVIRON IAC DO ENVIRON

    assert client.data_to_send() == b"\xff\xfb\x27\xff\xfc\x24"  # IAC WILL NEW-ENVIRON IAC WONT ENVIRON
