"""Every emulation under streams that mean harm, for as long as one likes.

BBSTERM_FUZZ_INPUTS turns the number up, for each emulation: 10_000_000 takes some hours.
"""

from __future__ import annotations

import os
import random
import tracemalloc
import unicodedata

import pytest

from bbsterm import limits
from bbsterm.screen import KINDS, create_terminal

INPUTS = int(os.environ.get("BBSTERM_FUZZ_INPUTS", "1_000"))
SEED = int(os.environ.get("BBSTERM_FUZZ_SEED", "1"))
BATCH = 50
"""Inputs between two looks at the screen."""

FLAT = 4 * 1024 * 1024
"""Bytes by which memory may grow between the fifth of the inputs and the last."""

UNSAFE = {"Cc", "Cs", "Zl", "Zp"}
"""Categories of characters that must not reach the host terminal."""

FINALS = bytes(range(0x40, 0x7F))
MARKS = (b"", b"", b"", b"?", b"=", b">", b"<", b"??")
BETWEEN = (b"", b"", b"", b"$", b" ", b"*", b"'", b'"', b"!", b"#", b"&")
NUMBERS = (b"", b"0", b"1", b"2", b"5", b"7", b"25", b"33", b"47", b"69", b"80", b"81", b"255", b"1049",
           b"2004", b"65535", b"2147483647", b"4294967297", b"9" * 30)  # fmt: skip
STRINGS = (b"]0;", b"]4;1;", b"]8;;", b"]52;c;", b"]104;", b"P$q", b"P1;0;0!z", b"P1;0;1!z",
           b"PCTerm:Font:45:", b"_SyncTERM:", b"^", b"X", b"]")  # fmt: skip
ENDS = (b"\x1b\\", b"\x07", b"\x18", b"", b"\x1b[", b"\x9c")
TEXTS = ("漢字", "e\u0301", "\u202e\u200d\ufeff", "\U0001f600", "\u0085\u009b31m", "░▒▓", "א")


def sequence(dice: random.Random) -> bytes:
    """A control sequence, often one that means something."""
    numbers = b";".join(dice.choice(NUMBERS) for _ in range(dice.randrange(5)))
    if dice.random() < 0.1:
        numbers = numbers.replace(b";", b":")
    return b"\x1b[" + dice.choice(MARKS) + numbers + dice.choice(BETWEEN) + bytes((dice.choice(FINALS),))


def piece(dice: random.Random) -> bytes:
    """One input: what a board might send, or nothing that anybody would."""
    match dice.randrange(11):
        case 0 | 1 | 2:
            return sequence(dice)
        case 3:
            return b"\x1b" + bytes(dice.choices(range(0x20, 0x7F), k=dice.randrange(1, 4)))
        case 4:
            body = dice.randbytes(dice.randrange(20)) if dice.random() < 0.5 else b"1*z\x1b[1*z;?;0"
            return b"\x1b" + dice.choice(STRINGS) + body + dice.choice(ENDS)
        case 5:
            return bytes(dice.choices(range(0x20), k=dice.randrange(1, 6)))
        case 6:
            return dice.choice(TEXTS).encode() * dice.randrange(1, 30)
        case 7:
            return bytes((dice.randrange(256),)) * dice.randrange(1, 200)
        case 8:
            return dice.randbytes(dice.randrange(1, 30))
        case 9:
            number = dice.randrange(3)
            body = (piece(dice) + b"\x1b[%d*z" % dice.randrange(3) + piece(dice)).hex().encode()
            return b"\x1bP%d;0;1!z%b\x1b\\\x1b[%d*z" % (number, body, number)
    return b"text that fills a line and a bit " * dice.randrange(1, 4) + b"\r\n"


def in_pieces(dice: random.Random, data: bytes) -> list[bytes]:
    """The same bytes, cut anywhere."""
    cuts = sorted(dice.randrange(len(data) + 1) for _ in range(dice.randrange(12)))
    return [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]


def state(terminal) -> tuple[object, ...]:
    lines = [terminal.line(row).spans() for row in range(terminal.rows)]
    return (
        lines,
        terminal.cursor,
        terminal.take_replies(),
        terminal.take_events(),
        terminal.mouse,
        terminal.encoding,
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.timeout(0 if INPUTS > 5_000 else 120)
def test_no_stream_raises_and_no_cut_matters_and_memory_stays_flat(kind):
    dice = random.Random(f"{kind}{SEED}")
    whole, cut = create_terminal(kind), create_terminal(kind)
    early = 0
    tracemalloc.start()
    try:
        for number in range(0, INPUTS, BATCH):
            data = b"".join(piece(dice) for _ in range(BATCH))
            whole.feed(data)
            for part in in_pieces(dice, data):
                cut.feed(part)
            look(whole)
            assert state(cut) == state(whole), data
            if dice.random() < 0.05:
                size = dice.randrange(1, 140), dice.randrange(1, 60)
                whole.resize(*size)
                cut.resize(*size)
            if not early and number >= INPUTS // 5:
                early = tracemalloc.get_traced_memory()[0]
        grown = tracemalloc.get_traced_memory()[0] - early
    finally:
        tracemalloc.stop()
    history = 2 * limits.SCROLLBACK_LINES * 4096 if INPUTS > 100_000 else 2 * INPUTS * 4096
    assert grown < FLAT + history


def look(terminal) -> None:
    """What is true of every screen whatever it was sent."""
    cursor = terminal.cursor
    assert 0 <= cursor.row < terminal.rows
    assert 0 <= cursor.column < terminal.columns
    for row in range(terminal.rows):
        spans = terminal.line(row).spans()
        assert sum(span.columns for span in spans) == terminal.columns
        assert not {unicodedata.category(char) for span in spans for char in span.text} & UNSAFE, spans
    assert len(terminal.history) <= limits.SCROLLBACK_LINES
