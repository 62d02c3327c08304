from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.serve.dialects.ansi import Ansi
from bbsterm.serve.dialects.atascii import Atascii
from bbsterm.serve.dialects.petscii import Petscii
from bbsterm.serve.keys import UTF8_KEYS, CursorReport, KeyDecoder, Special, key_table

TABLES = {
    "utf-8": UTF8_KEYS,
    "cp437": Ansi("cp437").keys,
    "petscii": Petscii(40).keys,
    "atascii": Atascii(40).keys,
}


@pytest.mark.parametrize("enter", [b"\r", b"\r\n", b"\r\0", b"\n"], ids=["CR", "CR LF", "CR NUL", "LF"])
def test_however_it_is_sent_it_is_one_enter(enter):
    assert KeyDecoder().feed(b"a" + enter + b"b" + enter) == ["a", Special.ENTER, "b", Special.ENTER]


def test_enter_twice_is_twice():
    assert KeyDecoder().feed(b"\r\r\n\n\n") == [Special.ENTER] * 4


def test_a_bare_line_feed_is_noticed():
    typist, pipe = KeyDecoder(), KeyDecoder()
    typist.feed(b"a\r\n")
    pipe.feed(b"a\n")

    assert not typist.bare_lf
    assert pipe.bare_lf


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\x08", Special.BACKSPACE),
        (b"\x7f", Special.BACKSPACE),
        (b"\x1b[A", Special.UP),
        (b"\x1bOB", Special.DOWN),
        (b"\x1b[3~", Special.DELETE),
        (b"\x1b[K", Special.END),
        (b"\x1b[1;5C", None),
        (b"\x15", Special.RUB_OUT_LINE),
        (b"\xc3\xa9", "é"),
        (b"\x01", None),
    ],
)
def test_keys_of_a_terminal(data, key):
    assert KeyDecoder().feed(data) == ([] if key is None else [key])


def test_the_answer_to_a_cursor_query_is_no_key():
    assert KeyDecoder().feed(b"x\x1b[24;80Ry") == ["x", CursorReport(24, 80), "y"]


def test_escape_waits_for_what_may_follow():
    decoder = KeyDecoder()

    assert decoder.feed(b"\x1b") == []
    assert decoder.waiting
    assert decoder.flush() == [Special.ESCAPE]
    assert not decoder.waiting
    assert decoder.feed(b"[A") == ["[", "A"]


def test_escape_and_a_letter_are_two_keys():
    assert KeyDecoder().feed(b"\x1bx\x1b\x1b[B") == [Special.ESCAPE, "x", Special.ESCAPE, Special.DOWN]


def test_broken_utf_8_is_dropped():
    assert KeyDecoder().feed(b"a\xff\xc3b\xe2\x82\r") == ["a", "b", Special.ENTER]


@pytest.mark.parametrize(
    ("table", "data", "keys"),
    [
        ("cp437", b"\x81\xe1", ["ü", "ß"]),
        (
            "petscii",
            b"H\xc8\xa0\x14\x8d\x91\x5f",
            ["h", "H", " ", Special.BACKSPACE, Special.ENTER, Special.UP, Special.ESCAPE],
        ),
        ("petscii", b"\x0d\x1b", [Special.ENTER]),
        ("atascii", b"Hi\xc8\x7e\x9b\x1c", ["H", "i", "H", Special.BACKSPACE, Special.ENTER, Special.UP]),
    ],
)
def test_other_machines_have_other_keys(table, data, keys):
    assert KeyDecoder(TABLES[table]).feed(data) == keys


def test_a_key_table_has_256_entries():
    with pytest.raises(ValueError, match="256 characters, not 3"):
        key_table("abc")


@pytest.mark.parametrize("table", TABLES)
@given(
    data=st.lists(
        st.binary(max_size=6)
        | st.sampled_from([b"\x1b", b"\x1b[", b"\x1b[1;2", b"R", b"\r", b"\n", b"\xe2\x94", b"\x80"]),
        max_size=12,
    )
)
def test_how_bytes_are_cut_never_matters(table, data):
    whole, pieces = KeyDecoder(TABLES[table]), KeyDecoder(TABLES[table])

    together = whole.feed(b"".join(data))
    apart = [key for piece in data for key in pieces.feed(piece)]

    assert apart == together
    assert pieces.flush() == whole.flush()


@pytest.mark.parametrize("table", TABLES)
@given(data=st.binary())
def test_no_bytes_raise_and_no_key_is_a_control(table, data):
    for key in KeyDecoder(TABLES[table]).feed(data):
        assert not isinstance(key, str) or (len(key) == 1 and key.isprintable())


def test_an_endless_sequence_is_not_kept():
    decoder = KeyDecoder()

    decoder.feed(b"\x1b[" + b"1" * 100)

    assert not decoder.waiting
