"""The engine under a stream that means harm: half telnet, half noise, for as long as one likes.

BBSTERM_FUZZ_BYTES turns the number up: 100_000_000 takes about ten minutes a role.
"""

from __future__ import annotations

import os
import random
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest

from bbsterm.limits import MAX_INFLATED_AT_ONCE, OUTBOX_HIGH
from bbsterm.protocol import (
    ALL,
    Charset,
    CloseAdvised,
    Connection,
    NewEnviron,
    Option,
    Role,
    TerminalType,
    TextReceived,
)

BYTES = int(os.environ.get("BBSTERM_FUZZ_BYTES", "400_000"))
SEED = int(os.environ.get("BBSTERM_FUZZ_SEED", "1"))
FLAT = 4 * 1024 * 1024
"""Bytes by which memory may grow between the tenth of the stream and its end."""

VERBS = (b"\xff\xfb", b"\xff\xfc", b"\xff\xfd", b"\xff\xfe")
CODES = (*(option.code for option in ALL), 160, 255)
SPICE = (
    b"\xff",
    b"\xff\xff",
    b"\x00",
    b"\x01",
    b"\x02",
    b"\x03",
    b"\xf0",
    b"\xfa",
    b"MTTS ",
    b";",
    b" ",
    b"[TTABLE]",
)


def options() -> list[Option]:
    given = {
        TerminalType: lambda: TerminalType(["XTERM", "ANSI"]),
        Charset: lambda: Charset(offers=["UTF-8", "CP437"], accept=["UTF-8"]),
        NewEnviron: lambda: NewEnviron({"USER": "ann", "LANG": "C"}, ask=["USER", "LANG"]),
    }
    return [given.get(option, option)() for option in ALL]


def message(dice: random.Random) -> bytes:
    """One thing to say, mostly telnet, seldom right."""
    kind = dice.randrange(10)
    code = bytes((dice.choice(CODES),))
    if kind < 3:
        return dice.choice(VERBS) + code
    if kind < 6:
        payload = b"".join(
            dice.choice(SPICE) if dice.random() < 0.5 else dice.randbytes(dice.randrange(1, 9))
            for _ in range(dice.randrange(12))
        )
        end = dice.choice((b"\xff\xf0", b"\xff\xf0", b"\xff\xf0", b"", b"\xff\xfb\x01"))
        return b"\xff\xfa" + code + payload + end
    if kind == 6:
        return b"\xff" + bytes((dice.randrange(256),))
    if kind == 7:
        start = dice.choice((b"\xff\xfa\x56\xff\xf0", b"\xff\xfa\x57\xff\xf0"))
        packed = zlib.compress(dice.randbytes(dice.randrange(60)) + message(dice))
        return start + (packed if dice.random() < 0.9 else packed[: dice.randrange(len(packed))])
    if kind == 8:
        return b"\xff\xfa" + code + b"A" * dice.choice((10, 300, 9_000, 70_000)) + b"\xff\xf0"
    return dice.randbytes(dice.randrange(40)) + dice.choice((b"\r", b"\r\0", b"\r\n", b"text"))


def chunks(dice: random.Random, size: int) -> Iterator[bytes]:
    """About `size` bytes of messages, cut anywhere."""
    rest, made = b"", 0
    while made < size:
        rest += message(dice)
        cut = dice.randrange(len(rest) + 1)
        made += cut
        yield rest[:cut]
        rest = rest[cut:]


@pytest.mark.parametrize("role", Role)
@pytest.mark.timeout(0 if BYTES > 10_000_000 else 60)
def test_no_stream_raises_and_memory_stays_flat(role):
    dice = random.Random(SEED)
    connection = Connection(role, options())
    connection.begin()
    tracemalloc.start()
    done, now, early = 0, 0.0, 0
    try:
        for chunk in chunks(dice, BYTES):
            now += 0.001 if dice.random() < 0.99 else 2.0
            events = connection.receive_data(chunk, now=now)
            shown = sum(len(event.data) for event in events if isinstance(event, TextReceived))
            assert shown <= len(chunk) + MAX_INFLATED_AT_ONCE + 100_000
            if dice.random() < 0.5:
                assert len(connection.data_to_send()) <= 2 * OUTBOX_HIGH
            repr(events)
            _ = connection.pending, connection.mode, connection.settled
            done += len(chunk)
            if not early and done > BYTES // 10:
                early = tracemalloc.get_traced_memory()[0]
            if any(isinstance(event, CloseAdvised) for event in events):  # then its owner hangs up
                connection = Connection(role, options())
                connection.begin()
        grown = tracemalloc.get_traced_memory()[0] - early
    finally:
        tracemalloc.stop()

    assert grown < FLAT


@pytest.mark.parametrize("role", Role)
def test_noise_alone_does_no_harm_either(role):
    dice = random.Random(SEED)
    connection = Connection(role, options())
    for second in range(max(1, BYTES // 40_000)):
        connection.receive_data(dice.randbytes(4096), now=float(second))
        connection.data_to_send()
    connection.receive_eof()


def test_an_endless_subnegotiation_costs_no_more_than_looking_at_it():
    """A hundred megabytes, were the number turned up: nothing is kept, and nothing is looked at twice."""
    connection = Connection(Role.SERVER, options())
    connection.receive_data(b"\xff\xfa\x18")
    chunk = b"A" * 65536
    connection.receive_data(chunk)
    tracemalloc.start()
    try:
        for _ in range(max(16, BYTES // len(chunk))):
            assert connection.receive_data(chunk) == []
        assert tracemalloc.get_traced_memory()[1] < 4 * len(chunk)
    finally:
        tracemalloc.stop()
