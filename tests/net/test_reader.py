from __future__ import annotations

import asyncio
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.net import TelnetReader


def fed(*chunks, limit=65536, eof=False):
    reader = TelnetReader(limit)
    for chunk in chunks:
        reader.feed_data(chunk)
    if eof:
        reader.feed_eof()
    return reader


class Line:
    """Something that can be paused."""

    paused = False

    def pause_reading(self):
        self.paused = True

    def resume_reading(self):
        self.paused = False

    def is_closing(self):
        return False


async def all_lines(reader):
    return [line async for line in reader]


async def test_read_gives_what_is_there_up_to_n():
    reader = fed(b"hello")

    assert await reader.read(2) == b"he"
    assert await reader.read(100) == b"llo"
    assert await reader.read(0) == b""


async def test_read_waits_for_something():
    reader = fed()
    reading = asyncio.ensure_future(reader.read(10))
    await asyncio.sleep(0)

    reader.feed_data(b"late")

    assert await reading == b"late"


async def test_read_without_n_is_everything_to_the_end():
    assert await fed(b"x" * 30, limit=10, eof=True).read() == b"x" * 30


async def test_the_end_is_empty_bytes_and_at_eof():
    reader = fed(b"last", eof=True)

    assert not reader.at_eof()
    assert await reader.read(10) == b"last"
    assert reader.at_eof()
    assert await reader.read(10) == b""


async def test_readexactly_waits_for_all_of_it_or_says_what_there_was():
    reader = fed(b"abc")
    reading = asyncio.ensure_future(reader.readexactly(5))
    await asyncio.sleep(0)
    reader.feed_data(b"defg")

    assert await reading == b"abcde"

    reader.feed_eof()
    with pytest.raises(asyncio.IncompleteReadError) as problem:
        await reader.readexactly(3)
    assert problem.value.partial == b"fg"
    with pytest.raises(ValueError, match="less than zero"):
        await reader.readexactly(-1)


@pytest.mark.parametrize(
    ("chunks", "lines"),
    [
        ([b"one\r\ntwo\nthree\rfour"], [b"one\r\n", b"two\n", b"three\r", b"four"]),
        ([b"one\r", b"\ntwo\r\n"], [b"one\r\n", b"two\r\n"]),
        ([b"one\r\x00two\r\x00"], [b"one\r", b"two\r"]),
        ([b"\r\r\n\n"], [b"\r", b"\r\n", b"\n"]),
        ([b"o", b"ne", b"\r\n"], [b"one\r\n"]),
        ([b""], []),
    ],
)
async def test_a_line_ends_at_cr_lf_or_lf_or_cr(chunks, lines):
    assert await all_lines(fed(*chunks, eof=True)) == lines


@pytest.mark.parametrize("rest", [b"\n", b"\x00"])
async def test_a_cr_lf_that_was_cut_in_two_makes_one_line(rest):
    reader = fed(b"one\r")

    assert await reader.readline() == b"one\r"  # nobody knows yet that an LF will come

    reader.feed_data(rest)
    reader.feed_data(b"two\r\n")
    assert await reader.readline() == b"two\r\n"


async def test_a_line_beyond_the_limit_is_an_error_and_can_still_be_read():
    reader = fed(b"x" * 11, limit=10)

    with pytest.raises(ValueError, match="limit of 10"):
        await reader.readline()
    assert await reader.read(100) == b"x" * 11


async def test_readuntil_finds_a_separator_that_was_cut_in_two():
    reader = fed(b"login", b": ")
    assert await reader.readuntil(b"n: ") == b"login: "

    reading = asyncio.ensure_future(reader.readuntil(b"--more--"))
    for byte in b"text --more-- rest":
        await asyncio.sleep(0)
        reader.feed_data(bytes([byte]))

    assert await reading == b"text --more--"


async def test_readuntil_says_what_is_wrong():
    with pytest.raises(ValueError, match="one-byte"):
        await fed(b"abc").readuntil(b"")
    with pytest.raises(asyncio.IncompleteReadError) as problem:
        await fed(b"partial", eof=True).readuntil(b"\n")
    assert (problem.value.partial, problem.value.expected) == (b"partial", None)
    reader = fed(b"x" * 20, limit=10)
    with pytest.raises(asyncio.LimitOverrunError):
        await reader.readuntil(b"\n")
    assert await reader.read(100) == b"x" * 20


async def test_readuntil_knows_several_separators_and_takes_the_one_that_ends_first():
    reader = fed(b"name: word> more>>")

    for expected in (b"name: ", b"word>", b" more>", b">"):
        assert await reader.readuntil((b">>", b": ", b">")) == expected


async def test_readuntil_finds_the_longer_of_two_separators_that_was_cut_in_two():
    reader = fed(b"text --mo")
    reading = asyncio.ensure_future(reader.readuntil((b"!", b"--more--")))
    await asyncio.sleep(0)
    reader.feed_data(b"re--!")

    assert await reading == b"text --more--"


@pytest.mark.parametrize("separators", [(), (b"a", b"")])
async def test_readuntil_wants_something_to_look_for(separators):
    with pytest.raises(ValueError, match="one-byte"):
        await fed(b"abc").readuntil(separators)


async def test_readuntil_pattern_reads_to_the_end_of_the_match():
    reader = fed(b"\nRouter> enable\nRouter# ")
    prompt = re.compile(rb"\S+[>#]")

    assert await reader.readuntil_pattern(prompt) == b"\nRouter>"
    assert await reader.readuntil_pattern(prompt) == b" enable\nRouter#"


@pytest.mark.parametrize("pattern", [None, re.compile("text")])
async def test_readuntil_pattern_wants_a_pattern_of_bytes(pattern):
    with pytest.raises(ValueError, match=r"pattern"):
        await fed(b"abc").readuntil_pattern(pattern)


async def test_a_full_reader_pauses_the_line_and_an_emptied_one_resumes_it():
    line = Line()
    reader = TelnetReader(limit=10)
    reader.set_transport(line)

    reader.feed_data(b"x" * 21)
    assert line.paused
    await reader.read(5)
    assert line.paused
    await reader.read(6)
    assert not line.paused


async def test_whoever_waits_for_more_than_the_reader_may_hold_gets_it():
    line = Line()
    reader = TelnetReader(limit=10)
    reader.set_transport(line)
    reader.feed_data(b"x" * 21)

    reading = asyncio.ensure_future(reader.readexactly(30))
    await asyncio.sleep(0)

    assert not line.paused
    reader.feed_data(b"y" * 9)
    assert await reading == b"x" * 21 + b"y" * 9


async def test_a_line_that_cannot_be_paused_is_left_alone():
    class Stubborn(Line):
        def pause_reading(self):
            raise NotImplementedError

    reader = TelnetReader(limit=1)
    reader.set_transport(Stubborn())

    reader.feed_data(b"abcd")
    reader.feed_data(b"efgh")

    assert await reader.read(10) == b"abcdefgh"


async def test_what_came_before_the_line_broke_is_read_before_the_reason():
    reader = fed(b"last words")
    reader.set_exception(ConnectionResetError("gone"))

    assert await reader.read(100) == b"last words"
    with pytest.raises(ConnectionResetError, match="gone"):
        await reader.read(100)
    assert isinstance(reader.exception(), ConnectionResetError)


async def test_who_waits_when_the_line_breaks_is_told():
    reader = fed()
    reading = asyncio.ensure_future(reader.readline())
    await asyncio.sleep(0)

    reader.set_exception(ConnectionResetError("gone"))

    with pytest.raises(ConnectionResetError):
        await reading


async def test_two_may_not_wait_at_once():
    reader = fed()
    first = asyncio.ensure_future(reader.read(1))
    await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="already waiting"):
        await reader.read(1)

    reader.feed_data(b"A")
    assert await first == b"A"


async def test_a_cancelled_reading_loses_nothing():
    reader = fed(b"half a li")
    reading = asyncio.ensure_future(reader.readline())
    await asyncio.sleep(0)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)

    reader.feed_data(b"ne\r\n")

    assert await reader.readline() == b"half a line\r\n"


def test_the_reader_tells_what_it_is():
    assert repr(TelnetReader(1999)) == "<TelnetReader limit=1999 encoding=False>"
    assert repr(fed(b"abc", eof=True)) == "<TelnetReader 3 bytes eof limit=65536 encoding=False>"
    with pytest.raises(ValueError, match="at least 1"):
        TelnetReader(0)


def test_names_of_another_age_warn():
    reader = TelnetReader()
    with pytest.warns(DeprecationWarning, match="at_eof"):
        assert not reader.connection_closed
    with pytest.warns(DeprecationWarning, match="writer"):
        reader.close()
    assert reader.at_eof()


@given(st.lists(st.text(alphabet="ab\r\n", max_size=6).map(str.encode), max_size=8))
async def test_however_it_is_cut_the_bytes_are_the_same(chunks):
    reader = fed(*chunks, eof=True)
    parts = []
    while part := await reader.read(3):
        parts.append(part)
    assert b"".join(parts) == b"".join(chunks)


@given(st.lists(st.text(alphabet="ab\r\n", max_size=6).map(str.encode), max_size=8))
async def test_lines_read_as_they_come_have_the_words_of_lines_read_at_the_end(chunks):
    together = [line.strip() for line in await all_lines(fed(*chunks, eof=True))]

    reader, lines = TelnetReader(), []

    async def read():
        async for line in reader:
            lines.append(line.strip())

    reading = asyncio.ensure_future(read())
    for chunk in chunks:
        await asyncio.sleep(0)
        reader.feed_data(chunk)
    reader.feed_eof()
    await reading

    assert lines == together
