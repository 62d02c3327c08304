from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.protocol import (
    Naws,
    OptionCode,
    RequestOption,
    Side,
    TextReceived,
    WindowSize,
    WindowSizeChanged,
)
from bbsterm.testing import NeverSilentError, one_by_one, pair, whole
from bbsterm.testing.pair import Wire


def test_two_ends_negotiate_without_a_network():
    both = pair(client=[Naws(WindowSize(132, 50))], server=[Naws()])
    both.server.send(RequestOption(OptionCode.NAWS, Side.REMOTE))

    both.settle()

    assert WindowSizeChanged(WindowSize(132, 50)) in both.server_events
    assert both.silent


@pytest.mark.parametrize("delay", [0, 1, 5])
def test_bytes_travel_as_long_as_they_are_told_to(delay):
    both = pair(delay=delay)
    both.client.send_text(b"hello")
    ticks = 0
    while not both.server_events:
        both.tick()
        ticks += 1

    assert ticks == max(delay, 1)


def test_a_wire_cuts_as_it_is_told():
    wire = Wire(cut=one_by_one)
    wire.put(b"abc", 0)

    assert list(wire.due(0)) == [b"a", b"b", b"c"]
    assert wire.carried == b"abc"
    assert not wire


@given(st.binary(max_size=20))
def test_what_is_cut_is_the_whole(data):
    assert b"".join(one_by_one(data)) == b"".join(whole(data)) == data


def test_order_is_kept_whatever_the_delay():
    both = pair(delay=3, cut=one_by_one)
    for word in (b"one ", b"two ", b"three"):
        both.server.send_text(word)
        both.tick()
    both.settle()

    assert b"".join(e.data for e in both.client_events if isinstance(e, TextReceived)) == b"one two three"


def test_ends_that_never_fall_silent_are_found_out():
    both = pair()
    for _ in range(5):
        both.client.send_text(b"x")
        both.tick()
    both.client.send_text(b"x")

    with pytest.raises(NeverSilentError):
        both.settle(ticks=0)
