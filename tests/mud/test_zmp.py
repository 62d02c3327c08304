from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.mud import zmp_decode, zmp_encode


def test_each_part_ends_with_nul():
    assert zmp_encode("zmp.ident", "Mud", "1.0") == b"zmp.ident\x00Mud\x001.0\x00"


@pytest.mark.parametrize(
    ("payload", "parts"),
    [
        (b"zmp.ping\0", ["zmp.ping"]),
        (b"zmp.check\0zmp.ping", ["zmp.check", "zmp.ping"]),
        (b"zmp.ident\0Caf\xe9\0", ["zmp.ident", "Caf\xe9"]),
        (b"a\0\0", ["a", ""]),
        (b"", []),
    ],
)
def test_decoding(payload, parts):
    assert zmp_decode(payload) == parts


@pytest.mark.parametrize("parts", [("",), ("a", "b\0c")])
def test_what_could_not_be_parsed_is_not_sent(parts):
    with pytest.raises(ValueError, match="ZMP"):
        zmp_encode(*parts)


@given(st.lists(st.text(st.characters(min_codepoint=1, exclude_categories=["Cs"])), min_size=1))
def test_what_is_encoded_comes_back(parts):
    parts[0] = "x" + parts[0]
    assert zmp_decode(zmp_encode(*parts)) == parts


@given(st.binary())
def test_no_bytes_raise(payload):
    assert len(zmp_decode(payload)) <= len(payload)
