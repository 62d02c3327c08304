from __future__ import annotations

import pytest

from bbsterm.limits import OUTBOX_HIGH
from bbsterm.protocol import (
    CLIENT,
    Echo,
    Naws,
    OptionCode,
    Policy,
    ProtocolViolation,
    Role,
    Side,
    TerminalType,
)
from bbsterm.protocol.exchange import Exchange
from bbsterm.protocol.parser import Negotiation, Subnegotiation
from bbsterm.protocol.vocabulary import Command


def exchange(role: Role, *options) -> Exchange:
    return Exchange(role, options, CLIENT, Policy())


def test_a_negotiation_says_whether_it_changed_anything():
    talk = exchange(Role.CLIENT, Echo())

    assert talk.negotiate(Negotiation(Command.WILL, OptionCode.ECHO))
    assert not talk.negotiate(Negotiation(Command.WILL, OptionCode.ECHO))
    assert talk.agreements.enabled(OptionCode.ECHO, Side.REMOTE)
    assert talk.take() == b"\xff\xfd\x01"


def test_what_we_say_ourselves_is_not_counted_as_an_answer():
    talk = exchange(Role.CLIENT, Echo())
    for code in range(256):
        talk.decide(code, Side.LOCAL)
    talk.outbox += b"x" * OUTBOX_HIGH

    assert talk.answer(b"y")


def test_answers_that_nobody_reads_stop_and_are_named_once():
    talk = exchange(Role.CLIENT)
    sent = [talk.answer(b"x" * 1024) for _ in range(100)]

    assert sent.count(True) == OUTBOX_HIGH // 1024 + 1
    assert [type(event) for event in talk.events] == [ProtocolViolation]
    assert not talk.negotiate(Negotiation(Command.WILL, 160))
    talk.take()
    assert talk.answer(b"x")


def test_an_option_is_not_told_what_it_cannot_perform():
    talk = exchange(Role.CLIENT, TerminalType(["ansi"]))
    talk.decide(OptionCode.TTYPE, Side.REMOTE)  # a fingerprint's question: would a server tell its terminal?
    talk.take()

    talk.negotiate(Negotiation(Command.WILL, OptionCode.TTYPE))

    assert talk.agreements.enabled(OptionCode.TTYPE, Side.REMOTE)
    assert talk.take() == b""  # and no SEND


@pytest.mark.parametrize("role", Role)
def test_options_see_each_other_only_through_the_view(role):
    naws = Naws()
    talk = exchange(role, naws, Echo())
    talk.negotiate(Negotiation(Command.DO, OptionCode.NAWS))
    talk.negotiate(Negotiation(Command.DO, OptionCode.ECHO))

    performed = naws._view.performed(Side.LOCAL)
    reports = dict(naws._view.reports())

    assert performed == ((OptionCode.NAWS,) if role is Role.CLIENT else (OptionCode.ECHO,))
    assert reports == ({OptionCode.NAWS: b"\0\x50\0\x18"} if role is Role.CLIENT else {})


def test_a_subnegotiation_of_nothing_is_named():
    talk = exchange(Role.CLIENT)
    talk.subnegotiate(Subnegotiation(160, b"x" * 100))

    assert talk.events == [
        ProtocolViolation("subnegotiation of 160, which is not agreed on", b"x" * 32, "RFC 855")
    ]
