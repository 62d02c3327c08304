from __future__ import annotations

import asyncio
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bbsterm.codecs
from bbsterm.net import TelnetReaderUnicode


class Encoding:
    def __init__(self, name):
        self.name = name

    def __call__(self, incoming):
        return self.name


def fed(*chunks, encoding="utf-8", eof=False, **options):
    reader = TelnetReaderUnicode(Encoding(encoding), **options)
    for chunk in chunks:
        reader.feed_data(chunk)
    if eof:
        reader.feed_eof()
    return reader


async def test_read_counts_characters():
    reader = fed("☭ab💉".encode())

    assert await reader.read(2) == "☭a"
    assert await reader.read(10) == "b💉"
    assert await reader.read(0) == ""


async def test_a_character_cut_in_two_is_put_together():
    first, second = "é".encode()[:1], "é".encode()[1:]
    reader = fed(b"a", b"b", first)

    assert await reader.read(10) == "ab"
    reading = asyncio.ensure_future(reader.read(10))
    await asyncio.sleep(0)
    assert not reading.done()
    reader.feed_data(second)

    assert await reading == "é"


async def test_what_cannot_be_decoded_is_replaced_even_at_the_end():
    assert await fed(b"a\xffb\xc3", eof=True).read() == "a\ufffdb\ufffd"


async def test_strict_errors_are_raised_once_for_each_mistake():
    reader = fed(b"\xff", encoding_errors="strict")

    with pytest.raises(UnicodeDecodeError):
        await reader.read(1)
    reader.feed_data(b"fine")
    assert await reader.read(10) == "fine"


async def test_readexactly_gives_partial_text_at_the_end():
    reader = fed("💉-".encode(), eof=True)

    with pytest.raises(asyncio.IncompleteReadError) as problem:
        await reader.readexactly(3)
    assert problem.value.partial == "💉-"
    assert problem.value.expected == 3


@pytest.mark.parametrize(
    ("chunks", "lines"),
    [
        ([b"one\r\ntwo\nthree\rfour"], ["one\r\n", "two\n", "three\r", "four"]),
        ([b"one\r", b"\ntwo\r\n"], ["one\r\n", "two\r\n"]),
        ([b"one\r\x00two"], ["one\r", "two"]),
        (["é\r\n".encode()[:1], "é\r\n".encode()[1:]], ["é\r\n"]),
    ],
)
async def test_lines(chunks, lines):
    assert [line async for line in fed(*chunks, eof=True)] == lines


async def test_a_cr_lf_that_was_cut_in_two_makes_one_line():
    reader = fed(b"one\r")
    assert await reader.readline() == "one\r"

    reader.feed_data(b"\ntwo\r\n")

    assert await reader.readline() == "two\r\n"


async def test_atari_lines_end_where_atari_lines_end():
    bbsterm.codecs.install()
    reader = fed(b"HELLO\x9bWORLD\x9b", encoding="atascii")

    assert await reader.readline() == "HELLO\n"
    assert await reader.readline() == "WORLD\n"


async def test_a_line_beyond_the_limit_is_an_error():
    with pytest.raises(ValueError, match="limit of 10"):
        await fed(b"x" * 11, limit=10).readline()


async def test_the_encoding_is_that_of_the_moment_of_reading():
    reader = fed(b"\xe9")
    encoding = reader._fn_encoding
    encoding.name = "latin-1"

    assert await reader.read(1) == "é"

    reader.feed_data(b"\x82")
    encoding.name = "cp437"
    assert await reader.read(1) == "é"


async def test_an_unfinished_character_is_read_in_the_new_encoding():
    reader = fed(b"a\xc3")
    assert await reader.read(1) == "a"

    reader._fn_encoding.name = "latin-1"
    reader.feed_data(b"b")

    assert await reader.read(2) == "Ãb"


async def test_readuntil_gives_text_for_text_and_bytes_for_bytes():
    reader = fed("café> one> two> ".encode())

    assert await reader.read(2) == "ca"
    assert await reader.readuntil("> ") == "fé> "
    assert await reader.readuntil(b"> ") == b"one> "
    assert await reader.readuntil_pattern(re.compile(rb"\w+")) == b"two"
    assert await reader.read(10) == "> "


async def test_readuntil_knows_several_separators():
    reader = fed("café? yes> no> ".encode())

    assert await reader.readuntil(("> ", "? ")) == "café? "
    assert await reader.readuntil((b"? ", b"> ")) == b"yes> "
    with pytest.raises(TypeError, match="all text or all bytes"):
        await reader.readuntil(("? ", b"> "))
    with pytest.raises(ValueError, match="one character"):
        await reader.readuntil(())
    assert await reader.readuntil("> ") == "no> "


async def test_readuntil_says_what_is_wrong():
    with pytest.raises(ValueError, match="one character"):
        await fed(b"abc").readuntil("")
    with pytest.raises(asyncio.IncompleteReadError) as problem:
        await fed(b"partial", eof=True).readuntil("x")
    assert problem.value.partial == "partial"
    with pytest.raises(asyncio.LimitOverrunError):
        await fed(b"x" * 20, limit=10).readuntil("y")


async def test_a_thousand_small_readings_do_not_copy_the_rest_each_time():
    reader = fed(b"x" * 60_000)

    for _ in range(60_000):
        await reader.read(1)

    assert reader._text == ""


def test_the_reader_tells_what_it_is():
    assert repr(fed(encoding="def-ENC", limit=1999)) == (
        "<TelnetReaderUnicode encoding='def-ENC' limit=1999 buflen=0 eof=False>"
    )


@given(st.text(max_size=30), st.lists(st.integers(1, 5), min_size=1, max_size=5))
async def test_however_it_is_cut_the_text_is_the_same(text, sizes):
    data = text.encode("utf-8", "replace")
    reader, at = fed(), 0
    while at < len(data):
        for size in sizes:
            reader.feed_data(data[at : at + size])
            at += size
    reader.feed_eof()

    assert await reader.read() == data.decode()


@given(st.lists(st.binary(max_size=8), max_size=6))
async def test_no_bytes_raise(chunks):
    reader = fed(*chunks, eof=True)
    while await reader.readline():
        continue
    assert reader.at_eof()
