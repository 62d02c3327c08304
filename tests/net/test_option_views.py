"""The tables of what is agreed: read like dicts, and changed without a word on the wire."""

from __future__ import annotations

import asyncio

import pytest

from bbsterm.net import TelnetWriter
from bbsterm.telopt import BINARY, DO, DONT, ECHO, GMCP, IAC, NAWS, SB, SE, SGA, TTYPE, WILL, WONT


@pytest.fixture
def writer(transport):
    return TelnetWriter(transport, None, server=True)


def test_an_option_is_switched_without_a_word(writer, transport):
    writer.local_option[ECHO] = True
    writer.local_option[SGA] = True

    assert writer.mode == "kludge"
    assert writer.local_option == {ECHO: True, SGA: True}
    assert list(writer.local_option.values()) == [True, True]
    writer.local_option[ECHO] = False
    assert writer.mode == "local"
    assert transport.take() == b""


def test_binary_that_is_assumed_is_binary(writer):
    writer.remote_option[BINARY] = True

    assert writer.feed_byte(b"\r")
    assert writer.feed_byte(b"\0")


@pytest.mark.parametrize("key", [DO + TTYPE, WILL + ECHO, DONT + NAWS, WONT + SGA])
def test_a_question_is_pending_until_it_is_told_not_to_be(writer, key):
    writer.pending_option[key] = True
    assert writer.pending_option.enabled(key[1:])

    writer.pending_option[key] = False
    assert not writer.pending_option.enabled(key[1:])


def test_a_question_that_is_assumed_is_answered_by_the_peer(writer, transport):
    writer.pending_option[DO + NAWS] = True
    writer.handle_will(NAWS)

    assert writer.remote_option[NAWS]
    assert not writer.pending_option.enabled(NAWS)
    assert transport.take() == b""  # it is our question that was answered


def test_a_subnegotiation_that_is_awaited_is_believed(writer):
    writer.pending_option[SB + GMCP] = True
    for byte in IAC + SB + GMCP + b"Room 1" + IAC + SE:
        writer.feed_byte(bytes((byte,)))

    assert writer.ctx.gmcp_data == {"Room": 1}


async def test_who_waits_sees_what_is_assigned(writer):
    waiting = asyncio.ensure_future(writer.wait_for(remote={"NAWS": True}, pending={"TTYPE": False}))
    writer.pending_option[DO + TTYPE] = True
    await asyncio.sleep(0)

    writer.remote_option[NAWS] = True
    await asyncio.sleep(0)
    assert not waiting.done()
    writer.pending_option[DO + TTYPE] = False
    assert await waiting
