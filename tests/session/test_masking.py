from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.session.masking import Masker

SECRET = b"Hunter2"


def masked(*pieces, secret=SECRET, echoing=True):
    masker = Masker()
    masker.hide(secret)
    masker.echoing = echoing
    return b"".join(map(masker.feed, pieces)) + masker.flush()


def bytewise(data):
    return [data[at : at + 1] for at in range(len(data))]


def test_without_secrets_everything_passes():
    masker = Masker()

    assert masker.idle
    assert masker.feed(b"anything") == b"anything"
    assert not masker.holds


@pytest.mark.parametrize("echoing", [True, False])
def test_a_secret_becomes_as_many_stars(echoing):
    assert masked(b"a Hunter2, hunter2 and HUNTER2.", echoing=echoing) == b"a *******, ******* and *******."


def test_an_echo_in_single_bytes_is_never_seen():
    assert masked(*bytewise(b"Hunter2\r\nHello, Hugh")) == b"*******\r\nHello, Hugh"


def test_an_echo_in_colours_is_never_seen():
    coloured = b"".join(b"\x1b[1;3%dm%c" % (at, char) for at, char in enumerate(SECRET))

    text = masked(*bytewise(coloured + b"\x1b[0m ok"))

    assert re.sub(rb"\x1b\[[0-9;]*m", b"", text) == b"******* ok"


def test_what_only_began_like_one_is_shown_when_it_goes_on_otherwise():
    masker = Masker()
    masker.hide(SECRET)
    masker.echoing = True

    assert masker.feed(b"Hun") == b""
    assert masker.holds
    assert masker.feed(b"gary") == b"Hungary"


def test_later_on_one_typed_letter_does_not_wait():
    masker = Masker()
    masker.hide(SECRET)

    assert masker.feed(b"H") == b"H"
    assert masker.feed(b"u") == b"u"
    assert masker.feed(b"n") == b""
    assert masker.feed(b"ter2") == b"*****"


def test_half_a_secret_stays_hidden_when_the_rest_does_not_come():
    assert masked(b"Hunt") == b"****"
    assert masked(b"Hu") == b"Hu"


def test_a_short_secret_is_hidden_in_its_echo_only():
    masker = Masker()
    masker.hide(b"me")
    masker.echoing = True

    assert masker.feed(b"me\r\n") == b"**\r\n"
    masker.echo_is_over()
    assert masker.idle
    assert masker.feed(b"welcome to me") == b"welcome to me"


@given(
    st.lists(st.sampled_from([b"ab", b"aab", b"b", b"\x1b[1m", b"x", b"abab"]), max_size=12),
    st.lists(st.integers(0, 40), max_size=8),
    st.booleans(),
)
def test_cuts_never_let_a_secret_through_and_never_change_a_length(parts, cuts, echoing):
    data = b"".join(parts)
    places = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    pieces = [data[start:end] for start, end in itertools.pairwise(places)]

    text = masked(*pieces, secret=b"abab", echoing=True)

    assert len(text) == len(data)
    assert b"abab" not in re.sub(rb"\x1b\[1m", b"", text)


@given(st.lists(st.binary(max_size=10), max_size=8), st.binary(min_size=1, max_size=6), st.booleans())
def test_any_bytes_come_out_in_the_same_number(pieces, secret, echoing):
    assert len(masked(*pieces, secret=secret, echoing=echoing)) == len(b"".join(pieces))
