"""Stretches of text and colours, which are drawn in bulk, with something else among them."""

from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from tests.screen.streams import PlainCTerm, state_of

ART = b"".join(
    b"\x1b[%d;3%d;4%dmcolour%s" % (n % 2, n % 8, n % 7, b"\r\n" * (n % 9 == 0)) for n in range(700)
)

STREAMS = {
    "nothing but colours": ART,
    "a place at the end": ART + b"\x1b[5;5Hhere",
    "a place at the beginning": b"\x1b[5;5Hhere" + ART,
    "places here and there": (ART[:3000] + b"\x1b[24;70H") * 4,
    "a place, and long text without another sequence": b"\x1b[5;5H" + b"word " * 2000,
    "colours that leave others as they were": b"\x1b[44m" + ART.replace(b"\x1b[0;", b"\x1b["),
    "rows written over from end to end": b"\x1b[3;1Hbelow\x1b[1;1H" + b"\x1b[1;31mr\x1b[32mg" * 900,
    "the same from the middle of a row": b"\x1b[3;1Hbelow\x1b[1;40H" + b"\x1b[1;31mr\x1b[32mg" * 300,
    "the same in one colour": b"\x1b[2;1Hbelow\x1b[3;1Hbelow\x1b[1;40H" + b"o" * 170,
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS.keys())
@pytest.mark.parametrize("chunk", [4096, 16 * 1024])
def test_a_stretch_is_what_its_characters_are_one_by_one(stream, chunk):
    quick, plain = create_terminal("ansi"), PlainCTerm()

    for start in range(0, len(stream), chunk):
        quick.feed(stream[start : start + chunk])
    plain.feed(stream)

    assert state_of(quick) == state_of(plain)
    assert [line.spans() for line in quick.history] == [line.spans() for line in plain.history]
