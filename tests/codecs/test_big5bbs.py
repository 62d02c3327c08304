from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bbsterm.codecs

bbsterm.codecs.install()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xa4\xa4\xa4\xe5 abc", "中文 abc"),
        (b"\xb0\x1b[31mA", "░\x1b[31mA"),
        (b"\xf9\xf9\xf9", "∙∙∙"),
        (b"\xb3 x", "│ x"),
        (b"\xb3", "│"),
        (b"\x80\xa0\xff", "\x80\xa0ÿ"),
    ],
)
def test_half_a_character_is_a_small_picture(data, text):
    assert data.decode("big5bbs") == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xa4\x1b[1;31m\xa4Z", "中\x1b[1;31mZ"),
        (b"\xa2\x1b[1;31m\x66Z", "▅\x1b[1;31mZ"),
        (b"\xa2\x1b[m\x1b[1;31m\x66Z", "▅\x1b[m\x1b[1;31mZ"),
        (b"\xb3\x1b[1;37mHi", "│\x1b[1;37mHi"),
        (b"\xf9\x1b[m\xf9 ", "∙\x1b[m∙ "),
        (b"\xa4\x1b[2J\xa4", "ñ\x1b[2Jñ"),
    ],
)
def test_a_colour_may_change_inside_a_character(data, text):
    assert data.decode("big5bbs") == text


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [b"\xa4", b"\xa2", b"f", b"\x1b", b"[", b"1;3", b"1m", b"\x1b[31m", b"\xff", b"\xf9", b" "]
        )
        | st.binary(max_size=3),
        max_size=12,
    )
)
def test_chunk_boundaries_never_matter(chunks):
    decoder = codecs.getincrementaldecoder("big5bbs")()
    text = "".join(decoder.decode(chunk) for chunk in chunks) + decoder.decode(b"", final=True)
    assert text == b"".join(chunks).decode("big5bbs")


def test_what_is_kept_for_the_next_chunk_is_bounded():
    decoder = codecs.getincrementaldecoder("big5bbs")()
    decoder.decode(b"\xa4" + b"\x1b[31m" * 1000 + b"\x1b[" + b"1" * 1000)
    assert len(decoder.getstate()[0]) < 100


def test_encoding():
    assert "中文 abc\r\n".encode("big5bbs") == b"\xa4\xa4\xa4\xe5 abc\r\n"
    assert "中░".encode("Big5-BBS") == b"\xa4\xa4\xb0"
    assert "中☃░".encode("big5_ptt", "replace") == b"\xa4\xa4?\xb0"
    assert "☃".encode("big5bbs", "xmlcharrefreplace") == b"&#9731;"
    with pytest.raises(UnicodeEncodeError):
        "☃".encode("big5bbs")
    assert codecs.getincrementalencoder("big5bbs")().encode("中") == b"\xa4\xa4"
