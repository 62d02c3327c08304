from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.mud import aardwolf_decode, aardwolf_encode


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (b"", {"channel": "unknown", "channel_byte": 0}),
        (b"\x66", {"channel": "affect", "channel_byte": 102}),
        (b"\x65\x01", {"channel": "tick", "channel_byte": 101, "data_byte": 1}),
        (b"\xc8\x05", {"channel": "0xc8", "channel_byte": 200, "data_byte": 5}),
        (
            b"\x64\x03\x04",
            {"channel": "status", "channel_byte": 100, "data_byte": 3, "data_bytes": b"\x03\x04"},
        ),
    ],
)
def test_decoding(payload, message):
    assert aardwolf_decode(payload) == message


def test_encoding():
    assert aardwolf_encode(100, 3) == b"\x64\x03"


@given(st.integers(0, 255), st.lists(st.integers(0, 255), max_size=20))
def test_what_is_encoded_comes_back(channel, data):
    message = aardwolf_decode(aardwolf_encode(channel, *data))

    assert message["channel_byte"] == channel
    told = message.get("data_bytes", bytes([message["data_byte"]]) if "data_byte" in message else b"")
    assert told == bytes(data)


@given(st.binary())
def test_no_bytes_raise(payload):
    assert aardwolf_decode(payload)["channel_byte"] == (payload[0] if payload else 0)


@pytest.mark.parametrize("number", [-1, 256])
def test_what_is_no_byte_is_not_sent(number):
    with pytest.raises(ValueError, match="range"):
        aardwolf_encode(100, number)
