from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import (
    ComPort,
    ComPortControl,
    ComPortReported,
    ComPortRequested,
    ComPortSignature,
    Connection,
    ProtocolViolation,
    Role,
)


def sb(payload: bytes) -> bytes:
    return b"\xff\xfa\x2c" + payload.replace(b"\xff", b"\xff\xff") + b"\xff\xf0"


def client() -> Connection:
    connection = Connection(Role.CLIENT, [ComPortControl("dialler 1")])
    connection.receive_data(b"\xff\xfb\x2c")  # IAC WILL COM-PORT
    connection.data_to_send()
    return connection


def server() -> Connection:
    connection = Connection(Role.SERVER, [ComPortControl("modem 1")])
    connection.receive_data(b"\xff\xfb\x2c")  # IAC WILL COM-PORT
    connection.data_to_send()
    return connection


@pytest.mark.parametrize(("verb", "answer"), [(b"\xfb", b"\xfd"), (b"\xfd", b"\xfb")])
def test_a_client_asks_for_the_signature_once(verb, answer):
    connection = Connection(Role.CLIENT, [ComPortControl()])

    connection.receive_data(b"\xff" + verb + b"\x2c")

    assert connection.data_to_send() == b"\xff" + answer + b"\x2c" + sb(b"\x00")


def test_a_server_signs_and_a_client_is_told():
    port = server()
    port.receive_data(sb(b"\x00"))

    assert port.data_to_send() == sb(b"\x64modem 1")
    assert client().receive_data(sb(b"\x64modem 1")) == [ComPortSignature("modem 1")]


def test_a_server_may_ask_who_calls():
    port, caller = server(), client()

    assert port.send(ComPortSignature(""))
    caller.receive_data(port.data_to_send())
    assert port.receive_data(caller.data_to_send()) == [ComPortSignature("dialler 1")]


@pytest.mark.parametrize(
    ("command", "value", "wire"),
    [
        (ComPort.BAUDRATE, 115200, b"\x01\x00\x01\xc2\x00"),
        (ComPort.DATASIZE, 7, b"\x02\x07"),
        (ComPort.PARITY, 3, b"\x03\x03"),
        (ComPort.STOPSIZE, 2, b"\x04\x02"),
        (ComPort.CONTROL, 8, b"\x05\x08"),
        (ComPort.LINESTATE_MASK, 255, b"\x0a\xff"),
        (ComPort.PURGE, 3, b"\x0c\x03"),
        (ComPort.SUSPEND, 0, b"\x08"),
    ],
)
def test_a_client_asks_in_bytes(command, value, wire):
    caller = client()

    assert caller.send(ComPortRequested(command, value))
    assert caller.data_to_send() == sb(wire)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (b"\x01\x00\x00\x4b\x00", b"\x65\x00\x00\x4b\x00"),  # 19200
        (b"\x01\x00\x00\x00\x00", b"\x65\x00\x00\x25\x80"),  # what is it? 9600
        (b"\x02\x07", b"\x66\x07"),
        (b"\x02\x09", b"\x66\x08"),  # nine data bits there are not
        (b"\x03\x00", b"\x67\x01"),
        (b"\x04\x03", b"\x68\x03"),
        (b"\x05\x08", b"\x69\x08"),  # DTR on
        (b"\x05\x07", b"\x69\x09"),  # DTR? off
        (b"\x05\x00", b"\x69\x01"),  # outbound flow control? none
        (b"\x0a\xff", b"\x6e\xff"),
        (b"\x0c\x03", b"\x70\x03"),
    ],
)
def test_a_virtual_port_answers_with_what_is_set_now(asked, answered):
    port = server()
    port.receive_data(sb(asked))

    assert port.data_to_send() == sb(answered)


def test_a_setting_is_told_and_kept():
    port = server()

    assert port.receive_data(sb(b"\x02\x07")) == [ComPortRequested(ComPort.DATASIZE, 7)]
    port.data_to_send()
    port.receive_data(sb(b"\x02\x00"))
    assert port.data_to_send() == sb(b"\x66\x07")


@pytest.mark.parametrize(("wire", "command"), [(b"\x08", ComPort.SUSPEND), (b"\x09", ComPort.RESUME)])
def test_flow_is_suspended_and_resumed_without_an_answer(wire, command):
    port = server()

    assert port.receive_data(sb(wire)) == [ComPortRequested(command)]
    assert port.data_to_send() == b""


def test_a_state_goes_out_if_its_mask_wants_it():
    port = server()

    assert not port.send(ComPortReported(ComPort.LINESTATE, 0x60))  # its mask begins empty
    assert port.send(ComPortReported(ComPort.MODEMSTATE, 0x80))
    assert port.data_to_send() == sb(b"\x6b\x80")
    port.receive_data(sb(b"\x0a\x20"))  # SET-LINESTATE-MASK
    port.data_to_send()
    assert port.send(ComPortReported(ComPort.LINESTATE, 0x60))


def test_a_client_is_told_states_and_settings():
    caller = client()

    assert caller.receive_data(sb(b"\x6b\xb0")) == [ComPortReported(ComPort.MODEMSTATE, 0xB0)]
    assert caller.receive_data(sb(b"\x65\x00\x00\x25\x80")) == [ComPortReported(ComPort.BAUDRATE, 9600)]


@pytest.mark.parametrize(
    "payload", [b"", b"\x65\x00\x00\x25\x80", b"\x01\x00", b"\x0d\x00", b"\x05\x7f", b"\x07\x00", b"\xc8\x00"]
)
def test_what_a_port_does_not_understand_is_a_violation(payload):
    (event,) = server().receive_data(sb(payload))

    assert isinstance(event, ProtocolViolation)
    assert event.source == "RFC 2217"


def test_opening_a_port_takes_more_answers_than_other_options_give():
    port = server()
    port.receive_data(sb(b"\x02\x07") * 50, now=1.0)

    assert port.data_to_send() == sb(b"\x66\x07") * 50


@given(st.binary(max_size=20))
def test_no_payload_raises(payload):
    client().receive_data(sb(payload))
    server().receive_data(sb(payload))
