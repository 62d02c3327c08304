from __future__ import annotations

import pytest

from bbsterm.limits import MAX_MUD_SUBNEGOTIATION
from bbsterm.protocol import Connection, Gmcp, Naws, Status, WindowSize
from bbsterm.protocol.events import GmcpReceived, OptionChanged, WindowSizeChanged
from bbsterm.protocol.options import ALL
from bbsterm.protocol.options.base import Later
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
