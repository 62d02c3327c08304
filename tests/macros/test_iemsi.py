"""IEMSI (FSC-0056), the caller's side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.macros.iemsi import (
    TRANSITIONS,
    GaveUp,
    Happening,
    Iemsi,
    Profile,
    SendIdentity,
    SendReply,
    State,
    Welcomed,
    crc32,
    escaped,
    identity,
    packet_crc16,
    read_fields,
)

IRQ = b"**EMSI_IRQ8E08\r"
NAK = b"**EMSI_NAKEEC3\r"
IIR = b"**EMSI_IIR61E2\r"
ACK_TWICE = b"**EMSI_ACKA490\r**EMSI_ACKA490\r"


def isi(*fields, inverted=False, break_it=False):
    body = "".join(f"{{{escaped(field)}}}" for field in fields).encode()
    packet = b"EMSI_ISI%04X" % len(body) + body
    return b"**" + packet + (b"00000000" if break_it else crc32(packet, inverted=inverted).encode()) + b"\r"


BOARD = ("id1", "Xibalba", "Somewhere", "Ann", "5F000000", "no notice", "~", "CHT")


def asked(**kwargs):
    """An engine whose board has asked, at second 0."""
    engine = Iemsi(now=0)
    assert engine.feed(IRQ, now=0) == [SendIdentity(inverted=False)]
    return engine


@pytest.mark.parametrize(
    ("name", "crc"),
    [
        ("INQ", "C816"),
        ("REQ", "A77E"),
        ("CLI", "FA8C"),
        ("HBT", "EAEE"),
        ("ACK", "A490"),
        ("NAK", "EEC3"),
        ("IRQ", "8E08"),
        ("IIR", "61E2"),
        ("CHT", "F5D4"),
    ],
)
def test_the_short_packets_have_the_check_sums_of_the_document(name, crc):
    assert packet_crc16(name) == crc


def test_both_check_sums_are_each_others_complement():
    assert crc32(b"123456789", inverted=True) == "CBF43926"  # CRC-32/ISO-HDLC
    assert crc32(b"123456789", inverted=False) == "340BC6D9"  # CRC-32/JAMCRC


def test_every_state_knows_what_to_do_about_everything():
    assert set(TRANSITIONS) == set(State)
    assert all(set(row) == set(Happening) for row in TRANSITIONS.values())


def test_the_identity_is_one_packet():
    packet = identity(Profile("Ann Other", rows=24, software="bbsterm,1"), "pa}ss\\w\xf6rd", inverted=True)

    body = (
        b"{Ann Other}{Ann Other}{}{}{}{pa}}ss\\5Cw\\94rd}{}{ANSI,24,80,0}{}{CHT,TAB,ASCII8}"
        b"{HOT,CLR,MORE}{bbsterm,1}{}"
    )
    assert packet.startswith(b"**EMSI_ICI%04X" % len(body) + body)
    assert packet.endswith(crc32(packet[2:-9], inverted=True).encode() + b"\r")
    assert all(byte < 0x80 for byte in packet)


def test_an_identity_has_a_bound():
    with pytest.raises(ValueError, match="at most 2048"):
        identity(Profile("x" * 3000), "y", inverted=False)


@given(st.lists(st.text(st.characters(codec="cp437"), max_size=12), max_size=6))
def test_fields_come_back_as_they_were(fields):
    assert read_fields("".join(f"{{{escaped(field)}}}" for field in fields)) == fields


def test_a_login():
    engine = asked()

    acts = engine.feed(isi(*BOARD), now=3)

    assert acts[0] == SendReply(ACK_TWICE)
    assert isinstance(acts[1], Welcomed)
    assert acts[1].board["name"] == "Xibalba"
    assert engine.deadline is None


@pytest.mark.parametrize("inverted", [True, False])
def test_either_check_sum_is_taken(inverted):
    assert isinstance(asked().feed(isi(*BOARD, inverted=inverted), now=1)[-1], Welcomed)


def test_a_request_cut_into_bytes_with_the_eighth_bit_set_and_art_around_it():
    engine, acts = Iemsi(now=0), []
    for byte in b"\x1b[2JHello **EMSI **" + IRQ.translate(bytes((one | 0x80) & 0xFF for one in range(256))):
        acts += engine.feed(bytes([byte]), now=0)

    assert acts == [SendIdentity(inverted=False)]


def test_a_refusal_is_answered_with_the_other_check_sum_three_times_in_all():
    engine = asked()

    assert engine.feed(NAK, now=1) == [SendIdentity(inverted=True)]
    assert engine.feed(NAK, now=2) == [SendIdentity(inverted=False)]
    assert engine.feed(NAK, now=3) == [GaveUp("the board does not understand")]
    assert engine.feed(IRQ, now=4) == []


def test_silence_is_answered_after_twenty_seconds_and_ends_it_after_sixty():
    engine = asked()

    assert engine.deadline == 20
    assert engine.tick(now=19.9) == []
    assert engine.tick(now=20) == [SendIdentity(inverted=True)]
    assert engine.tick(now=40) == [SendIdentity(inverted=False)]
    assert engine.tick(now=60) == [GaveUp("the board does not answer")]


def test_a_board_that_never_asks_is_not_waited_for():
    engine = Iemsi(now=100)

    assert engine.deadline == 160
    assert engine.tick(now=160) == [GaveUp("the board does not ask for it")]
    assert engine.deadline is None
    assert engine.feed(IRQ, now=161) == []  # what anybody writes into a message later is nothing


def test_a_request_is_answered_once():
    engine = asked()
    engine.feed(isi(*BOARD), now=1)

    assert engine.feed(IRQ * 3, now=2) == []


def test_requests_in_a_row_are_one():
    assert Iemsi(now=0).feed(IRQ * 3, now=0) == [SendIdentity(inverted=False)]


def test_a_board_may_change_its_mind():
    assert asked().feed(IIR, now=1) == [GaveUp("the board does not want it")]


def test_a_broken_answer_is_complained_about_three_times():
    engine = asked()

    for _ in range(3):
        assert engine.feed(isi(*BOARD, break_it=True), now=1) == [SendReply(NAK)]
    assert engine.feed(isi(*BOARD, break_it=True), now=1) == [GaveUp("the board's answer cannot be read")]


def test_an_answer_that_is_too_long_is_not_waited_for():
    assert asked().feed(b"**EMSI_ISIFFFF", now=1) == [SendReply(NAK)]


def test_what_is_kept_has_a_bound():
    engine = Iemsi(now=0)
    for _ in range(50):
        engine.feed(b"**EMSI_ISI0800" + b"x" * 1000, now=0)

    assert len(engine._seen) <= limits.MAX_IEMSI


PIECES = st.sampled_from(
    [IRQ, NAK, IIR, isi(*BOARD), isi(*BOARD, break_it=True), b"**", b"EMSI_ISI0010", b"\r"]
)


@given(st.lists(st.one_of(PIECES, st.binary(max_size=30)), max_size=12), st.integers(0, 80))
def test_whatever_a_board_sends_it_identifies_three_times_at_most(pieces, seconds):
    engine, acts = Iemsi(now=0), []
    for number, piece in enumerate(pieces):
        acts += engine.feed(piece, now=number * seconds)
        acts += engine.tick(now=number * seconds)

    assert sum(isinstance(act, SendIdentity) for act in acts) <= 3
    assert sum(isinstance(act, Welcomed | GaveUp) for act in acts) <= 1


@given(st.lists(st.integers(1, 20), max_size=20))
def test_cuts_do_not_matter(sizes):
    data = b"Hello " + IRQ + b"..." + isi(*BOARD) + b"after"
    engine, acts, at = Iemsi(now=0), [], 0
    for size in [*sizes, len(data)]:
        acts += engine.feed(data[at : at + size], now=0)
        at += size

    assert acts == Iemsi(now=0).feed(data, now=0)
