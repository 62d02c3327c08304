from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_ENVIRON_REQUEST, MAX_VARIABLE_NAME, MAX_VARIABLE_VALUE, MAX_VARIABLES
from bbsterm.protocol import (
    Connection,
    EnvironReceived,
    EnvironRequested,
    NewEnviron,
    OptionCode,
    ProtocolViolation,
    RequestOption,
    Role,
    Side,
)
from bbsterm.testing import pair

VAR, VALUE, ESC, USERVAR = b"\x00", b"\x01", b"\x02", b"\x03"
IS, SEND, INFO = b"\x00", b"\x01", b"\x02"


def sb(payload: bytes) -> bytes:
    return b"\xff\xfa\x27" + payload.replace(b"\xff", b"\xff\xff") + b"\xff\xf0"


def told(variables: dict[str, str]) -> Connection:
    """A client that has agreed to tell its variables."""
    client = Connection(Role.CLIENT, [NewEnviron(variables)])
    client.receive_data(b"\xff\xfd\x27")  # IAC DO NEW-ENVIRON
    client.data_to_send()
    return client


def served(*ask: str) -> Connection:
    server = Connection(Role.SERVER, [NewEnviron(ask=ask)])
    server.receive_data(b"\xff\xfb\x27")  # IAC WILL NEW-ENVIRON
    return server


def test_a_server_asks_for_well_known_and_other_variables_apart():
    server = served("USER", "LANG", "DISPLAY")

    assert server.data_to_send() == b"\xff\xfd\x27" + sb(
        SEND + VAR + b"USER" + VAR + b"DISPLAY" + USERVAR + b"LANG"
    )


def test_a_server_that_asks_for_nothing_in_particular_asks_for_everything():
    assert served().data_to_send() == b"\xff\xfd\x27" + sb(SEND)


def test_a_long_question_is_asked_in_several():
    names = [f"VARIABLE_NUMBER_{number}" for number in range(40)]
    wire = served(*names).data_to_send()
    questions = [part.split(b"\xff\xf0")[0] for part in wire.split(b"\xff\xfa\x27")[1:]]

    assert len(questions) > 2
    assert all(len(question) <= MAX_ENVIRON_REQUEST + 1 for question in questions)
    assert b"".join(question[1:] for question in questions) == b"".join(
        USERVAR + name.encode() for name in names
    )


def test_a_client_tells_what_it_may_and_says_what_it_does_not():
    client = told({"USER": "ann", "LANG": "en_US.UTF-8"})

    events = client.receive_data(sb(SEND + VAR + b"USER" + VAR + b"PATH" + USERVAR + b"LANG"))

    assert events == [EnvironRequested(("USER", "PATH"), ("LANG",))]
    assert client.data_to_send() == sb(
        IS + VAR + b"USER" + VALUE + b"ann" + VAR + b"PATH" + USERVAR + b"LANG" + VALUE + b"en_US.UTF-8"
    )


def test_a_variable_is_told_as_the_kind_that_was_asked_for():
    client = told({"LANG": "C"})
    client.receive_data(sb(SEND + VAR + b"LANG"))

    assert client.data_to_send() == sb(IS + VAR + b"LANG" + VALUE + b"C")


@pytest.mark.parametrize("question", [SEND, SEND + VAR + USERVAR])
def test_an_empty_question_is_answered_with_everything_that_may_be_told(question):
    client = told({"USER": "ann", "LANG": "C"})
    client.receive_data(sb(question))

    assert client.data_to_send() == sb(IS + VAR + b"USER" + VALUE + b"ann" + USERVAR + b"LANG" + VALUE + b"C")


def test_a_bare_kind_asks_for_all_of_its_kind_only():
    client = told({"USER": "ann", "LANG": "C"})
    client.receive_data(sb(SEND + USERVAR))

    assert client.data_to_send() == sb(IS + USERVAR + b"LANG" + VALUE + b"C")


def test_the_mud_standards_names_are_well_known_too():
    client = told({"CLIENT_NAME": "bbsterm"})
    client.receive_data(sb(SEND))

    assert client.data_to_send() == sb(IS + VAR + b"CLIENT_NAME" + VALUE + b"bbsterm")


def test_all_four_special_bytes_and_iac_are_escaped():
    client = told({"X": "\x00\x01\x02\x03ÿ"})
    client.receive_data(sb(SEND + USERVAR + b"X"))

    assert client.data_to_send() == sb(
        IS + USERVAR + b"X" + VALUE + b"\x02\x00\x02\x01\x02\x02\x02\x03" + "ÿ".encode()
    )


def test_a_server_hears_values_empty_values_and_undefined_ones():
    server = served("USER")
    assert not server.settled

    events = server.receive_data(
        sb(IS + VAR + b"USER" + VALUE + b"ann" + VAR + b"JOB" + VALUE + USERVAR + b"LANG")
    )

    assert events == [EnvironReceived((("USER", "ann"), ("JOB", "")), (("LANG", None),))]
    assert server.settled


def test_what_nobody_asked_for_is_spontaneous():
    server = served("USER")

    assert server.receive_data(sb(INFO + USERVAR + b"LANG" + VALUE + b"C")) == [
        EnvironReceived((), (("LANG", "C"),), spontaneous=True)
    ]
    assert not server.settled  # the question itself is still open


def test_a_client_may_tell_what_has_changed():
    client = told({})

    assert client.send(EnvironReceived((), (("LANG", "C"),)))
    assert client.data_to_send() == sb(INFO + USERVAR + b"LANG" + VALUE + b"C")
    client.receive_data(sb(SEND + USERVAR + b"LANG"))
    assert client.data_to_send() == sb(IS + USERVAR + b"LANG" + VALUE + b"C")


def test_a_server_may_ask_for_more_later():
    server = served("USER")
    server.data_to_send()

    assert server.send(EnvironRequested((), ("LANG",)))
    assert server.data_to_send() == sb(SEND + USERVAR + b"LANG")


def test_an_empty_name_is_passed_over():
    assert served("USER").receive_data(sb(IS + VAR + VALUE + VAR + b"USER" + VALUE + b"ann")) == [
        EnvironReceived((("USER", "ann"),), ())
    ]


@pytest.mark.parametrize(
    "variables",
    [
        (USERVAR + b"A" + VALUE + b"1") * (MAX_VARIABLES + 1),
        USERVAR + b"A" * (MAX_VARIABLE_NAME + 1) + VALUE + b"1",
        USERVAR + b"A" + VALUE + b"1" * (MAX_VARIABLE_VALUE + 1),
    ],
)
def test_too_many_or_too_long_variables_are_cut_and_named(variables):
    violation, received = served("USER").receive_data(sb(IS + variables))

    assert isinstance(violation, ProtocolViolation)
    assert len(received.user_variables) <= MAX_VARIABLES
    assert all(len(name) <= MAX_VARIABLE_NAME for name, _ in received.user_variables)
    assert all(len(value) <= MAX_VARIABLE_VALUE for _, value in received.user_variables)


def test_a_question_for_too_many_variables_is_answered_for_some():
    client = told({})
    events = client.receive_data(sb(SEND + (USERVAR + b"A") * (MAX_VARIABLES + 50)))

    assert isinstance(events[0], ProtocolViolation)
    assert len(events[1].user_variables) == MAX_VARIABLES


@pytest.mark.parametrize("payload", [b"", b"\x07", IS + VAR + b"USER"])
def test_what_is_no_question_for_a_client_is_a_violation(payload):
    (event,) = told({}).receive_data(sb(payload))

    assert isinstance(event, ProtocolViolation)


texts = st.text(max_size=20)
names = st.text(min_size=1, max_size=15)


@given(st.dictionaries(names, texts, max_size=8))
def test_everything_that_may_be_told_arrives(variables):
    both = pair(client=[NewEnviron(variables)], server=[NewEnviron()])
    both.server.send(RequestOption(OptionCode.NEW_ENVIRON, Side.REMOTE))

    both.settle()

    received = both.server_events[-1]
    assert isinstance(received, EnvironReceived)
    assert dict(received.variables + received.user_variables) == variables


@given(st.binary(max_size=80))
def test_no_payload_raises(payload):
    for connection in (told({"USER": "ann"}), served("USER")):
        connection.receive_data(sb(payload))
