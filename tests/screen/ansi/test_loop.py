"""The fast loop has the effect that the plain parser and the methods have, however the bytes are cut."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bbsterm.screen.cterm.terminal import CTerm
from bbsterm.screen.vt.terminal import VtTerminal
from tests.screen.streams import CHUNKS, PlainCTerm, PlainVt, in_chunks, state_of, streams

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "50"))
"""Turn it up: FUZZ_EXAMPLES=1000000 pytest tests/screen/ansi/test_loop.py"""

PAIRS = {
    "ansi": (CTerm, PlainCTerm, {"encoding": "cp437"}),
    "utf8": (CTerm, PlainCTerm, {"encoding": "utf-8"}),
    "utf8 with the last column flag": (
        CTerm,
        PlainCTerm,
        {"encoding": "utf-8", "force_last_column_flag": True},
    ),
    "vt": (VtTerminal, PlainVt, {"encoding": "utf-8"}),
    "vt in Latin-1": (VtTerminal, PlainVt, {"encoding": "latin-1", "may_resize": True}),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=streams, lengths=CHUNKS, size=st.sampled_from([(20, 5), (80, 25), (7, 3), (1, 1), (2, 2)]))
def test_whatever_is_sent_the_fast_loop_does_what_the_plain_parser_does(pair, data, lengths, size):
    quick_class, plain_class, told = pair
    quick, plain = quick_class(*size, **told), plain_class(*size, **told)

    plain.feed(data)
    for chunk in in_chunks(data, lengths):
        quick.feed(chunk)

    assert state_of(quick) == state_of(plain)


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=streams, lengths=CHUNKS)
def test_where_the_stream_is_cut_makes_no_difference_to_the_plain_parser(pair, data, lengths):
    _, plain_class, told = pair
    whole, cut = plain_class(20, 5, **told), plain_class(20, 5, **told)

    whole.feed(data)
    for chunk in in_chunks(data, lengths):
        cut.feed(chunk)

    assert state_of(cut) == state_of(whole)
