from __future__ import annotations

import pytest

from bbsterm.limits import MAX_MUD_SUBNEGOTIATION
from bbsterm.protocol import Connection, Gmcp, Naws, Status, TerminalType, WindowSize
from bbsterm.protocol.events import GmcpReceived, OptionChanged, RequestOption, WindowSizeChanged
from bbsterm.protocol.options import ALL, TimingMark
from bbsterm.protocol.options.base import Later
from bbsterm.protocol.policy import Policy
from bbsterm.protocol.shelf import Pack
from bbsterm.protocol.strategy import Moment, Offer, Strategy
from bbsterm.protocol.vocabulary import OptionCode, Role, Side


def test_an_option_is_made_when_it_is_first_spoken_of():
    made = []

    def make():
        made.append(Naws(WindowSize(columns=40, rows=24)))
        return made[-1]

    client = Connection(Role.CLIENT, [Later(Naws, make), Status])
    assert not made

    assert client.receive_data(b"\xff\xfd\x1f") == [  # IAC DO NAWS
        OptionChanged(OptionCode.NAWS, Side.LOCAL, enabled=True)
    ]

    assert client.data_to_send() == b"\xff\xfb\x1f\xff\xfa\x1f\x00\x28\x00\x18\xff\xf0"
    assert client.option(OptionCode.NAWS) is made[0]


def test_what_is_not_understood_is_not_there():
    assert Connection(Role.CLIENT, [Naws]).option(OptionCode.STATUS) is None


def test_what_is_said_reaches_the_option_that_understands_it_though_it_was_never_needed():
    client = Connection(Role.CLIENT, [Naws])
    client.send(WindowSizeChanged(WindowSize(columns=100, rows=30)))

    client.receive_data(b"\xff\xfd\x1f")  # IAC DO NAWS

    assert b"\xff\xfa\x1f\x00\x64\x00\x1e\xff\xf0" in client.data_to_send()


def test_bounds_are_those_of_the_kinds():
    server = Connection(Role.SERVER, [Gmcp])
    server.receive_data(b"\xff\xfd\xc9")  # IAC DO GMCP
    document = b"x" * (MAX_MUD_SUBNEGOTIATION - 10)

    events = server.receive_data(b"\xff\xfa\xc9Big " + document + b"\xff\xf0")

    assert events == [GmcpReceived("Big", document)]


@pytest.mark.parametrize("twice", [[Naws, Naws], [Naws(), Naws], [Later(Naws, Naws), Naws()]])
def test_nothing_is_given_twice(twice):
    with pytest.raises(ValueError, match="NAWS is given twice"):
        Connection(Role.CLIENT, twice)


@pytest.mark.parametrize("role", Role)
def test_classes_and_objects_answer_alike(role):
    def answers(options):
        engine = Connection(role, options)
        engine.begin()
        for code in range(256):
            engine.receive_data(bytes((0xFF, 0xFB, code, 0xFF, 0xFD, code)), now=float(code))
        return engine.data_to_send()

    assert answers(ALL) == answers([kind() for kind in ALL])


OPENING = Strategy((Offer(OptionCode.NAWS, Side.REMOTE, Moment.START),))


@pytest.mark.parametrize("policy", [Policy(), Policy(always_will=frozenset({OptionCode.ECHO}))])
def test_one_connection_after_another_begins_alike(policy):
    shared = Pack((Naws, Later(TerminalType, TerminalType)))

    def opening(strategy: Strategy, policy: Policy, role: Role = Role.SERVER) -> bytes:
        connection = Connection(role, [shared], strategy=strategy, policy=policy)
        connection.begin()
        assert connection.pending == ({(OptionCode.NAWS, Side.REMOTE)} if strategy is OPENING else set()) | {
            (code, Side.LOCAL) for code in policy.always_will
        }
        return connection.data_to_send()

    first = opening(OPENING, policy)

    assert first.endswith(b"\xff\xfd\x1f")  # IAC DO NAWS
    assert opening(OPENING, policy) == first
    assert opening(Strategy(), Policy()) == b""
    assert opening(OPENING, policy) == first


def test_what_one_connection_agrees_on_is_not_agreed_on_by_the_next():
    shared = Pack((Naws,))
    first, second = (Connection(Role.SERVER, [shared], strategy=OPENING) for _ in range(2))
    first.begin()
    second.begin()

    first.receive_data(b"\xff\xfb\x1f")  # IAC WILL NAWS
    second.receive_data(b"\xff\xfc\x1f")  # IAC WONT NAWS
    third = Connection(Role.SERVER, [shared], strategy=OPENING)
    third.begin()

    assert first.enabled(OptionCode.NAWS, Side.REMOTE)
    assert not second.enabled(OptionCode.NAWS, Side.REMOTE)
    assert third.pending == {(OptionCode.NAWS, Side.REMOTE)}


def test_what_was_asked_before_the_beginning_is_not_asked_again():
    shared = Pack((Naws,))
    Connection(Role.SERVER, [shared], strategy=OPENING).begin()
    late = Connection(Role.SERVER, [shared], strategy=OPENING)
    late.send(RequestOption(OptionCode.NAWS, Side.REMOTE))
    late.begin()

    assert late.data_to_send() == b"\xff\xfd\x1f"  # IAC DO NAWS, once


def test_a_pack_knows_who_minds_a_refusal():
    shared = Pack((Naws, TimingMark))

    assert shared.minding == {OptionCode.TIMING_MARK}


def test_packs_and_single_kinds_come_together():
    connection = Connection(Role.SERVER, [Pack((Naws,)), (TimingMark,), Status])

    assert all(
        connection.option(code) for code in (OptionCode.NAWS, OptionCode.TIMING_MARK, OptionCode.STATUS)
    )
    with pytest.raises(ValueError, match="NAWS is given twice"):
        Connection(Role.SERVER, [Pack((Naws,)), (Naws,)])
