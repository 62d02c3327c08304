from __future__ import annotations

import pytest

from bbsterm.protocol import Authentication, Connection, OptionDeclined, Role, Side


@pytest.mark.parametrize("role", Role)
def test_it_is_known_and_refused_once_on_both_sides(role):
    connection = Connection(role, [Authentication()])

    events = connection.receive_data(b"\xff\xfb\x25\xff\xfd\x25" * 3)

    assert events == [
        OptionDeclined(Authentication.code, Side.REMOTE),
        OptionDeclined(Authentication.code, Side.LOCAL),
    ]
    assert connection.data_to_send() == b"\xff\xfe\x25\xff\xfc\x25"


def test_its_subnegotiations_are_not_followed():
    connection = Connection(Role.CLIENT, [Authentication()])

    (violation, text) = connection.receive_data(b"\xff\xfa\x25\x01\x02\xff\xf0text")

    assert violation.source == "RFC 855"
    assert text.data == b"text"
    assert connection.data_to_send() == b""
