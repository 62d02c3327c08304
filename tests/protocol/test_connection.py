from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.errors import LocalProtocolError
from bbsterm.limits import MAX_OVERLONG_SUBNEGOTIATIONS, MAX_SUBNEGOTIATION, OUTBOX_HIGH
from bbsterm.protocol import (
    ALL,
    Binary,
    CloseAdvised,
    Command,
    CommandReceived,
    Connection,
    Echo,
    Gmcp,
    GmcpReceived,
    Mccp2,
    Naws,
    OptionChanged,
    OptionCode,
    OptionDeclined,
    OptionRefused,
    Policy,
    ProtocolViolation,
    RequestOption,
    Role,
    Side,
    Status,
    SuppressGoAhead,
    TerminalType,
    TextReceived,
    WindowSize,
    WindowSizeChanged,
)

ORDERS = [
    Command.NOP,
    Command.DM,
    Command.BRK,
    Command.IP,
    Command.AO,
    Command.EC,
    Command.EL,
    Command.GA,
    Command.EOR,
    Command.EOF,
    Command.SUSP,
    Command.ABORT,
]


def glued(events):
    """Merge neighbouring texts: that is all that chunking may change."""
    merged = []
    for event in events:
        if isinstance(event, TextReceived) and merged and isinstance(merged[-1], TextReceived):
            merged[-1] = TextReceived(merged[-1].data + event.data)
        else:
            merged.append(event)
    return merged


# --- the examples of the house's style, word for word -----------------------------------


def test_client_reports_its_window_as_soon_as_the_server_asks():
    client = Connection(Role.CLIENT, options=[Naws(WindowSize(columns=80, rows=25))])

    events = client.receive_data(b"\xff\xfd\x1f")  # IAC DO NAWS

    assert events == [OptionChanged(OptionCode.NAWS, Side.LOCAL, enabled=True)]
    assert client.data_to_send() == (
        b"\xff\xfb\x1f"  # IAC WILL NAWS
        b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0"  # IAC SB NAWS 0 80 0 25 IAC SE
    )


def test_a_255_column_window_is_escaped_on_the_wire():
    client = Connection(Role.CLIENT, options=[Naws(WindowSize(columns=255, rows=25))])

    client.receive_data(b"\xff\xfd\x1f")  # IAC DO NAWS

    assert b"\xff\xfa\x1f\x00\xff\xff\x00\x19\xff\xf0" in client.data_to_send()


# --- text (RFC 854) ----------------------------------------------------------------------


def test_text_of_a_raw_host_goes_through_and_nothing_is_said():
    client = Connection(Role.CLIENT, [option() for option in ALL])
    client.begin()

    assert client.receive_data(b"220 ready\r\n") == [TextReceived(b"220 ready\r\n")]
    assert client.data_to_send() == b""
    assert not client.negotiated
    assert client.settled


def test_cr_nul_is_cr_even_when_split():
    client = Connection(Role.CLIENT)

    events = client.receive_data(b"one\r") + client.receive_data(b"\0two\r\0")

    assert events == [TextReceived(b"one\r"), TextReceived(b"two\r")]


def test_a_nul_alone_in_its_segment_makes_no_event():
    client = Connection(Role.CLIENT)
    client.receive_data(b"one\r")

    assert client.receive_data(b"\0") == []


def test_binary_leaves_bytes_alone():
    client = Connection(Role.CLIENT, options=[Binary()])

    events = client.receive_data(b"\xff\xfb\x00\r\0\xff\xff")  # IAC WILL BINARY

    assert events == [OptionChanged(OptionCode.BINARY, Side.REMOTE, enabled=True), TextReceived(b"\r\0\xff")]


def test_binary_lasts_until_the_peer_acknowledges_its_end():
    client = Connection(Role.CLIENT, options=[Binary()])
    client.receive_data(b"\xff\xfb\x00")  # IAC WILL BINARY
    client.send(RequestOption(OptionCode.BINARY, Side.REMOTE, enabled=False))

    events = client.receive_data(b"\r\0\xff\xfc\x00\r\0")  # on its way, IAC WONT BINARY, after it

    assert [event.data for event in events if isinstance(event, TextReceived)] == [b"\r\0", b"\r"]


def test_sent_text_is_spelled_for_the_nvt_and_bytes_are_not():
    client = Connection(Role.CLIENT)
    client.send_text(b"ls\r\xff")
    client.send_bytes(b"ls\r\xff")

    assert client.data_to_send() == b"ls\r\0\xff\xff" + b"ls\r\xff\xff"


def test_sent_text_is_left_alone_once_binary_is_agreed_on():
    client = Connection(Role.CLIENT, [Binary()])
    client.receive_data(b"\xff\xfd\x00")  # IAC DO BINARY
    client.data_to_send()

    client.send_text(b"ls\r")

    assert client.data_to_send() == b"ls\r"


# --- commands (RFC 854) --------------------------------------------------------------------


@pytest.mark.parametrize("command", ORDERS)
def test_a_command_is_an_event_both_ways(command):
    client, server = Connection(Role.CLIENT), Connection(Role.SERVER)

    assert client.send(CommandReceived(command))
    wire = client.data_to_send()

    assert wire == bytes((255, command))
    assert server.receive_data(wire) == [CommandReceived(command)]


@pytest.mark.parametrize("command", [Command.SB, Command.SE, Command.IAC, Command.WILL, Command.DONT])
def test_what_is_part_of_something_is_not_sent_by_itself(command):
    with pytest.raises(LocalProtocolError):
        Connection(Role.CLIENT).send(CommandReceived(command))


def test_a_server_answers_are_you_there_in_sight():
    server = Connection(Role.SERVER)

    assert server.receive_data(b"\xff\xf6") == [CommandReceived(Command.AYT)]
    assert server.data_to_send() == b"\r\n[Yes]\r\n"


def test_the_answer_to_are_you_there_is_the_users_to_choose():
    server = Connection(Role.SERVER, policy=Policy(are_you_there=b""))
    server.receive_data(b"\xff\xf6")

    assert server.data_to_send() == b""


def test_a_client_answers_are_you_there_without_typing_anything():
    client = Connection(Role.CLIENT)
    client.receive_data(b"\xff\xf6")

    assert client.data_to_send() == b"\xff\xf1"  # IAC NOP


def test_a_thousand_are_you_theres_get_no_thousand_answers():
    server = Connection(Role.SERVER)
    server.receive_data(b"\xff\xf6" * 1000)

    assert server.data_to_send().count(b"[Yes]") == 200


def test_a_byte_that_is_no_command_is_a_violation_and_no_text():
    server = Connection(Role.SERVER)

    assert server.receive_data(b"a\xff\x41b") == [
        TextReceived(b"a"),
        ProtocolViolation("IAC and a byte that is no command", b"\xff\x41", "RFC 854"),
        TextReceived(b"b"),
    ]


def test_a_synch_throws_text_away_up_to_its_mark_but_obeys_commands():
    server = Connection(Role.SERVER)
    server.receive_urgent()

    events = server.receive_data(b"sleep 99\r\n\xff\xf4more\xff\xf2ls\r\n")  # IP, DM

    assert events == [CommandReceived(Command.IP), CommandReceived(Command.DM), TextReceived(b"ls\r\n")]


def test_a_data_mark_without_urgency_throws_nothing_away():
    server = Connection(Role.SERVER)

    assert server.receive_data(b"a\xff\xf2b") == [
        TextReceived(b"a"),
        CommandReceived(Command.DM),
        TextReceived(b"b"),
    ]


# --- negotiation ------------------------------------------------------------------------------


def test_an_unknown_option_is_refused_once_never_twice():
    client = Connection(Role.CLIENT)

    events = client.receive_data(b"\xff\xfb\xa0" * 5 + b"\xff\xfd\xa0" * 5)  # WILL 160, DO 160

    assert events == [OptionDeclined(160, Side.REMOTE), OptionDeclined(160, Side.LOCAL)]
    assert client.data_to_send() == b"\xff\xfe\xa0\xff\xfc\xa0"  # IAC DONT 160 IAC WONT 160


@pytest.mark.parametrize(("yes", "no", "answer"), [(0xFB, 0xFC, 0xFE), (0xFD, 0xFE, 0xFC)])
def test_a_no_to_what_was_on_always_gets_its_no(yes, no, answer):
    client = Connection(Role.CLIENT, [SuppressGoAhead()])
    client.receive_data(bytes((255, yes, 3)))
    client.data_to_send()

    client.receive_data(bytes((255, no, 3)) * 3)

    assert client.data_to_send() == bytes((255, answer, 3))


def test_a_state_in_force_is_never_acknowledged():
    client = Connection(Role.CLIENT, [SuppressGoAhead()])
    client.receive_data(b"\xff\xfb\x03")  # IAC WILL SGA
    client.data_to_send()

    assert client.receive_data(b"\xff\xfb\x03" * 10 + b"\xff\xfc\x01" * 10) == []
    assert client.data_to_send() == b""


def test_a_request_is_asked_once_and_pending_until_answered():
    server = Connection(Role.SERVER, [Echo()])

    assert server.send(RequestOption(OptionCode.ECHO, Side.LOCAL))
    assert not server.send(RequestOption(OptionCode.ECHO, Side.LOCAL))
    assert server.data_to_send() == b"\xff\xfb\x01"
    assert server.pending == {(OptionCode.ECHO, Side.LOCAL)}
    assert not server.settled

    assert server.receive_data(b"\xff\xfe\x01") == [OptionRefused(OptionCode.ECHO, Side.LOCAL)]
    assert server.settled
    assert server.data_to_send() == b""


def test_wrong_direction_is_refused_and_named():
    client = Connection(Role.CLIENT, [Naws()])

    events = client.receive_data(b"\xff\xfb\x1f")  # IAC WILL NAWS, from a server

    assert client.data_to_send() == b"\xff\xfe\x1f"
    assert events == [
        ProtocolViolation("NAWS is not for the server to perform", b"\xff\xfb\x1f", "RFC 1073"),
        OptionDeclined(OptionCode.NAWS, Side.REMOTE),
    ]


def test_a_loop_is_named_and_ends():
    client = Connection(Role.CLIENT, [SuppressGoAhead()])

    events = client.receive_data(b"\xff\xfb\x03\xff\xfc\x03" * 50)

    assert len(client.data_to_send()) < 30
    assert [event for event in events if isinstance(event, ProtocolViolation)] == [
        ProtocolViolation("SGA was turned on and off too often; it stays off", b"\xff\xfc\x03", "RFC 1143")
    ]


def test_a_peer_that_answers_no_with_yes_is_named():
    server = Connection(Role.SERVER, [Echo()])
    server.receive_data(b"\xff\xfd\x01")
    server.send(RequestOption(OptionCode.ECHO, Side.LOCAL, enabled=False))

    events = server.receive_data(b"\xff\xfd\x01")

    assert ProtocolViolation("ECHO: answered NO with YES", b"\xff\xfd\x01", "RFC 1143") in events


def test_a_flood_of_requests_advises_to_close():
    client = Connection(Role.CLIENT)

    events = client.receive_data(b"\xff\xfb\xa0" * 30_000)

    assert events == [
        OptionDeclined(160, Side.REMOTE),
        CloseAdvised("the peer floods option negotiation"),
    ]


def test_a_peer_that_does_not_read_answers_gets_no_more_of_them():
    server = Connection(Role.SERVER, [Status()])
    server.receive_data(b"\xff\xfd\x05")  # IAC DO STATUS
    told = 0

    for second in range(50_000):  # each answer has seven bytes or more, and nobody takes them
        events = server.receive_data(b"\xff\xfa\x05\x01\xff\xf0", now=float(second))
        told += sum(isinstance(event, ProtocolViolation) for event in events)

    assert OUTBOX_HIGH < len(server.data_to_send()) < OUTBOX_HIGH + 100
    assert told == 1
    server.receive_data(b"\xff\xfa\x05\x01\xff\xf0", now=1e6)
    assert server.data_to_send() != b""  # it reads again, so it is answered again


def test_what_we_say_ourselves_is_not_bounded_by_what_the_peer_reads():
    server = Connection(Role.SERVER, [SuppressGoAhead()])
    server.send_text(b"x" * (2 * OUTBOX_HIGH))

    server.receive_data(b"\xff\xfd\x03")  # IAC DO SGA

    assert server.data_to_send().endswith(b"\xff\xfb\x03")


# --- subnegotiation ----------------------------------------------------------------------------


def test_a_subnegotiation_without_agreement_is_a_violation():
    server = Connection(Role.SERVER, [TerminalType()])

    assert server.receive_data(b"\xff\xfa\x18\x00VT\xff\xf0") == [  # IAC SB TTYPE IS VT IAC SE
        ProtocolViolation("subnegotiation of TTYPE, which is not agreed on", b"\x00VT", "RFC 855")
    ]


def test_a_subnegotiation_from_the_wrong_end_is_a_violation():
    client = Connection(Role.CLIENT, [Naws()])
    client.receive_data(b"\xff\xfd\x1f")

    events = client.receive_data(b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0")

    assert events == [ProtocolViolation("NAWS from a server", b"\x00\x50\x00\x19", "RFC 1073")]


def test_endless_subnegotiations_are_named_and_the_third_in_a_row_advises_to_close():
    server = Connection(Role.SERVER)
    endless = b"\xff\xfa\x18" + b"A" * (2 * MAX_SUBNEGOTIATION) + b"\xff\xf0"
    named = ProtocolViolation("subnegotiation of TTYPE is too long", b"A" * 32, "RFC 855")

    events = server.receive_data(endless * MAX_OVERLONG_SUBNEGOTIATIONS + b"text")

    assert events == [
        *[named] * MAX_OVERLONG_SUBNEGOTIATIONS,
        CloseAdvised("the peer sends endless subnegotiations"),
        TextReceived(b"text"),
    ]


def test_a_sound_subnegotiation_between_two_endless_ones_forgives_the_first():
    server = Connection(Role.SERVER)
    endless = b"\xff\xfa\x18" + b"A" * (2 * MAX_SUBNEGOTIATION) + b"\xff\xf0"

    events = server.receive_data((endless + endless + b"\xff\xfa\x18\xff\xf0") * 3)

    assert not any(isinstance(event, CloseAdvised) for event in events)


def test_an_abandoned_subnegotiation_is_named_and_its_end_obeyed():
    client = Connection(Role.CLIENT, [Echo()])

    events = client.receive_data(b"\xff\xfa\x18\x01\xff\xfb\x01")

    assert events == [
        ProtocolViolation("subnegotiation of TTYPE ends without SE", b"\x01", "RFC 855"),
        OptionChanged(OptionCode.ECHO, Side.REMOTE, enabled=True),
    ]


def test_a_question_asked_without_end_is_answered_ten_times_a_second():
    client = Connection(Role.CLIENT, [TerminalType(["ansi"])])
    client.receive_data(b"\xff\xfd\x18")
    client.data_to_send()
    storm = b"\xff\xfa\x18\x01\xff\xf0" * 100

    events = client.receive_data(storm, now=5.0)
    first = client.data_to_send()
    client.receive_data(storm, now=6.0)

    assert first.count(b"ansi") == 10
    assert events == [ProtocolViolation("TTYPE is asked too often", b"", "RFC 1091")]
    assert client.data_to_send().count(b"ansi") == 10


# --- what is derived -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wire", "mode"),
    [
        (b"", "local"),
        (b"\xff\xfb\x01", "local"),  # WILL ECHO
        (b"\xff\xfb\x03", "local"),  # WILL SGA
        (b"\xff\xfb\x01\xff\xfb\x03", "kludge"),
        (b"\xff\xfb\x01\xff\xfb\x03\xff\xfc\x01", "local"),  # WONT ECHO
        (b"\xff\xfd\x22\xff\xfa\x22\x01\x01\xff\xf0", "local"),  # LINEMODE MODE EDIT
        (b"\xff\xfd\x22\xff\xfa\x22\x01\x02\xff\xf0", "remote"),  # LINEMODE MODE TRAPSIG
    ],
)
def test_mode_follows_what_is_agreed(wire, mode):
    client = Connection(Role.CLIENT, [option() for option in ALL])
    client.receive_data(wire)

    assert client.mode == mode


def test_mode_at_the_server_follows_its_own_side():
    server = Connection(Role.SERVER, [Echo(), SuppressGoAhead()])
    server.receive_data(b"\xff\xfd\x01\xff\xfd\x03")  # IAC DO ECHO IAC DO SGA

    assert server.mode == "kludge"


def test_pending_knows_of_unanswered_subnegotiations():
    server = Connection(Role.SERVER, [TerminalType()])
    server.send(RequestOption(OptionCode.TTYPE, Side.REMOTE))
    server.receive_data(b"\xff\xfb\x18")

    assert server.pending == {(OptionCode.TTYPE, Side.REMOTE)}
    server.receive_data(b"\xff\xfa\x18\x00ansi\xff\xf0" * 2)
    assert server.settled


def test_eof_inside_a_command_is_named_and_the_rest_is_silence():
    client = Connection(Role.CLIENT)
    client.receive_data(b"bye\xff\xfb")

    assert client.receive_eof() == [ProtocolViolation("the stream ends inside a command", b"", "RFC 854")]
    assert client.receive_data(b"text") == []


def test_eof_between_commands_is_nothing_to_tell():
    client = Connection(Role.CLIENT)
    client.receive_data(b"bye")

    assert client.receive_eof() == []


def test_the_same_option_twice_is_our_own_mistake():
    with pytest.raises(ValueError, match="NAWS"):
        Connection(Role.CLIENT, [Naws(), Naws()])


def test_an_option_of_another_connection_is_our_own_mistake():
    options = [Naws()]
    Connection(Role.CLIENT, options)

    with pytest.raises(ValueError, match="another connection"):
        Connection(Role.CLIENT, options)


# --- sending -------------------------------------------------------------------------------------


def test_what_is_not_agreed_on_is_not_sent():
    client = Connection(Role.CLIENT, [Naws(), Gmcp()])

    assert not client.send(WindowSizeChanged(WindowSize(132, 50)))
    assert not client.send(GmcpReceived("Core.Ping", b""))
    assert client.data_to_send() == b""


def test_what_was_told_before_the_agreement_is_said_with_it():
    client = Connection(Role.CLIENT, [Naws()])
    client.send(WindowSizeChanged(WindowSize(132, 50)))

    client.receive_data(b"\xff\xfd\x1f")

    assert client.data_to_send().endswith(b"\xff\xfa\x1f\x00\x84\x00\x32\xff\xf0")


def test_a_handler_may_send_between_the_events_of_one_chunk():
    server = Connection(Role.SERVER, [Echo(), Naws(), TerminalType()])

    for event in server.receive_data(b"\xff\xfb\x1f\xff\xfb\x18hello"):
        server.send_text(b"!")
        if isinstance(event, OptionChanged):
            server.send(RequestOption(OptionCode.ECHO, Side.LOCAL))
            assert server.receive_data(b"") == []

    assert server.data_to_send() == (
        b"\xff\xfd\x1f\xff\xfd\x18\xff\xfa\x18\x01\xff\xf0"  # DO NAWS, DO TTYPE, SB TTYPE SEND
        b"!\xff\xfb\x01!!"  # WILL ECHO, once
    )


# --- anything at all -----------------------------------------------------------------------------

verbs = st.sampled_from([b"\xff\xfb", b"\xff\xfc", b"\xff\xfd", b"\xff\xfe"])
codes = st.sampled_from([bytes((option.code,)) for option in ALL] + [b"\xa0", b"\xff"])
payloads = st.one_of(
    st.binary(max_size=40),
    st.lists(st.sampled_from([b"\0", b"\1", b"\2", b"\3", b"\xf0", b"ab", b"MTTS 9", b";"]), max_size=12).map(
        b"".join
    ),
)
messages = st.one_of(
    st.builds(lambda verb, code: verb + code, verbs, codes),
    st.builds(
        lambda code, payload: b"\xff\xfa" + code + payload.replace(b"\xff", b"\xff\xff") + b"\xff\xf0",
        codes,
        payloads,
    ),
    st.integers(0, 255).map(lambda byte: bytes((255, byte))),
    st.binary(max_size=20),
)
streams = st.lists(messages, max_size=20).map(b"".join)


@pytest.mark.parametrize("role", Role)
@given(stream=streams, edges=st.lists(st.integers(0, 400), max_size=8))
def test_chunk_boundaries_never_matter(role, stream, edges):
    whole = Connection(role, [option() for option in ALL])
    pieces = Connection(role, [option() for option in ALL])
    whole.begin()
    pieces.begin()
    cuts = sorted({0, len(stream), *(edge for edge in edges if edge < len(stream))})

    expected = whole.receive_data(stream)
    events = [event for start, end in pairwise(cuts) for event in pieces.receive_data(stream[start:end])]

    assert glued(events) == glued(expected)
    assert pieces.pending == whole.pending
    assert pieces.mode == whole.mode


@pytest.mark.parametrize("role", Role)
@given(stream=streams)
def test_byte_by_byte_says_the_same(role, stream):
    whole = Connection(role, [option() for option in ALL if option.code not in (86, 87)])
    bytewise = Connection(role, [option() for option in ALL if option.code not in (86, 87)])
    whole.begin()
    bytewise.begin()

    whole.receive_data(stream)
    for byte in stream:
        bytewise.receive_data(bytes((byte,)))

    assert bytewise.data_to_send() == whole.data_to_send()


@pytest.mark.parametrize("role", Role)
@given(stream=st.lists(streams, max_size=4))
def test_nothing_the_peer_sends_raises(role, stream):
    connection = Connection(role, [option() for option in ALL])
    connection.begin()
    for second, piece in enumerate(stream):
        connection.receive_data(piece, now=float(second))
        connection.data_to_send()
    connection.receive_eof()


def test_bytes_can_be_bytes_without_binary_being_agreed_on():
    caller = Connection(Role.CLIENT, [])
    caller.force_binary()
    assert caller.receive_data(b"a\r\0b") == [TextReceived(b"a\r\0b")]

    caller.force_binary(False)
    assert caller.receive_data(b"a\r\0b") == [TextReceived(b"a\rb")]


@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=20)), max_size=8), st.booleans())
def test_spelling_bytes_is_sending_them_and_taking_what_is_to_be_sent(pieces, compressed):
    whole, apart = (Connection(Role.SERVER, [Gmcp, Mccp2]) for _ in range(2))
    for connection in (whole, apart):
        connection.receive_data(b"\xff\xfd\x56" if compressed else b"")  # IAC DO MCCP2
    said, expected = b"", b""

    for others_wait, piece in pieces:
        for connection in (whole, apart):
            if others_wait:
                connection.send(CommandReceived(Command.NOP))
        said += whole.spell_bytes(piece)
        apart.send_bytes(piece)
        expected += apart.data_to_send()
    said += whole.data_to_send()
    expected += apart.data_to_send()

    assert said == expected
