from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bbsterm.codecs

BIG5BBS = bbsterm.codecs.lookup("big5bbs")
"""Ours, whoever else in this process has registered a codec of that name (telnetlib3 does)."""


def decoded(data: bytes) -> str:
    return BIG5BBS.decode(data)[0]


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
    assert decoded(data) == text


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
    assert decoded(data) == text


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
    decoder = BIG5BBS.incrementaldecoder()
    text = "".join(decoder.decode(chunk) for chunk in chunks) + decoder.decode(b"", final=True)
    assert text == decoded(b"".join(chunks))


def test_what_is_kept_for_the_next_chunk_is_bounded():
    decoder = BIG5BBS.incrementaldecoder()
    decoder.decode(b"\xa4" + b"\x1b[31m" * 1000 + b"\x1b[" + b"1" * 1000)
    assert len(decoder.getstate()[0]) < 100


@pytest.mark.parametrize("alias", ["big5bbs", "Big5-BBS", "big5_ptt"])
def test_names(alias):
    assert bbsterm.codecs.lookup(alias).encode("中░")[0] == b"\xa4\xa4\xb0"


def test_encoding():
    assert BIG5BBS.encode("中文 abc\r\n")[0] == b"\xa4\xa4\xa4\xe5 abc\r\n"
    assert BIG5BBS.encode("中░")[0] == b"\xa4\xa4\xb0"
    assert BIG5BBS.encode("中☃░", "replace")[0] == b"\xa4\xa4?\xb0"
    assert BIG5BBS.encode("☃", "xmlcharrefreplace")[0] == b"&#9731;"
    with pytest.raises(UnicodeEncodeError):
        BIG5BBS.encode("☃")
    assert BIG5BBS.incrementalencoder().encode("中") == b"\xa4\xa4"
