from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.from_regex(r"[!-~]{1,40}", fullmatch=True), st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_encoded_comes_back(package, value):
    assert atcp_decode(atcp_encode(package, value)) == (package, value)


@given(st.binary())
def test_no_bytes_raise(payload):
    package, value = atcp_decode(payload)

    assert len(package) + len(value) <= len(payload)


@pytest.mark.parametrize("package", ["", "Room Exits", "Room\nExits", "\t"])
def test_a_package_that_could_not_be_parsed_is_not_sent(package):
    with pytest.raises(ValueError, match="one word"):
        atcp_encode(package)
