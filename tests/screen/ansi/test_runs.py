"""Lines of plain text, which are drawn all at once."""

from __future__ import annotations

import pytest

from bbsterm.screen import create_terminal
from tests.screen.streams import PlainCTerm, state_of

STREAMS = {
    "lines that nobody sees": b"".join(b"line %d\r\n" % number for number in range(200)),
    "empty lines": b"a\r\n\r\n\r\n" * 30,
    "lines that wrap": (b"x" * 79 + b"\r\n" + b"y" * 80 + b"\r\n" + b"z" * 200 + b"\r\n") * 12,
    "a line without an end": b"one\r\ntwo\r\n" * 20 + b"three",
    "colours from before": b"\x1b[0;1;33;44m\x1b[K" + b"gold\r\n" * 40,
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS.keys())
@pytest.mark.parametrize("chunk", [7, 4096])
def test_many_lines_at_once_are_what_they_are_one_by_one(stream, chunk):
    quick, plain = create_terminal("ansi"), PlainCTerm()

    for start in range(0, len(stream), chunk):
        quick.feed(stream[start : start + chunk])
    plain.feed(stream)

    assert state_of(quick) == state_of(plain)
    assert [line.spans() for line in quick.history] == [line.spans() for line in plain.history]


def test_a_line_of_the_history_is_the_same_row_whenever_it_is_looked_at():
    terminal = create_terminal("ansi")
    terminal.feed(STREAMS["lines that nobody sees"])

    assert terminal.history[3] is terminal.history[3]
    assert next(iter(terminal.history)) is terminal.history[0]
    assert terminal.history.rows[3] is terminal.history[3]
    assert terminal.history[3].text() == "line 3"


def test_a_sequence_that_a_chunk_cuts_is_forgotten_by_a_reset():
    terminal = create_terminal("ansi")

    terminal.feed(b"a\x1b[3")
    terminal.reset()
    terminal.feed(b"1mb")

    assert terminal.display()[0] == "1mb"
