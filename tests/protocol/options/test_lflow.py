from __future__ import annotations

import pytest

from bbsterm.protocol import Connection, FlowControl, FlowControlChanged, ProtocolViolation, Role


def performing() -> Connection:
    client = Connection(Role.CLIENT, [FlowControl()])
    client.receive_data(b"\xff\xfd\x21")  # IAC DO LFLOW
    client.data_to_send()
    return client


@pytest.mark.parametrize(
    ("payload", "enabled", "restart_any"),
    [(b"\x00", False, False), (b"\x01", True, False), (b"\x02", True, True), (b"\x03", True, False)],
)
def test_a_client_heeds_all_four_commands(payload, enabled, restart_any):
    assert performing().receive_data(b"\xff\xfa\x21" + payload + b"\xff\xf0") == [
        FlowControlChanged(enabled, restart_any)
    ]


def test_one_command_does_not_undo_the_other():
    client = performing()
    client.receive_data(b"\xff\xfa\x21\x02\xff\xf0")  # RESTART-ANY

    assert client.receive_data(b"\xff\xfa\x21\x00\xff\xf0") == [FlowControlChanged(False, True)]  # OFF


@pytest.mark.parametrize(("restart_any", "payload"), [(False, b"\x03"), (True, b"\x02")])
def test_a_server_says_at_once_what_restarts_output(restart_any, payload):
    server = Connection(Role.SERVER, [FlowControl(restart_any=restart_any)])

    server.receive_data(b"\xff\xfb\x21")  # IAC WILL LFLOW

    assert server.data_to_send() == b"\xff\xfd\x21\xff\xfa\x21" + payload + b"\xff\xf0"


def test_a_server_turns_it_off_and_on():
    server = Connection(Role.SERVER, [FlowControl()])
    server.receive_data(b"\xff\xfb\x21")
    server.data_to_send()

    assert server.send(FlowControlChanged(enabled=False, restart_any=True))
    assert server.data_to_send() == b"\xff\xfa\x21\x00\xff\xf0\xff\xfa\x21\x02\xff\xf0"


@pytest.mark.parametrize("payload", [b"", b"\x04", b"\x00\x00"])
def test_what_is_no_flow_control_is_a_violation(payload):
    (event,) = performing().receive_data(b"\xff\xfa\x21" + payload + b"\xff\xf0")

    assert isinstance(event, ProtocolViolation)


def test_a_client_does_not_tell_a_server_what_to_do():
    server = Connection(Role.SERVER, [FlowControl()])
    server.receive_data(b"\xff\xfb\x21")

    (event,) = server.receive_data(b"\xff\xfa\x21\x01\xff\xf0")

    assert isinstance(event, ProtocolViolation)
