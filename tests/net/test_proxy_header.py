from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_PROXY_HEADER, MAX_PROXY_LINE
from bbsterm.net.proxy_header import BadHeaderError, Header, missing, parse

SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
V4 = SIGNATURE + b"\x21\x11\0\x0c" + bytes([192, 0, 2, 1, 10, 0, 0, 1]) + struct.pack("!HH", 56324, 23)
V6 = SIGNATURE + b"\x21\x21\0\x24" + bytes(15) + b"\x01" + bytes(16) + struct.pack("!HH", 1, 23)
LOCAL = SIGNATURE + b"\x20\0\0\0"
LINE = b"PROXY TCP4 192.0.2.1 10.0.0.1 56324 23\r\n"


def taken(stream):
    """What is read of a stream, a piece at a time, as a connection would."""
    header = b""
    while wanted := missing(header):
        piece = stream[len(header) : len(header) + wanted]
        if not piece:
            return None
        header += piece
    return header


@pytest.mark.parametrize(
    ("header", "source"),
    [
        (LINE, ("192.0.2.1", 56324)),
        (b"PROXY TCP6 2001:db8::1 ::1 1 2\r\n", ("2001:db8::1", 1)),
        (b"PROXY UNKNOWN\r\n", None),
        (b"PROXY UNKNOWN ff:: ff:: 1 2\r\n", None),
        (V4, ("192.0.2.1", 56324)),
        (V6, ("::1", 1)),
        (LOCAL, None),
        (SIGNATURE + b"\x21\x31\0\xd8" + bytes(216), None),  # a Unix socket's
        (SIGNATURE + b"\x21\x11\0\x0f" + V4[16:] + b"\x04\0\0", ("192.0.2.1", 56324)),  # with an extra
    ],
)
@pytest.mark.parametrize("after", [b"", b"\xff\xfb\x18", b"\n", b"\x16\x03\x01"])
def test_a_header_and_not_a_byte_more(header, source, after):
    assert taken(header + after) == header
    assert parse(header) == Header(source)


@pytest.mark.parametrize(
    "header",
    [
        b"GET / HTTP/1.1\r\n",
        b"\xff\xfd\x18" + bytes(20),
        b"PROXY TCP4 192.0.2.1 10.0.0.1 56324\r\n",
        b"PROXY TCP4 999.0.2.1 10.0.0.1 56324 23\r\n",
        b"PROXY TCP4 ::1 ::1 56324 23\r\n",
        b"PROXY TCP4 192.0.2.1 10.0.0.1 70000 23\r\n",
        b"PROXY TCP4 192.0.2.1 10.0.0.1 -1 23\r\n",
        b"PROXY UDP4 192.0.2.1 10.0.0.1 1 23\r\n",
        b"PROXY \xff\xfe\xff\xff\xff\xff\xff\r\n",
        b"PROXY TCP4 " + b"1" * MAX_PROXY_LINE,
        SIGNATURE + b"\x11\x11\0\x0c" + bytes(12),
        SIGNATURE + b"\x22\x11\0\x0c" + bytes(12),
        SIGNATURE + b"\x21\x11\0\x04" + bytes(4),
        SIGNATURE + b"\x21\x11" + struct.pack("!H", MAX_PROXY_HEADER) + bytes(12),
        b"\r\n\r\n\0\r\nQUIT!" + bytes(10),
    ],
)
def test_what_is_no_header_is_refused(header):
    with pytest.raises(BadHeaderError):
        parse(taken(header) or b"")


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PROXY ", b"PROXY TCP4 ", SIGNATURE, SIGNATURE + b"\x21\x11"]),
)
def test_any_bytes_are_a_header_or_none(data, begins):
    try:
        header = taken(begins + data)
        if header is not None:
            assert len(header) <= MAX_PROXY_HEADER
            parse(header)
    except BadHeaderError:
        return
