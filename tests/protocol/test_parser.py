from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_SUBNEGOTIATION
from bbsterm.protocol.parser import (
    ANY,
    TRANSITIONS,
    Abandoned,
    Negotiation,
    Order,
    Overlong,
    Parser,
    State,
    Subnegotiation,
    Text,
    Token,
)
from bbsterm.protocol.vocabulary import Command

# Mostly the bytes that the grammar looks at, so that random input finds its corners.
grammar = st.lists(
    st.one_of(
        st.sampled_from([bytes([byte]) for byte in (0, 13, 24, 31, *range(236, 256))]),
        st.sampled_from([b"\xff\xff", b"\xff\xfb", b"\xff\xfa\x1f", b"\xff\xf0", b"\xff\xf9", b"text"]),
    ),
    max_size=24,
).map(b"".join)


def glued(tokens: Iterable[Token]) -> list[Token]:
    """Merge neighbouring runs of text: that is all that chunking may change."""
    merged: list[Token] = []
    for token in tokens:
        if isinstance(token, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def parse(*chunks: bytes) -> list[Token]:
    parser = Parser()
    return glued(token for chunk in chunks for token in parser.feed(chunk))


def test_every_state_knows_what_to_do_with_any_byte():
    assert set(TRANSITIONS) == set(State)
    assert all(ANY in rows for rows in TRANSITIONS.values())


@given(st.lists(st.one_of(grammar, st.binary(max_size=12)), max_size=8))
def test_chunk_boundaries_never_matter(chunks):
    whole = b"".join(chunks)

    assert parse(*chunks) == parse(whole)
    assert parse(*(bytes([byte]) for byte in whole)) == parse(whole)


@given(st.binary(max_size=300))
def test_text_with_its_iacs_doubled_arrives_as_it_was(data):
    assert parse(data.replace(b"\xff", b"\xff\xff")) == ([data] if data else [])


@given(st.integers(0, 255), st.binary(max_size=300))
def test_a_payload_with_its_iacs_doubled_arrives_as_it_was(option, payload):
    escaped = (bytes([option]) + payload).replace(b"\xff", b"\xff\xff")

    assert parse(b"\xff\xfa" + escaped + b"\xff\xf0") == [Subnegotiation(option, payload)]


def test_text_negotiation_and_orders_keep_their_order():
    assert parse(b"Hi\xff\xfd\x1fyou\xff\xf9!") == [
        b"Hi",
        Negotiation(Command.DO, 31),
        b"you",
        Order(Command.GA),
        b"!",
    ]


def test_an_option_may_have_the_number_of_iac():
    assert parse(b"\xff\xfd\xff") == [Negotiation(Command.DO, 255)]


def test_a_subnegotiation_that_another_command_cuts_off_is_abandoned_and_the_command_obeyed():
    assert parse(b"\xff\xfa\x18\x00xterm\xff\xfb\x01") == [
        Abandoned(24, b"\x00xterm"),
        Negotiation(Command.WILL, 1),
    ]


def test_an_empty_subnegotiation_swallows_no_text():
    assert parse(b"\xff\xfa\xff\xf0text") == [Abandoned(None, b""), Order(Command.SE), b"text"]


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_an_endless_subnegotiation_is_told_once_and_forgotten_up_to_its_end(size):
    stream = b"\xff\xfa\x18" + b"A" * (3 * MAX_SUBNEGOTIATION) + b"\xff\xf0after"

    tokens = parse(*(stream[at : at + size] for at in range(0, len(stream), size)))

    assert tokens == [Overlong(24, b"A" * 32), b"after"]


def test_a_payload_of_exactly_the_bound_is_whole():
    payload = b"A" * MAX_SUBNEGOTIATION

    assert parse(b"\xff\xfa\x18" + payload + b"\xff\xf0") == [Subnegotiation(24, payload)]


def test_a_doubled_iac_over_the_bound_does_not_deliver_the_cut_payload():
    payload = b"A" * MAX_SUBNEGOTIATION + b"\xff\xff"

    assert parse(b"\xff\xfa\x18" + payload + b"\xff\xf0") == [Overlong(24, b"A" * 32)]


def test_an_option_may_have_a_bound_of_its_own():
    parser = Parser({201: 4})

    assert list(parser.feed(b"\xff\xfa\xc9abcd\xff\xf0\xff\xfa\xc9abcde\xff\xf0")) == [
        Subnegotiation(201, b"abcd"),
        Overlong(201, b"abcde"),
    ]


def test_the_rest_of_a_chunk_can_be_taken_away_between_two_tokens():
    parser = Parser()
    tokens = parser.feed(b"\xff\xfa\x56\xff\xf0\xff\xff\xf0compressed")

    assert next(tokens) == Subnegotiation(86, b"")
    assert parser.take_rest() == b"\xff\xff\xf0compressed"
    assert list(tokens) == []
