from __future__ import annotations

import pytest

from bbsterm.protocol import Connection, Mccp1, OptionDeclined, Role, Side


@pytest.mark.parametrize("role", Role)
def test_it_is_known_and_refused_once_on_both_sides(role):
    connection = Connection(role, [Mccp1()])

    events = connection.receive_data(b"\xff\xfb\x55\xff\xfd\x55" * 3)

    assert events == [OptionDeclined(Mccp1.code, side) for side in (Side.REMOTE, Side.LOCAL)]
    assert connection.data_to_send() == b"\xff\xfe\x55\xff\xfc\x55"


def test_its_subnegotiations_are_not_followed():
    connection = Connection(Role.CLIENT, [Mccp1()])

    (violation, text) = connection.receive_data(b"\xff\xfa\x55\x01\x02\xff\xf0text")

    assert violation.source == "RFC 855"
    assert text.data == b"text"
    assert connection.data_to_send() == b""
