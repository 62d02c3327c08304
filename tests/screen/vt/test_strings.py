"""Titles and colours that are set by control strings, in the vt emulation."""

from __future__ import annotations

import pytest

from bbsterm import limits
from tests.screen.looks import answers, terminal


def title(data: bytes) -> str:
    return str(terminal("vt", data).title)


@pytest.mark.parametrize(
    ("data", "last"),
    [
        (b"\x1b]2;one\x07\x1b[22t\x1b]2;two\x07\x1b[23t", "one"),
        (b"\x1b]2;one\x07\x1b[22;2t\x1b]2;two\x07\x1b[23;2t", "one"),
        (b"\x1b]2;one\x07\x1b[22;1t\x1b]2;two\x07\x1b[23;1t", "two"),  # the icon's
        (b"\x1b]2;one\x07\x1b[22;0t\x1b]2;two\x07\x1b[23;1t\x1b[23;2t", "two"),  # and it is gone
        (b"\x1b]2;one\x07\x1b[22;1t\x1b[22;2t\x1b]2;two\x07\x1b[23;0t", "one"),
        (b"\x1b]2;one\x07\x1b[22;2t\x1b[22;1t\x1b]2;two\x07\x1b[23;0t", "one"),  # the one before
        (b"\x1b]2;a\x07\x1b[22t\x1b]2;b\x07\x1b[22t\x1b]2;c\x07\x1b[23t\x1b[23t\x1b[23t", "a"),
        (b"\x1b[23t", ""),
    ],
)
def test_titles_are_put_away_and_taken_back(data, last):
    assert title(data) == last


def test_so_many_titles_are_put_away_and_no_more():
    put_away = b"".join(b"\x1b]2;%d\x07\x1b[22t" % number for number in range(1000))
    assert title(put_away + b"\x1b[23t") == str(limits.MAX_SAVED_TITLES - 1)


@pytest.mark.parametrize(
    ("data", "last"),
    [
        (b"\x1b[>0t\x1b]2;6f6b\x07", "ok"),
        (b"\x1b[>0t\x1b]2;c3a9\x07", "\N{LATIN SMALL LETTER E WITH ACUTE}"),
        (b"\x1b[>0t\x1b]2;6f6b\x07\x1b]2;nonsense\x07", "ok"),
        (b"\x1b[>2;3t\x1b]2;6f6b\x07", "6f6b"),
        (b"\x1b[>0t\x1b[>0T\x1b]2;6f6b\x07", "6f6b"),
        (b"\x1b[>0t\x1b[>2T\x1b]2;6f6b\x07", "ok"),
        (b"\x1b[>0t\x1b[>T\x1b]2;6f6b\x07", "6f6b"),
        (b"\x1b[>0t\x1bc\x1b]2;6f6b\x07", "6f6b"),
    ],
)
def test_titles_in_hexadecimal(data, last):
    assert title(data) == last


GREY = b"rgb:a8a8/a8a8/a8a8"
BLUE = b"rgb:0101/0202/0303"


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"\x1b]5;0;?\x1b\\", b"\x1b]5;0;%b\x1b\\" % GREY),  # the foreground, until it is changed
        (b"\x1b]5;0;#010203\x07\x1b]5;0;?\x07", b"\x1b]5;0;%b\x07" % BLUE),
        (b"\x1b]5;4;#010203\x07\x1b]4;260;?\x07", b"\x1b]4;260;%b\x07" % BLUE),  # after the palette
        (b"\x1b]4;256;#010203;1;?;257;?\x07", b"\x1b]4;1;rgb:a8a8/0000/0000\x07\x1b]4;257;%b\x07" % GREY),
        (b"\x1b]5;1;#010203\x07\x1b]105;1\x07\x1b]5;1;?\x07", b"\x1b]5;1;%b\x07" % GREY),
        (b"\x1b]5;1;#010203\x07\x1b]105;2\x07\x1b]5;1;?\x07", b"\x1b]5;1;%b\x07" % BLUE),
        (b"\x1b]5;1;#010203\x07\x1b]105\x07\x1b]5;1;?\x07", b"\x1b]5;1;%b\x07" % GREY),
        (b"\x1b]5;5;#010203;0;?\x07\x1b]4;261;?\x07", b""),  # there are five
    ],
)
def test_colours_that_stand_for_looks_are_kept(data, answer):
    assert answers("vt", data) == answer


def test_they_are_not_drawn_with():
    screen = terminal("vt", b"\x1b]5;0;#010203\x07\x1b[1ma")
    assert screen.line(0).spans()[0].paint.foreground != "#010203"
