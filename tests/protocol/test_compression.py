from __future__ import annotations

import gzip
import random
import zlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import INFLATE_GUARD_FROM, MAX_INFLATE_RATIO, MAX_INFLATE_STEP
from bbsterm.protocol.compression import Deflater, Inflater


def raw(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


def inflate(inflater: Inflater) -> bytes:
    data = b""
    while inflater.ready and not inflater.trouble and not inflater.finished:
        step = inflater.step()
        assert len(step) <= MAX_INFLATE_STEP
        data += step
    return data


@pytest.mark.parametrize("compress", [zlib.compress, gzip.compress, raw])
@given(data=st.binary(max_size=400), cuts=st.lists(st.integers(0, 400), max_size=6))
def test_all_three_formats_in_any_pieces(compress, data, cuts):
    stream = compress(data) + b"rest"
    edges = sorted({0, len(stream), *(cut for cut in cuts if cut < len(stream))})
    inflater, given_out, rest = Inflater(), b"", b""

    for start, end in pairwise(edges):
        if inflater.finished:
            rest += stream[start:end]
            continue
        inflater.feed(stream[start:end])
        given_out += inflate(inflater)

    assert given_out == data
    assert inflater.finished
    assert inflater.take_rest() + rest == b"rest"


def test_what_is_large_comes_in_steps():
    data = bytes(3 * MAX_INFLATE_STEP + 5)
    inflater = Inflater()
    inflater.feed(zlib.compress(data))

    assert [len(inflater.step()) for _ in range(4)] == [MAX_INFLATE_STEP] * 3 + [5]
    assert inflater.finished
    assert not inflater.ready


def test_one_byte_does_not_tell_the_format():
    inflater = Inflater()
    inflater.feed(b"\x78")

    assert not inflater.ready
    assert inflater.step() == b""


def test_damage_is_named_and_shows_nothing():
    inflater = Inflater()
    inflater.feed(zlib.compress(b"hello" * 50)[:10] + b"\xff" * 20)

    inflate(inflater)

    assert inflater.trouble == "the compressed data is damaged"


def test_a_stream_that_grows_without_end_is_stopped_after_eight_megabytes():
    bomb = zlib.compress(bytes(64 * 1024 * 1024), 9)
    inflater = Inflater()
    inflater.feed(bomb)

    size = len(inflate(inflater))

    assert inflater.trouble == "the compressed data grows without end"
    assert INFLATE_GUARD_FROM < size <= INFLATE_GUARD_FROM + MAX_INFLATE_STEP


def test_honest_text_of_any_length_is_let_through():
    dice = random.Random(1)
    text = b" ".join(dice.choices([b"north", b"south", b"you", b"see", b"a", b"dragon"], k=2_000_000))
    packed = zlib.compress(text)
    assert len(text) > INFLATE_GUARD_FROM
    assert len(text) < MAX_INFLATE_RATIO * len(packed)
    inflater = Inflater()
    inflater.feed(packed)

    assert inflate(inflater) == text
    assert inflater.trouble is None


def test_a_deflater_flushes_every_write():
    deflater, stream = Deflater(), zlib.decompressobj()

    assert stream.decompress(deflater.deflate(b"one ")) == b"one "
    assert stream.decompress(deflater.deflate(b"two")) == b"two"
    assert stream.decompress(deflater.finish()) == b""
    assert stream.eof
