"""Text at places, drawn in bulk, is what the plain parser draws one character after the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.screen import create_terminal
from tests.screen.streams import PlainCTerm, state_of

STREAMS = {
    "places and colours": b"".join(
        b"\x1b[%d;%dH\x1b[3%dmhp %d" % (n % 25 + 1, n * 7 % 70 + 1, n % 8, n) for n in range(300)
    ),
    "places without colours": b"".join(b"\x1b[%d;%dH*" % (n % 25 + 1, n * 7 % 79 + 1) for n in range(300)),
    "colours here and there": b"".join(
        b"\x1b[%d;1H%sx" % (n % 25 + 1, b"\x1b[1;3%dm" % (n % 8) * (n % 3 == 0)) for n in range(300)
    ),
    "the last column": b"".join(b"\x1b[%d;78H\x1b[32mend" % (n % 23 + 1) for n in range(100)),
    "beyond the screen": b"\x1b[99;99Hx\x1b[99;1H\x1b[0;31my" * 50,
    "text that wraps": b"\x1b[3;70H\x1b[1;33mfrom here to there" * 50,
    "text that scrolls": b"\x1b[25;70H\x1b[44mfrom here to there" * 50,
    "places without text": b"\x1b[5;5H\x1b[7;7H\x1b[1m" * 100,
    "a colour first": b"\x1b[32mgreen\x1b[H\x1b[31mred" * 100,
    "letters that end sequences": b"\x1b[2;2H\x1b[31mHmm, Hm" * 100,
    "rows of many pieces that scroll away": b"".join(
        b"\x1b[%d;%dH\x1b[1;3%dm%d" % (n % 24 + 1, n * 13 % 70 + 1, n % 8, n) for n in range(1000)
    )
    + b"\n" * 30,
    "the same, settled before": (b"\x1b[1;1Hfirst" * 200 + b"\x1b[1;9Hlast" * 40 + b"\x1b[25H" + b"\n" * 30)
    * 2,
    "text that looks like a colour": b"\x1b[1;1H\x1b[2mx\x1b[0mam[2\x1bx\x1b[1;1Hy",
    "text that looks like a place": b"\x1b[1;1H\x1b[2mx\x1b[0mam[1;1Hy\x1b[2\x1bx",
    "a character that repeats": b"\x1b[2;2H\x1b[31mab" * 60 + b"\x1b[3b",
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS.keys())
@pytest.mark.parametrize("chunk", [1024, 16 * 1024])
def test_text_at_places_is_what_its_characters_are_one_by_one(stream, chunk):
    quick, plain = create_terminal("ansi"), PlainCTerm()

    for start in range(0, len(stream), chunk):
        quick.feed(stream[start : start + chunk])
    plain.feed(stream)
    quick.feed(stream)  # now every place and every colour has been met
    plain.feed(stream)

    assert state_of(quick) == state_of(plain)
    assert [line.spans() for line in quick.history] == [line.spans() for line in plain.history]


UNITS = st.sampled_from(
    [
        b"\x1b[H",
        b"\x1b[5;10H",
        b"\x1b[25;78H",
        b"\x1b[1;31m",
        b"\x1b[32m",
        b"\x1b[0m",
        b"\x1b[2J",
        b"\x1b[3C",
        b"x",
        b"text",
        b"m[32",
        b"\x1b7",
        b"\r\n",
    ]
)


@given(st.lists(UNITS, max_size=60))
def test_whatever_is_among_them(units):
    quick, plain = create_terminal("ansi"), PlainCTerm()
    quick.feed(b"\x1b[5;10H\x1b[25;78H\x1b[1;31m\x1b[0m\x1b[32m\x1b[H")
    plain.feed(b"\x1b[5;10H\x1b[25;78H\x1b[1;31m\x1b[0m\x1b[32m\x1b[H")

    quick.feed(b"".join(units))
    plain.feed(b"".join(units))

    assert state_of(quick) == state_of(plain)
