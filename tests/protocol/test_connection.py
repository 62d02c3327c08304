from __future__ import annotations

from bbsterm.protocol import (
    Binary,
    Connection,
    Naws,
    OptionChanged,
    OptionCode,
    Role,
    Side,
    TextReceived,
    WindowSize,
)


def test_client_reports_its_window_as_soon_as_the_server_asks():
    client = Connection(Role.CLIENT, options=[Naws(WindowSize(columns=80, rows=25))])

    events = client.receive_data(b"\xff\xfd\x1f")  # IAC DO NAWS

    assert events == [OptionChanged(OptionCode.NAWS, Side.LOCAL, enabled=True)]
    assert client.data_to_send() == (
        b"\xff\xfb\x1f"  # IAC WILL NAWS
        b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0"  # IAC SB NAWS 0 80 0 25 IAC SE
    )


def test_a_255_column_window_is_escaped_on_the_wire():
    client = Connection(Role.CLIENT, options=[Naws(WindowSize(columns=255, rows=25))])

    client.receive_data(b"\xff\xfd\x1f")  # IAC DO NAWS

    assert b"\xff\xfa\x1f\x00\xff\xff\x00\x19\xff\xf0" in client.data_to_send()


def test_cr_nul_is_cr_even_when_split():
    client = Connection(Role.CLIENT)

    events = client.receive_data(b"one\r") + client.receive_data(b"\0two\r\0")

    assert events == [TextReceived(b"one\r"), TextReceived(b"two\r")]


def test_binary_leaves_bytes_alone():
    client = Connection(Role.CLIENT, options=[Binary()])

    events = client.receive_data(b"\xff\xfb\x00\r\0\xff\xff")  # IAC WILL BINARY

    assert events == [OptionChanged(OptionCode.BINARY, Side.REMOTE, enabled=True), TextReceived(b"\r\0\xff")]
