from __future__ import annotations

import zlib

from bbsterm.protocol.outbox import Outbox


def test_bytes_come_out_once_and_in_order():
    outbox = Outbox()
    outbox += b"one"
    outbox += b"two"

    assert len(outbox) == 6
    assert outbox.take() == b"onetwo"
    assert outbox.take() == b""


def test_compression_begins_and_ends_between_two_bytes():
    outbox = Outbox()
    outbox += b"plain"
    outbox.deflate()
    outbox += b"hello" * 100
    first = outbox.take()
    outbox += b"more"
    outbox.finish()
    outbox += b"plain again"
    rest = outbox.take()

    stream = zlib.decompressobj()
    assert first.startswith(b"plain")
    assert len(first) < 60
    assert stream.decompress(first[5:]) == b"hello" * 100  # all of it can be read at once
    assert stream.decompress(rest) == b"more"
    assert stream.eof
    assert stream.unused_data == b"plain again"


def test_nothing_to_say_makes_no_bytes_even_when_compressing():
    outbox = Outbox()
    outbox.deflate()
    outbox.take()

    assert outbox.take() == b""
