from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.session.flow import Flow


def drain(flow: Flow, now: float = 0.0) -> tuple[bytes, float]:
    """Everything that is held, and when the last of it appeared."""
    shown = b""
    while (deadline := flow.deadline(now)) is not None:
        now = max(now, deadline)
        shown += flow.take(now, 8192)
    return shown, now


def test_at_full_speed_nothing_is_held():
    flow = Flow()

    assert flow.passes(b"anything")
    assert flow.deadline(0) is None


@pytest.mark.parametrize("rate", [110, 300, 2400, 9600, 115200])
def test_text_appears_at_ten_bits_a_character(rate):
    flow = Flow(rate)
    assert not flow.passes(b"x")
    flow.put(bytes(rate))  # ten seconds

    shown, now = drain(flow, 100.0)

    assert shown == bytes(rate)
    assert 109.8 < now < 110.2


def test_a_silence_is_not_made_up_for():
    flow = Flow(2400)
    flow.put(b"x")
    flow.take(0.0, 8192)
    flow.put(bytes(2400))

    assert len(flow.take(3600.0, 8192)) <= 12


def test_a_board_that_selects_a_speed_has_it_from_there_on():
    flow = Flow()
    assert not flow.passes(b"fast\x1b[0;3*rslow")
    flow.put(b"fast\x1b[0;3*rslow")

    assert flow.take(0.0, 8192) == b"fast\x1b[0;3*r"
    flow.select(300)
    assert flow.take(0.0, 8192) == b"s"
    assert flow.take(0.0, 8192) == b""
    flow.select(0)
    assert flow.take(0.0, 8192) == b"low"


def test_a_selection_may_come_in_two_pieces():
    flow = Flow()
    assert not flow.passes(b"\x1b[0;3*")
    flow.put(b"\x1b[0;3*")
    assert flow.take(0.0, 8192) == b"\x1b[0;3*"
    assert not flow.passes(b"rslow")
    flow.put(b"rslow")
    assert flow.take(0.0, 8192) == b"r"


def test_a_steady_flow_has_no_speed_at_all():
    flow = Flow(300, steady=True)
    flow.select(300)

    assert flow.rate == 0
    assert flow.passes(b"\x1b[0;3*r")


def test_a_large_piece_comes_in_slices():
    flow = Flow()
    flow.put(bytes(10_000))

    assert len(flow.take(0.0, 8192)) == 8192
    assert flow.waiting == 10_000 - 8192
    flow.clear()
    assert flow.deadline(0.0) is None


@given(
    st.lists(st.binary(max_size=60) | st.sampled_from([b"*r", b"*", b"r"]), max_size=6),
    st.sampled_from([0, 300, 57600]),
)
def test_nothing_is_lost_and_nothing_changes_places(pieces, rate):
    flow, shown, now = Flow(rate), b"", 0.0
    for piece in pieces:
        flow.put(piece)
        more, now = drain(flow, now)
        shown += more

    assert shown == b"".join(pieces)
