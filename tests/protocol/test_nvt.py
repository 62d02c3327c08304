from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol.nvt import NvtReader, escape, to_wire

lines = st.lists(st.sampled_from([b"\r", b"\0", b"\n", b"a", b"\r\0", b"\r\n", b"\xff"]), max_size=12)


def read(*chunks: bytes, binary: bool = False) -> bytes:
    reader = NvtReader()
    reader.binary = binary
    return b"".join(reader.read(chunk) for chunk in chunks if chunk)


@pytest.mark.parametrize(
    ("wire", "meant"),
    [
        (b"one\r\ntwo", b"one\r\ntwo"),
        (b"one\r\0two", b"one\rtwo"),
        (b"\r\0\0", b"\r\0"),  # only one NUL belongs to the CR
        (b"\0\r", b"\0\r"),
        (b"\r\r\0", b"\r\r"),
    ],
)
def test_cr_nul_is_cr(wire, meant):
    assert read(wire) == meant


@given(lines)
def test_chunk_boundaries_never_matter(chunks):
    assert read(*chunks) == read(b"".join(chunks))


def test_a_cr_is_not_kept_back_for_its_nul():
    assert read(b"Name:\r") == b"Name:\r"


def test_binary_leaves_cr_nul_alone():
    assert read(b"a\r", b"\0b", binary=True) == b"a\r\0b"


def test_a_nul_after_binary_has_gone_on_is_data():
    reader = NvtReader()
    reader.read(b"\r")
    reader.binary = True

    assert reader.read(b"\0") == b"\0"


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        (b"ls\r\n", b"ls\r\n"),
        (b"ls\r", b"ls\r\0"),
        (b"\r\r\n", b"\r\0\r\n"),
        (b"a\nb", b"a\nb"),
        (b"\xff", b"\xff\xff"),
    ],
)
def test_text_is_spelled_for_the_wire(text, wire):
    assert to_wire(text, binary=False) == wire


def test_binary_text_has_only_its_iacs_doubled():
    assert to_wire(b"\r\xff\r\n", binary=True) == b"\r\xff\xff\r\n"


@given(lines.map(b"".join))
def test_what_is_sent_is_what_is_read(text):
    sent = to_wire(text, binary=False)

    assert read(sent.replace(b"\xff\xff", b"\xff")) == text


def test_escape_doubles_every_iac():
    assert escape(b"\xff\xffa\xff") == b"\xff\xff\xff\xffa\xff\xff"
