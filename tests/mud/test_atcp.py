from __future__ import annotations

import pytest

from bbsterm.mud import atcp_decode, atcp_encode


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"Room.Exits ne,sw,nw", ("Room.Exits", "ne,sw,nw")),
        (b"Room.Name The Grand Hall", ("Room.Name", "The Grand Hall")),
        (b"Room.Brief\nA hall", ("Room.Brief", "A hall")),
        (b"Conn.MXP", ("Conn.MXP", "")),
        (b"Room.Name Caf\xe9", ("Room.Name", "Caf\xe9")),
        (b"", ("", "")),
    ],
)
def test_decoding(payload, message):
    assert atcp_decode(payload) == message


def test_encoding():
    assert atcp_encode("Room.Name", "Hall") == b"Room.Name Hall"
    assert atcp_encode("Auth.Request") == b"Auth.Request"
    with pytest.raises(ValueError, match="one word"):
        atcp_encode("two words")
