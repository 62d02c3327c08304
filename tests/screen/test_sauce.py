from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import codecs, limits
from bbsterm.screen.sauce import picture_of, read_sauce


def record(
    *,
    title: bytes = b"Title",
    kind: bytes = b"\x01\x01",  # Character, ANSi
    size: bytes = b"\x50\x00\x19\x00",  # 80 columns, 25 rows
    comments: int = 0,
    flags: int = 0,
    font: bytes = b"IBM VGA",
) -> bytes:
    head = b"SAUCE00" + title.ljust(35) + b"Author".ljust(20) + b"Group".ljust(20) + b"20240102"
    made = head + b"\x04\0\0\0" + kind + size + bytes(4) + bytes((comments, flags)) + font.ljust(22, b"\0")
    assert len(made) == 128
    return made


def test_a_record_is_read():
    sauce = read_sauce(b"art\x1a" + record())

    assert sauce is not None
    assert sauce[:4] == ("Title", "Author", "Group", "20240102")
    assert (sauce.columns, sauce.rows, sauce.ice, sauce.font, sauce.comments) == (
        80,
        25,
        False,
        "IBM VGA",
        (),
    )


def test_the_picture_is_what_is_before_it():
    assert picture_of(b"art\x1amore\x1a" + record()) == b"art\x1amore"
    assert picture_of(b"art" + record()) == b"art"
    assert picture_of(b"art\x1arest") == b"art"
    assert picture_of(b"art") == b"art"


def test_comments_are_lines_of_64():
    block = b"COMNT" + b"first".ljust(64) + b"second".ljust(64)
    data = b"art\x1a" + block + record(comments=2)

    assert read_sauce(data).comments == ("first", "second")
    assert picture_of(data) == b"art"


@pytest.mark.parametrize("count", [1, 3, 255])
def test_comments_that_are_not_there_are_none(count):
    data = b"art\x1a" + record(comments=count)
    assert read_sauce(data).comments == ()
    assert picture_of(data) == b"art"


def test_flags_and_odd_kinds():
    assert read_sauce(record(flags=1)).ice
    binary = read_sauce(record(kind=b"\x05\x50", flags=1))
    assert (binary.columns, binary.rows, binary.ice) == (160, 0, True)
    bitmap = read_sauce(record(kind=b"\x02\x00"))
    assert (bitmap.columns, bitmap.rows, bitmap.font) == (0, 0, "")


def test_sizes_and_text_are_not_believed():
    sauce = read_sauce(record(title=b"\x1b[31mevil\x07", size=b"\xff\xff\xff\xff"))
    assert sauce.title.isprintable()
    assert (sauce.columns, sauce.rows) == (limits.MAX_COLUMNS, limits.MAX_ROWS)


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (b"", "cp437"),
        (b"IBM VGA", "cp437"),
        (b"IBM EGA43", "cp437"),
        (b"IBM VGA 866", "cp866"),
        (b"IBM VGA 819", "latin_1"),
        (b"Amiga Topaz 1+", "latin_1"),
        (b"C64 PETSCII unshifted", "petscii_unshifted"),
        (b"C64 PETSCII shifted", "petscii"),
        (b"Atari ATASCII", "atascii"),
    ],
)
def test_a_font_is_a_character_set(font, encoding):
    assert read_sauce(record(font=font)).encoding == encoding


def test_whatever_page_a_font_names_its_encoding_exists():
    for page in range(1000):
        assert codecs.lookup(read_sauce(record(font=b"IBM VGA %03d" % page)).encoding)


@given(st.binary(max_size=300), st.binary(max_size=128))
def test_no_file_raises(data, tail):
    for end in (b"", b"SAUCE" + tail.ljust(123, b"\xff")[:123]):
        assert len(picture_of(data + end)) <= len(data + end)
        sauce = read_sauce(data + end)
        assert (sauce is not None) is (end != b"" or data[-128:-123] == b"SAUCE")
        if sauce is not None:
            assert all(text.isprintable() for text in (*sauce[:4], sauce.font, *sauce.comments))
