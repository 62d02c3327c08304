"""The checksum over a rectangle of cells (DECRQCRA, XTCHECKSUM), by hand."""

from __future__ import annotations

import pytest

from tests.screen.looks import answers

ALL = b"\x1b[5;1;1;1;2;10*y"  # both rows of a screen of two


def told(data: bytes) -> int:
    """The sum that is answered after some bytes on a screen of two rows, as if it were not negated."""
    answer = answers("vt", data + ALL, rows=2)
    assert answer.startswith(b"\x1bP5!~")
    assert answer.endswith(b"\x1b\\")
    return int(answer[5:9], 16)


@pytest.mark.parametrize(
    ("data", "total"),
    [
        (b"AB", 0x41 + 0x42),
        (b"A B\r\n C", 0x41 + 0x42 + 0x43),  # blanks do not count
        (b" A", 0x20 + 0x41),  # but for one in the first cell
        (b"A\x1b[1;4;5;7;8mB\x1b[m", 0x41 + 0x42 + 0x80 + 0x10 + 0x40 + 0x20 + 0x08),
        (b"A\x1b[7m \x1b[m", 0x41 + 0x20 + 0x20),  # this one is seen
        (b"A\x1b[3m \x1b[m", 0x41 + 0x20),
        (b"\x1b[31;42mA\x1b[m", 0x41),  # colours add nothing
        (b'\x1b[1"qA', 0x41),  # nor does DECSCA
        ("\N{LATIN SMALL LETTER E WITH ACUTE}".encode(), 0x69),  # seven bits
        ("\N{EURO SIGN}\N{NO-BREAK SPACE}".encode(), 0x1B + 0x1B),  # what a VT does not have
        ("\N{LATIN SMALL LETTER Y WITH DIAERESIS}A".encode(), 0x41),
        ("\N{CJK UNIFIED IDEOGRAPH-4E00}".encode(), 0x1B + 0x1B),  # both halves
        ("e\N{COMBINING ACUTE ACCENT}".encode(), 0x65),
    ],
)
def test_what_counts(data, total):
    assert told(data) == -total & 0xFFFF
    assert told(data + b"\x1b[1#y") == total


@pytest.mark.parametrize(
    ("kind", "total"),
    [
        (1, 0x61 + 0x80 + 0x65 + 0x1B + 0x1B),
        (3, 0x61 + 0x65 + 0x1B + 0x1B),
        (7, 0x61 + 0x65 + 0x301 + 0x1B + 0x1B + 16 * 0x20),
        (9, 0x61 + 0x80 + 0x65 + 0x1B + 0x1B),
        (17, 0x61 + 0x80 + 0x65 + 0x4E00),
        (31, 0x61 + 0x65 + 0x4E00 + 16 * 0x20),
    ],
)
def test_other_sums(kind, total):
    text = "\x1b[1ma\x1b[m e\N{COMBINING ACUTE ACCENT}\N{CJK UNIFIED IDEOGRAPH-4E00}"
    assert told(f"{text}\x1b[{kind}#y".encode()) == total & 0xFFFF


def test_a_reset_makes_it_the_usual_sum():
    assert told(b"\x1b[1#y\x1bcA") == -0x41 & 0xFFFF


def test_no_rectangle_has_no_sum():
    assert answers("vt", b"abc\x1b[1;1;3;3;2;2*y") == b"\x1bP1!~0000\x1b\\"
