from __future__ import annotations

import pytest

from bbsterm.protocol import Connection, OptionCode, Role, Side, SuppressGoAhead


@pytest.mark.parametrize("role", Role)
def test_either_end_may_leave_its_go_aheads_out(role):
    connection = Connection(role, [SuppressGoAhead()])

    connection.receive_data(b"\xff\xfd\x03\xff\xfb\x03")  # IAC DO SGA IAC WILL SGA

    assert connection.data_to_send() == b"\xff\xfb\x03\xff\xfd\x03"
    assert connection.enabled(OptionCode.SGA, Side.LOCAL)
    assert connection.enabled(OptionCode.SGA, Side.REMOTE)
