"""What the vt emulation draws: character sets, wide and combining characters, broken UTF-8, C1 controls."""

from __future__ import annotations

import pytest

from tests.screen.looks import rows, shown, terminal


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b(0lqk\x1b(Blqk", "┌─┐lqk"),
        (b"\x1b)0q\x0eq\x0fq", "q─q"),
        (b"\x1b*0q\x1bnq\x1boq", "q─q"),
        (b"\x1b+0q\x1boq\x0fq", "q─q"),
        (b"\x1b*0\x1bNqq", "─q"),
        (b"\x1b+0\x1bOqq", "─q"),
        (b"\x1b(A#", "£"),
        (b"\x1b(K[\\]{|}~", "ÄÖÜäöüß"),
        (b"\x1b(j#", "#"),  # a set that nobody knows
        ("\x1b(0q\u00e9".encode(), "─é"),
        (b"\x0eq", "q"),  # nothing but ASCII has been designated
    ],
)
def test_character_sets(data, text):
    assert rows(terminal("vt", data)) == [text]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\x80b", "a\ufffdb"),
        (b"a\xc3b", "a\ufffdb"),
        (b"a\xe2\x82b", "a\ufffdb"),  # the longest beginning of a character counts as one
        (b"\xf0\x80\x80\x41", "\ufffd\ufffd\ufffdA"),
        (b"\xed\xa0\x80", "\ufffd" * 3),  # half of a UTF-16 pair
        (b"\xc0\xaf", "\ufffd" * 2),  # too long for what it is
        (b"\xf4\x90\x80\x80", "\ufffd" * 4),  # beyond Unicode
        (b"\xfe\xff", "\ufffd" * 2),
        (b"\xe2\x1b[1mx", "\ufffdx"),
    ],
)
def test_broken_utf8_becomes_replacement_characters(data, text):
    whole, bytewise = terminal("vt", data), terminal("vt")
    for byte in data:
        bytewise.feed(bytes((byte,)))
    assert rows(whole) == rows(bytewise) == [text]


@pytest.mark.parametrize(
    ("data", "text", "place"),
    [
        ("漢字", ["漢字"], (1, 5)),
        ("012345678漢", ["012345678", "漢"], (2, 3)),  # no room for half of one
        ("01234567漢x", ["01234567漢", "x"], (2, 2)),
        ("\x1b[?7l012345678漢", ["01234567漢"], (1, 10)),
        ("漢\x1b[1;2Hx", [" x"], (1, 3)),
        ("漢字\x1b[1;2H\x1b[P", [" 字"], (1, 2)),
        ("漢\x1b[1;1Hx", ["x"], (1, 2)),
        ("漢字\x1b[1;2H\x1b[X", ["  字"], (1, 2)),
        ("漢字\x1b[1;2H\x1b[@", ["   字"], (1, 2)),
        ("e\u0301x", ["e\u0301x"], (1, 3)),
        ("012345678e\u0301", ["012345678e\u0301"], (1, 10)),  # on the waiting column
        ("漢\u0301", ["漢\u0301"], (1, 3)),
        ("a\u200db\ufeffc\u202ed", ["abcd"], (1, 5)),
        ("\u0301a", ["a"], (1, 2)),
        ("\u1100\u1161\u11a8x", ["\u1100\u1161\u11a8x"], (1, 4)),  # a Hangul syllable in three parts
        ("\u2764\ufe0fx", ["\u2764x"], (1, 3)),  # some hosts would draw the heart over two cells
    ],
)
def test_wide_and_combining_characters(data, text, place):
    assert shown("vt", data.encode()) == (text, place)


def test_marks_without_end_have_a_bound():
    screen = terminal("vt", ("e" + "\u0301" * 10_000).encode())
    assert rows(screen) == ["e" + "\u0301" * 5]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "cp437"])
def test_delete_is_no_character(encoding):
    assert rows(terminal("vt", b"a\x7fb\x1b[2\x7fCc", encoding=encoding)) == ["ab  c"]


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"\xc2\x9b3Cx", "utf-8", ["   x"]),
        (b"a\xc2\x84b\xc2\x85c\xc2\x8dd", "utf-8", ["a", " d", "c"]),
        (b"\xc2\x9d0;t\xc2\x9cx", "utf-8", ["x"]),
        (b"\xc2\x90dcs\xc2\x9cx\xc2\x9eno\xc2\x9cy", "utf-8", ["xy"]),
        (b"\x9b3Cx", "latin-1", ["   x"]),
        (b"\x9b3Cx", "utf-8", ["\ufffd3Cx"]),
        (b"\x80", "cp1252", ["€"]),
    ],
)
def test_c1_controls(data, encoding, text):
    assert rows(terminal("vt", data, encoding=encoding)) == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b[1\x18mx", "mx"),  # CAN ends it
        (b"\x1b[1\x1amx", "mx"),
        (b"\x1b[2\rCx", "  x"),  # what may stand in the middle is obeyed
        (b"\x1b[1\x1b[2Cx", "  x"),
        (b"\x1b\x1b[2Cx", "  x"),
        (b"\x1b[\x7f2Cx", "  x"),
        (b"\x1b[2\x00Cx", "  x"),
        (b"\x1b[1?2Cx", "x"),  # nonsense is skipped whole
        (b"\x1b[>2Cx", "x"),
        (b"\x1b[2$Cx", "x"),
        (b"\x1b[1 2Cx", "x"),
        (b"\x1b[9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9;9mx", "x"),
        (b"\x1b[99999999999999999999Cx", " " * 9 + "x"),
        (b"\x1b%Gx\x1b(", "x"),
        (b"\x1b]0;a\x18bx", "bx"),
        (b"\x1bPabc\x1b[2Cx", "  x"),  # a new sequence ends a string
        (b"\x1b_a\x07b\x1b\\x", "bx"),
        (b"\x1b]0;a\x1b\\x", "x"),
        (b"\x1bXa\x07b\x1b\\x", "x"),
        (b"\x1b^a\x1b\\x", "x"),
        (b"\x00a\x7fb\x05c", "abc"),
    ],
)
def test_broken_and_odd_sequences(data, text):
    assert rows(terminal("vt", data)) == [text]
