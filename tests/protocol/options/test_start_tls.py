from __future__ import annotations

import pytest

from bbsterm.protocol import Connection, OptionDeclined, Role, Side, StartTls


@pytest.mark.parametrize("role", Role)
def test_it_is_known_and_refused_once_on_both_sides(role):
    connection = Connection(role, [StartTls()])

    events = connection.receive_data(b"\xff\xfb\x2e\xff\xfd\x2e" * 3)

    assert events == [OptionDeclined(StartTls.code, side) for side in (Side.REMOTE, Side.LOCAL)]
    assert connection.data_to_send() == b"\xff\xfe\x2e\xff\xfc\x2e"


def test_its_subnegotiations_are_not_followed():
    connection = Connection(Role.CLIENT, [StartTls()])

    (violation, text) = connection.receive_data(b"\xff\xfa\x2e\x01\x02\xff\xf0text")

    assert violation.source == "RFC 855"
    assert text.data == b"text"
    assert connection.data_to_send() == b""
