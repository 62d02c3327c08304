from __future__ import annotations

import pytest

from bbsterm.protocol import Binary, Connection, OptionCode, Role, Side


@pytest.mark.parametrize("role", Role)
def test_either_end_performs_it_for_what_it_sends(role):
    connection = Connection(role, [Binary()])

    connection.receive_data(b"\xff\xfd\x00\xff\xfb\x00")  # IAC DO BINARY IAC WILL BINARY

    assert connection.data_to_send() == b"\xff\xfb\x00\xff\xfd\x00"
    assert connection.enabled(OptionCode.BINARY, Side.LOCAL)
    assert connection.enabled(OptionCode.BINARY, Side.REMOTE)
