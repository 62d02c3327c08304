from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.mud import Mtts, mtts_decode, mtts_encode


def test_the_third_terminal_type_tells_what_the_client_can():
    bits = mtts_decode("MTTS 137")

    assert bits == Mtts.ANSI | Mtts.COLORS_256 | Mtts.PROXY
    assert bits is not None
    assert mtts_encode(bits) == "MTTS 137"


def test_bits_that_are_not_assigned_yet_are_kept():
    assert int(mtts_decode("mtts 4096") or 0) == 4096


@pytest.mark.parametrize("name", ["xterm", "MTTS", "MTTS -1", "MTTS 1 2", "MTTS " + "9" * 5000, ""])
def test_everything_else_is_an_ordinary_terminal_type(name):
    assert mtts_decode(name) is None


@given(st.integers(0, 2**20).map(Mtts))
def test_what_is_encoded_comes_back(bits):
    assert mtts_decode(mtts_encode(bits)) == bits


@given(st.text() | st.text().map(lambda rest: f"MTTS {rest}"))
def test_no_name_raises(name):
    assert mtts_decode(name) is None or int(mtts_decode(name)) < 10**9
