from __future__ import annotations

import pytest

from bbsterm.protocol import Connection, Encrypt, OptionDeclined, Role, Side


@pytest.mark.parametrize("role", Role)
def test_it_is_known_and_refused_once_on_both_sides(role):
    connection = Connection(role, [Encrypt()])

    events = connection.receive_data(b"\xff\xfb\x26\xff\xfd\x26" * 3)

    assert events == [OptionDeclined(Encrypt.code, side) for side in (Side.REMOTE, Side.LOCAL)]
    assert connection.data_to_send() == b"\xff\xfe\x26\xff\xfc\x26"


def test_its_subnegotiations_are_not_followed():
    connection = Connection(Role.CLIENT, [Encrypt()])

    (violation, text) = connection.receive_data(b"\xff\xfa\x26\x01\x02\xff\xf0text")

    assert violation.source == "RFC 855"
    assert text.data == b"text"
    assert connection.data_to_send() == b""
