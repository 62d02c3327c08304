"""What boards may send, for property tests: pieces of streams that are likely to mean something."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from bbsterm.screen.ansi.core import AnsiCore
from bbsterm.screen.cterm.terminal import CTerm
from bbsterm.screen.rows import Row
from bbsterm.screen.vt.terminal import VtTerminal

__all__ = ["CHUNKS", "PlainCTerm", "PlainVt", "in_chunks", "state_of", "streams"]


class PlainCTerm(CTerm):
    """The same without the fast loop."""

    feed = AnsiCore.feed
    run = AnsiCore.run


class PlainVt(VtTerminal):
    """The same without the fast loop."""

    feed = AnsiCore.feed
    run = AnsiCore.run


_NUMBERS = st.one_of(
    st.integers(0, 30), st.sampled_from([7, 25, 47, 69, 80, 81, 255, 1049, 9999, 2**31, 10**12])
)
_PARAMETERS = st.lists(st.one_of(st.just(""), _NUMBERS.map(str)), max_size=5).map(";".join)


def _sequence(mark: str, parameters: str, between: str, final: str) -> bytes:
    return f"\x1b[{mark}{parameters}{between}{final}".encode()


_SEQUENCES = st.builds(
    _sequence,
    st.sampled_from(["", "", "", "", "?", "=", ">", "<", "??"]),
    _PARAMETERS,
    st.sampled_from(["", "", "", "", "$", " ", "*", '"', "'", "!", "1"]),
    st.characters(min_codepoint=0x40, max_codepoint=0x7E),
)
_MODES = st.builds(
    _sequence,
    st.sampled_from(["?", "?", "=", ""]),
    st.sampled_from([4, 5, 6, 7, 20, 31, 33, 34, 40, 45, 47, 69, 1047, 1049, 255]).map(str),
    st.just(""),
    st.sampled_from("hl"),
)
_MARGINS = st.builds(_sequence, st.just(""), _PARAMETERS, st.just(""), st.sampled_from("rs"))
_COLOURS = st.lists(st.integers(0, 110).map(str), max_size=4).map(
    lambda codes: f"\x1b[{';'.join(codes)}m".encode()
)
_ESCAPES = st.sampled_from("78DEHMNOVWZc=>6").map(lambda final: b"\x1b" + final.encode()) | st.sampled_from(
    [b"\x1b(0", b"\x1b(B", b"\x1b#8", b"\x1b F", b"\x0e", b"\x0f", b"\x1b)0", b"\x1b\\"]
)
_STRINGS = st.builds(
    lambda kind, body, end: b"\x1b" + kind + body + end,
    st.sampled_from([b"]", b"P", b"_", b"^", b"X"]),
    st.sampled_from(
        [
            b"",
            b"0;title",
            b"4;1;rgb:ff/00/00",
            b"$qm",
            b"8;;http://a/",
            b"a\x1b[31mb",
            b"\x01",
            b"1;0;1!z4142",
        ]
    ),
    st.sampled_from([b"\x07", b"\x1b\\", b"", b"\x18"]),
)
_TEXTS = st.one_of(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=12).map(str.encode),
    st.text("aé█字e\u0301\u200d\U0001f600 ", max_size=8).map(str.encode),
    st.integers(60, 300).map(lambda count: b"long " * (count // 5)),
    st.just(b"\x1b[|MFCDE\x0e"),
)
_CONTROLS = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b"\b", b"\t", b"\f", b"\0", b"\x07", b"\v", b"\x18", b"\x7f"]
)
_BROKEN = st.sampled_from(
    [b"\x1b", b"\x1b[", b"\x1b[3", b"\x1b[3\x01", b"\x1b[31\n", b"\x1b\x1b[31m", b"\x1b[?", b"\x9b1m"]
)

_ART = st.lists(
    st.one_of(_COLOURS, _COLOURS, _TEXTS, st.just(b"\r\n"), st.sampled_from([b"m", b"m[31", b"\x1b[2;3H"])),
    min_size=10,
    max_size=60,
).map(b"".join)
"""Stretches of text and colours, which are drawn in bulk."""

streams = st.lists(
    st.one_of(
        _TEXTS, _COLOURS, _SEQUENCES, _CONTROLS, _TEXTS, _COLOURS, _CONTROLS, _MODES, _MARGINS, _ESCAPES,
        _STRINGS, _BROKEN, _ART, st.binary(max_size=4),
    ),
    max_size=40,
).map(b"".join)  # fmt: skip
"""Bytes that a board might send, or an attacker."""

CHUNKS = st.lists(st.integers(1, 40), max_size=20)
"""Where to cut a stream: lengths of the first chunks."""


def in_chunks(data: bytes, lengths: list[int]) -> list[bytes]:
    """Bytes in chunks of those lengths, and the rest."""
    chunks = []
    for length in lengths:
        chunks.append(data[:length])
        data = data[length:]
    return [*chunks, data]


def state_of(terminal: AnsiCore) -> dict[str, Any]:
    """All that a stream can have changed, as plain values."""
    base = terminal.base
    return {
        "cells": [list(row.settle()[0]) for row in terminal.grid],
        "looks": [[(pen.look, pen.state) for pen in row.settle()[1]] for row in terminal.grid],
        "wrapped": [row.wrapped for row in terminal.grid],
        "history": [
            (line.text(), line.wrapped, [pen.look for pen in line.settle()[1]])
            for line in terminal.history
            if isinstance(line, Row)
        ],
        "cursor": (terminal.x, terminal.y, terminal.visible, terminal.held),
        "pen": (terminal.pen.look, terminal.pen.state),
        "margins": (terminal.top, terminal.bottom, terminal.left, terminal.right),
        "modes": (
            terminal.autowrap,
            terminal.origin,
            terminal.insert,
            terminal.deferred,
            sorted(terminal.tabs),
        ),
        "last": terminal.last,
        "base": None if base is None else (base[1], base[0].cell(base[1])[0], base[0].text()),
        "encoding": terminal.encoding,
        "title": terminal.title,
        "replies": terminal.take_replies(),
        "events": terminal.take_events(),
        "palette": terminal.pens.palette.changed,
    }
