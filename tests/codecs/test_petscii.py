from __future__ import annotations

import pytest

from bbsterm.codecs.petscii import PETSCII
from bbsterm.codecs.petscii_unshifted import PETSCII_UNSHIFTED

SETS = pytest.mark.parametrize("charmap", [PETSCII, PETSCII_UNSHIFTED], ids=lambda charmap: charmap.name)


def test_the_text_set_has_small_letters_where_ascii_has_capitals():
    assert PETSCII.decode(b"\xc8ELLO, \xd7ORLD! 123") == "Hello, World! 123"
    assert PETSCII.decode(b"\x68\x45") == "He"


def test_the_graphics_set_has_capitals_only():
    assert PETSCII_UNSHIFTED.decode(b"HELLO, WORLD! 123") == "HELLO, WORLD! 123"
    assert PETSCII_UNSHIFTED.decode(b"\xc1\xd3\xd8\xda") == "♠♥♣♦"
    with pytest.raises(UnicodeEncodeError):
        PETSCII_UNSHIFTED.encode("hello")


def test_graphics_of_the_graphics_set():
    assert PETSCII_UNSHIFTED.decode(bytes(range(0xC0, 0xD0))) == (
        "\u2500\u2660\U0001fb72\U0001fb78\U0001fb77\U0001fb76\U0001fb7a\U0001fb71"
        "\U0001fb74\u256e\u2570\u256f\U0001fb7c\u2572\u2571\U0001fb7d"
    )
    assert PETSCII_UNSHIFTED.decode(bytes(range(0xD0, 0xE0))) == (
        "\U0001fb7e\u25cf\U0001fb7b\u2665\U0001fb70\u256d\u2573\u25cb"
        "\u2663\U0001fb75\u2666\u253c\U0001fb8c\u2502\u03c0\u25e5"
    )


@SETS
def test_graphics_that_both_sets_share(charmap):
    shared = charmap.decode(bytes([*range(0xA0, 0xA9), *range(0xAA, 0xBA), *range(0xBB, 0xC0)]))
    assert shared == (
        "\xa0▌▄▔▁▏▒▕🮏" "\U0001fb87├▗└┐▂┌┴┬┤▎▍\U0001fb88\U0001fb82\U0001fb83▃" "▖▝┘▘▚"
    )  # fmt: skip


def test_graphics_of_the_text_set_alone():
    assert PETSCII.decode(b"\xa9\xba\xde\xdf") == "\U0001fb99✓\U0001fb96\U0001fb98"
    assert PETSCII_UNSHIFTED.decode(b"\xa9\xba\xde\xdf") == "◤\U0001fb7fπ◥"


@SETS
def test_the_repeated_blocks(charmap):
    assert charmap.table[0x60:0x80] == charmap.table[0xC0:0xE0]
    assert charmap.table[0xE0:0xFF] == charmap.table[0xA0:0xBF]
    assert charmap.table[0xFF] == charmap.table[0xDE], "the KERNAL draws FF as screen code 5E"


@SETS
def test_control_codes_stand_for_themselves(charmap):
    controls = bytes([*range(0x20), *range(0x80, 0xA0)])
    assert charmap.encode(charmap.decode(controls)) == controls


@SETS
def test_pound_and_arrows(charmap):
    assert charmap.encode("£↑←[]@") == b"\x5c\x5e\x5f[]@"


def test_ascii_that_a_commodore_lacks():
    assert PETSCII.encode("a^b_c|`\\") == b"A\x5eB\xa4C\x7d'\x5c"


def test_both_published_discs_can_be_sent():
    assert PETSCII_UNSHIFTED.encode("●•") == b"\x71\x71"
