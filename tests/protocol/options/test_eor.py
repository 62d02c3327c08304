from __future__ import annotations

import pytest

from bbsterm.protocol import (
    Command,
    CommandReceived,
    Connection,
    EndOfRecord,
    OptionCode,
    Role,
    Side,
    TextReceived,
)


@pytest.mark.parametrize("role", Role)
def test_either_end_may_mark_its_records(role):
    connection = Connection(role, [EndOfRecord()])

    connection.receive_data(b"\xff\xfd\x19\xff\xfb\x19")  # IAC DO EOR IAC WILL EOR

    assert connection.data_to_send() == b"\xff\xfb\x19\xff\xfd\x19"
    assert connection.enabled(OptionCode.EOR, Side.LOCAL)


def test_the_mark_is_a_command_between_two_texts():
    client = Connection(Role.CLIENT, [EndOfRecord()])

    assert client.receive_data(b"HP 99 >\xff\xefYou") == [
        TextReceived(b"HP 99 >"),
        CommandReceived(Command.EOR),
        TextReceived(b"You"),
    ]
