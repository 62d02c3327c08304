from __future__ import annotations

import pytest

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
