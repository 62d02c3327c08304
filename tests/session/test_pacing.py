from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_REPLIES_PER_SECOND
from bbsterm.session.pacing import PASTE_CHUNK, PASTE_INTERVAL, Pacer, ReplyLimiter, clean_paste


def test_a_paste_goes_line_by_line():
    pacer = Pacer()
    pacer.add(b"one\rtwo\rthree")

    assert pacer.take(100) == b"one\r"
    assert pacer.take(100) == b""
    assert pacer.deadline == 100 + PASTE_INTERVAL
    assert pacer.take(101) == b"two\r"
    assert pacer.take(102) == b"three"
    assert pacer.deadline is None


@given(st.lists(st.binary(max_size=600), max_size=5))
def test_nothing_of_a_paste_is_lost_and_no_piece_is_long(pieces):
    pacer, taken, now = Pacer(), [], 0.0
    for piece in pieces:
        pacer.add(piece)
    while pacer.deadline is not None:
        now += PASTE_INTERVAL
        taken.append(pacer.take(now))

    assert b"".join(taken) == b"".join(pieces)
    assert all(len(data) <= PASTE_CHUNK for data in taken)


def test_the_rest_of_a_paste_can_be_forgotten():
    pacer = Pacer()
    pacer.add(b"one\rtwo\r")
    pacer.take(0)
    pacer.clear()

    assert pacer.deadline is None
    assert pacer.take(9) == b""


def test_a_clipboard_types_no_keys():
    assert clean_paste("a\x1b[Ab\x03c\x9bd\x7f\te\r\nf\rg") == "a[Abcd\te\nf\ng"


def test_answers_have_a_rate():
    limiter = ReplyLimiter()
    reply = b"\x1b[1;1R"

    assert limiter.allow(reply * 1000, 10.0) == reply * MAX_REPLIES_PER_SECOND
    assert limiter.allow(reply, 10.0) == b""
    assert limiter.allow(reply * 99, 10.5) == reply * (MAX_REPLIES_PER_SECOND // 2)


def test_a_clock_that_stands_still_or_goes_back_is_no_harm():
    limiter = ReplyLimiter(rate=1)

    assert limiter.allow(b"\x1b[0n", 5.0)
    assert limiter.allow(b"\x1b[0n", 4.0) == b""
