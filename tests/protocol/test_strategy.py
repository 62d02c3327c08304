from __future__ import annotations

import pytest

from bbsterm.protocol import (
    SERVER,
    STANDARD,
    Binary,
    Connection,
    Echo,
    Moment,
    Naws,
    Offer,
    OptionCode,
    Role,
    Side,
    Strategy,
    TerminalType,
)

WILL_TTYPE = b"\xff\xfb\x18"
TTYPE_IS = b"\xff\xfa\x18\x00%s\xff\xf0"


def greet(*options: type, strategy: Strategy = SERVER) -> Connection:
    server = Connection(Role.SERVER, [option() for option in options], strategy=strategy)
    server.begin()
    return server


def test_a_client_starts_nothing():
    client = Connection(Role.CLIENT, [option() for option in STANDARD])

    client.begin()
    client.receive_data(b"220 ready\r\n")

    assert client.data_to_send() == b""


def test_a_server_asks_one_question_first():
    assert greet(*STANDARD).data_to_send() == b"\xff\xfd\x18"  # IAC DO TTYPE


def test_a_raw_peer_is_asked_nothing_more():
    server = greet(*STANDARD)
    server.data_to_send()

    server.receive_data(b"GET / HTTP/1.0\r\n\r\n")

    assert server.data_to_send() == b""


@pytest.mark.parametrize("answer", [WILL_TTYPE, b"\xff\xfc\x18", b"\xff\xfb\xa0"])
def test_any_negotiation_proves_that_the_peer_speaks_telnet(answer):
    server = greet(Naws)

    server.receive_data(answer)

    assert b"\xff\xfd\x1f" in server.data_to_send()  # IAC DO NAWS


def test_echo_is_offered_once_the_terminal_is_known():
    server = greet(TerminalType, Echo)
    server.receive_data(WILL_TTYPE)
    before = server.data_to_send()

    server.receive_data(TTYPE_IS % b"xterm")

    assert b"\xff\xfb\x01" not in before
    assert b"\xff\xfb\x01" in server.data_to_send()  # IAC WILL ECHO


@pytest.mark.parametrize("name", [b"TINTIN++", b"Mudlet", b"MUSHclient"])
def test_mud_clients_are_spared_echo(name):
    server = greet(TerminalType, Echo)
    server.receive_data(WILL_TTYPE + TTYPE_IS % name)

    assert b"\xff\xfb\x01" not in server.data_to_send()


def test_a_terminal_that_will_not_say_its_name_gets_echo():
    server = greet(TerminalType, Echo)

    server.receive_data(b"\xff\xfc\x18")  # IAC WONT TTYPE

    assert b"\xff\xfb\x01" in server.data_to_send()


def test_nothing_is_offered_twice():
    server = greet(TerminalType, Naws)
    server.receive_data(WILL_TTYPE)
    server.data_to_send()

    server.receive_data(b"\xff\xfb\xa0\xff\xfb\xa1")

    assert b"\xff\xfd\x1f" not in server.data_to_send()


def test_options_that_the_connection_lacks_are_not_offered():
    assert greet(Naws).data_to_send() == b""


def test_a_strategy_is_data():
    strategy = Strategy((Offer(OptionCode.ECHO, Side.LOCAL, Moment.START),))

    assert greet(Echo, strategy=strategy).data_to_send() == b"\xff\xfb\x01"


def test_before_begin_a_server_only_answers():
    server = Connection(Role.SERVER, [TerminalType(), Naws()])

    server.receive_data(b"\xff\xfb\x1f")  # IAC WILL NAWS

    assert server.data_to_send() == b"\xff\xfd\x1f"  # IAC DO NAWS


def test_an_offer_may_wait_for_another_option():
    server = greet(TerminalType, Binary)
    server.receive_data(WILL_TTYPE)
    before = server.data_to_send()

    server.receive_data(b"\xff\xfd\x00")  # IAC DO BINARY

    assert b"\xff\xfb\x00" in before
    assert b"\xff\xfd\x00" not in before
    assert server.data_to_send() == b"\xff\xfd\x00"


def test_what_was_waited_for_in_vain_is_not_asked():
    server = greet(TerminalType, Binary)
    server.receive_data(WILL_TTYPE + TTYPE_IS % b"TINTIN++" * 2)

    server.receive_data(b"\xff\xfe\x00")  # IAC DONT BINARY

    assert server.settled
