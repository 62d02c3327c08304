"""A board can write for ever without anybody looking; what is kept is the screen and the history, no more."""

from __future__ import annotations

import tracemalloc

import pytest

from bbsterm.screen import create_terminal

FOREVER = {
    "rows overwritten and scrolled away": b"\rabcdef" * 400 + b"\n",
    "one row overwritten": b"\rabcdef" * 100,
    "one cell overwritten": b"x\x08" * 300,
    "the screen overwritten": b"\x1b[H" + b"\x1b[31mred\x1b[0;44mblue\r\n" * 20,
    "art": b"".join(b"\x1b[%d;%dm%s" % (n % 2, 30 + n % 8, b"x" * (n % 5)) for n in range(80)) + b"\r\n",
    "more colours than cells": b"\x1b[31m\x1b[m" * 300 + b"x\r\n",
    "a row erased": b"\x1b[5;1Habc\x1b[K\x1b[2X" * 40,
    "questions nobody takes": b"\x1b[5n\x1b[6n\x1b[c" * 40,
    "bells nobody hears": b"\x07" * 600,
    "titles": b"\x1b]0;hello\x07" * 60,
    "colours": b"".join(b"\x1b[38;2;%d;%d;%dm#\r" % (n % 256, n * 7 % 256, n * 13 % 256) for n in range(60)),
}


@pytest.mark.parametrize("stream", FOREVER.values(), ids=FOREVER.keys())
@pytest.mark.parametrize("kind", ["ansi", "utf8", "petscii", "atascii", "atarist"])
def test_writing_for_ever_costs_no_memory(kind, stream):
    terminal = create_terminal(kind, scrollback=20)
    chunk = stream * 3
    for _ in range(12):  # fills the scrollback and every cache
        terminal.feed(chunk)
    tracemalloc.start()
    try:
        for _ in range(16):
            terminal.feed(chunk)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert kept < 250_000
