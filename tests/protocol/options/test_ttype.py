from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_TERMINAL_TYPE, MAX_TERMINAL_TYPES
from bbsterm.protocol import (
    Connection,
    OptionCode,
    ProtocolViolation,
    ReportRequested,
    RequestOption,
    Role,
    Side,
    TerminalType,
    TerminalTypeReceived,
    TerminalTypesKnown,
)
from bbsterm.testing import pair

SEND = b"\xff\xfa\x18\x01\xff\xf0"


def told(name: bytes) -> bytes:
    return b"\xff\xfa\x18\x00" + name + b"\xff\xf0"


def served() -> Connection:
    server = Connection(Role.SERVER, [TerminalType()])
    server.receive_data(b"\xff\xfb\x18")  # IAC WILL TTYPE
    server.data_to_send()
    return server


def test_a_client_steps_through_its_names_repeats_the_last_and_starts_over():
    client = Connection(Role.CLIENT, [TerminalType(["XTERM", "ANSI"])])
    client.receive_data(b"\xff\xfd\x18")
    client.data_to_send()

    answers = []
    for _ in range(6):
        client.receive_data(SEND)
        answers.append(client.data_to_send())

    names = [b"XTERM", b"ANSI", b"ANSI", b"XTERM", b"ANSI", b"ANSI"]
    assert answers == [told(name) for name in names]


def test_a_client_without_names_is_unknown():
    client = Connection(Role.CLIENT, [TerminalType()])
    client.receive_data(b"\xff\xfd\x18" + SEND)

    assert client.data_to_send().endswith(told(b"UNKNOWN"))


def test_a_server_asks_at_once():
    server = Connection(Role.SERVER, [TerminalType()])

    server.receive_data(b"\xff\xfb\x18")

    assert server.data_to_send() == b"\xff\xfd\x18" + SEND


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        ([b"ansi", b"ansi"], ("ansi",)),  # it repeats itself: that was all
        ([b"xterm", b"ansi", b"xterm"], ("xterm", "ansi")),  # it starts over
        ([b"xterm", b""], ("xterm",)),
        ([b"MUDLET", b"ANSI-TRUECOLOR", b"MTTS 285"], ("MUDLET", "ANSI-TRUECOLOR", "MTTS 285")),
    ],
)
def test_a_server_asks_until_it_hears_nothing_new(answers, names):
    server = served()
    events = []
    for answer in answers:
        assert not server.settled
        events += server.receive_data(told(answer))

    assert events == [*map(TerminalTypeReceived, names), TerminalTypesKnown(names)]
    assert server.data_to_send() == SEND * (len(answers) - 1)
    assert server.settled


def test_a_client_that_never_repeats_itself_is_asked_no_more_than_the_bound():
    server = served()
    events = []
    for number in range(30):
        events += server.receive_data(told(b"TERM%d" % number), now=float(number))

    assert sum(isinstance(event, TerminalTypeReceived) for event in events) == MAX_TERMINAL_TYPES
    assert server.data_to_send() == SEND * (MAX_TERMINAL_TYPES - 1)


@pytest.mark.parametrize(
    "name", [b"a" * (MAX_TERMINAL_TYPE + 1), b"\xc3\xa9t\xc3\xa9", b"an\x1b[2Jsi", b"a\0b"]
)
def test_a_name_that_is_none_ends_the_cycle_and_is_not_told(name):
    server = served()

    violation, end = server.receive_data(told(name))

    assert isinstance(violation, ProtocolViolation)
    assert end == TerminalTypesKnown(())
    assert server.settled


def test_a_name_that_nobody_asked_for_is_a_violation():
    server = served()
    server.receive_data(told(b"ansi") * 2)

    (event,) = server.receive_data(told(b"vt100"))

    assert isinstance(event, ProtocolViolation)


def test_a_server_may_ask_again():
    server = served()
    server.receive_data(told(b"ansi") * 2)
    server.data_to_send()

    assert server.send(ReportRequested(OptionCode.TTYPE))
    assert server.data_to_send() == SEND
    assert TerminalTypeReceived("vt100") in server.receive_data(told(b"vt100"))


def test_a_question_to_a_server_is_a_violation():
    (event,) = served().receive_data(SEND)

    assert isinstance(event, ProtocolViolation)


names = st.lists(
    st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40),
    min_size=1,
    max_size=MAX_TERMINAL_TYPES,
    unique=True,
).filter(lambda names: not any(name.startswith("MTTS ") for name in names))


@given(names)
def test_every_list_of_names_arrives(names):
    both = pair(client=[TerminalType(names)], server=[TerminalType()])
    both.server.send(RequestOption(OptionCode.TTYPE, Side.REMOTE))

    both.settle()

    assert both.server_events[-1] == TerminalTypesKnown(tuple(names))
