from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_SLC_TRIPLES
from bbsterm.protocol import (
    Binary,
    CharactersChanged,
    Connection,
    Echo,
    EditMode,
    ForwardmaskAnswered,
    ForwardmaskChanged,
    FunctionReceived,
    Level,
    Linemode,
    LinemodeChanged,
    OptionCode,
    ProtocolViolation,
    RequestOption,
    Role,
    Setting,
    Side,
    SlcFunction,
    SuppressGoAhead,
    TextReceived,
)
from bbsterm.protocol.slc import SlcTable
from bbsterm.testing import pair

EDIT, TRAPSIG, ACK = EditMode.EDIT, EditMode.TRAPSIG, EditMode.ACK
MODE, FORWARDMASK, SLC = b"\x01", b"\x02", b"\x03"


def sb(payload: bytes) -> bytes:
    return b"\xff\xfa\x22" + payload.replace(b"\xff", b"\xff\xff") + b"\xff\xf0"


def mode(mask: int) -> bytes:
    return sb(MODE + bytes((mask,)))


def performing(*others) -> Connection:
    client = Connection(Role.CLIENT, [Linemode(), *others])
    client.receive_data(b"\xff\xfd\x22")  # IAC DO LINEMODE
    client.data_to_send()
    return client


def served(wanted: EditMode = EDIT | TRAPSIG, *others) -> Connection:
    """A server whose client has agreed to LINEMODE and to the mode."""
    server = Connection(Role.SERVER, [Linemode(wanted), *others])
    server.receive_data(b"\xff\xfb\x22")  # IAC WILL LINEMODE
    server.receive_data(mode(wanted | ACK))
    server.data_to_send()
    return server


# --- MODE (RFC 1184, section 2.2) ---------------------------------------------------------


def test_a_client_agrees_and_asks_for_the_servers_characters():
    client = Connection(Role.CLIENT, [Linemode()])

    client.receive_data(b"\xff\xfd\x22")

    assert client.data_to_send() == b"\xff\xfb\x22" + sb(SLC + bytes((0, Level.DEFAULT, 0)))


@pytest.mark.parametrize("mask", range(32))
def test_a_client_acknowledges_every_new_mode_and_no_acknowledgement(mask):
    client = performing()
    events = client.receive_data(mode(mask))

    if mask & ACK:
        assert events == []
        assert client.data_to_send() == b""
    else:
        assert events == [LinemodeChanged(EditMode(mask))]
        assert client.data_to_send() == mode(mask | ACK)


def test_a_mode_in_force_is_not_acknowledged_again():
    client = performing()
    client.receive_data(mode(EDIT))
    client.data_to_send()

    assert client.receive_data(mode(EDIT) * 5) == []
    assert client.data_to_send() == b""


def test_a_server_asks_for_its_mode_and_tells_its_characters_once():
    server = Connection(Role.SERVER, [Linemode(EDIT)])
    server.receive_data(b"\xff\xfb\x22")

    assert server.data_to_send() == b"\xff\xfd\x22" + mode(EDIT)
    assert not server.settled
    assert server.receive_data(mode(EDIT | ACK)) == [LinemodeChanged(EDIT)]
    assert server.settled
    assert server.data_to_send() == sb(SLC + SlcTable().spell())

    server.send(LinemodeChanged(TRAPSIG))
    server.receive_data(mode(TRAPSIG | ACK))
    assert server.data_to_send() == mode(TRAPSIG)


def test_the_mode_that_a_server_sends_has_no_acknowledgement_in_it():
    server = served(EDIT)

    server.send(LinemodeChanged(TRAPSIG | ACK))

    assert server.data_to_send() == mode(TRAPSIG)


def test_a_server_agrees_to_what_a_client_suggests_by_asking_for_it():
    server = served(EDIT)

    server.receive_data(mode(EDIT | EditMode.SOFT_TAB))

    assert server.data_to_send() == mode(EDIT | EditMode.SOFT_TAB)


def test_an_acknowledgement_of_nothing_is_a_violation():
    (event,) = served(EDIT).receive_data(mode(TRAPSIG | ACK))

    assert isinstance(event, ProtocolViolation)


def test_after_linemode_ends_it_begins_anew():
    client = performing()
    client.receive_data(mode(EDIT))
    client.receive_data(b"\xff\xfe\x22\xff\xfd\x22")  # IAC DONT LINEMODE IAC DO LINEMODE

    assert client.receive_data(mode(EDIT)) == [LinemodeChanged(EDIT)]


# --- SLC (RFC 1184, sections 2.4 and 5) ------------------------------------------------------


def test_characters_that_change_are_told():
    client = performing()

    events = client.receive_data(sb(SLC + bytes((SlcFunction.EC, Level.VALUE, 8))))

    assert events == [CharactersChanged(((SlcFunction.EC, Setting(Level.VALUE, 8)),))]
    assert client.data_to_send() == sb(SLC + bytes((SlcFunction.EC, Level.VALUE | 0x80, 8)))


def test_a_client_may_propose_characters():
    client = performing()

    assert client.send(CharactersChanged(((SlcFunction.IP, Setting(Level.VALUE, 0xFF)),)))
    assert client.data_to_send() == sb(SLC + bytes((SlcFunction.IP, Level.VALUE, 0xFF)))


@pytest.mark.parametrize("triples", [b"\x0a", bytes((10, 2, 8)) * (MAX_SLC_TRIPLES + 1)])
def test_a_list_that_is_cut_or_too_long_is_a_violation(triples):
    events = performing().receive_data(sb(SLC + triples))

    assert isinstance(events[0], ProtocolViolation)


# --- FORWARDMASK (RFC 1184, section 2.3) -----------------------------------------------------


@pytest.mark.parametrize("binary", [False, True])
def test_a_server_sends_the_mask_of_its_characters(binary):
    server = served(EDIT, Binary())
    if binary:
        server.receive_data(b"\xff\xfb\x00")  # IAC WILL BINARY
        server.data_to_send()

    assert server.send(ForwardmaskChanged(frozenset({0, 27})))
    assert server.data_to_send() == sb(b"\xfd" + FORWARDMASK + b"\x80\0\0\x10" + bytes(28 if binary else 12))


def test_a_client_heeds_the_mask_and_says_so():
    client = performing()

    events = client.receive_data(sb(b"\xfd" + FORWARDMASK + b"\x80\0\0\x10" + bytes(12)))

    assert events == [ForwardmaskChanged(frozenset({0, 27}))]
    assert client.data_to_send() == sb(b"\xfb" + FORWARDMASK)  # WILL FORWARDMASK


def test_a_mask_can_be_taken_back():
    client = performing()

    assert client.receive_data(sb(b"\xfe" + FORWARDMASK)) == [ForwardmaskChanged(None)]
    assert client.data_to_send() == sb(b"\xfc" + FORWARDMASK)


@pytest.mark.parametrize(("verb", "agreed"), [(b"\xfb", True), (b"\xfc", False)])
def test_a_server_hears_whether_the_mask_is_heeded(verb, agreed):
    assert served().receive_data(sb(verb + FORWARDMASK)) == [ForwardmaskAnswered(agreed)]


@pytest.mark.parametrize("mask", [b"", bytes(15), bytes(17), bytes(33)])
def test_a_mask_of_another_length_is_a_violation(mask):
    (event,) = performing().receive_data(sb(b"\xfd" + FORWARDMASK + mask))

    assert isinstance(event, ProtocolViolation)


# --- special characters in what a caller types -----------------------------------------------


def test_a_server_that_edits_finds_the_special_characters():
    server = served(TRAPSIG)

    assert server.receive_data(b"lz\x7fs\x03more") == [
        TextReceived(b"lz\x7f"),
        FunctionReceived(SlcFunction.EC),
        TextReceived(b"s\x03"),
        FunctionReceived(SlcFunction.IP),
        TextReceived(b"more"),
    ]


def test_a_server_whose_client_edits_does_not_look():
    assert served(EDIT | TRAPSIG).receive_data(b"lz\x7fs") == [TextReceived(b"lz\x7fs")]


@pytest.mark.parametrize("simulate", [False, True])
def test_in_kludge_mode_a_server_looks_if_it_was_told_to(simulate):
    server = Connection(Role.SERVER, [Linemode(simulate=simulate), Echo(), SuppressGoAhead()])
    server.receive_data(b"\xff\xfd\x01\xff\xfd\x03")  # IAC DO ECHO IAC DO SGA

    assert (FunctionReceived(SlcFunction.IP) in server.receive_data(b"\x03")) is simulate


def test_characters_that_were_agreed_on_are_the_ones_looked_for():
    server = served(TRAPSIG)
    server.receive_data(sb(SLC + bytes((SlcFunction.EC, Level.VALUE, 8))))

    assert FunctionReceived(SlcFunction.EC) in server.receive_data(b"\x08")
    assert server.receive_data(b"\x7f") == [TextReceived(b"\x7f")]


def test_a_client_never_looks():
    client = performing()
    client.receive_data(mode(TRAPSIG))

    assert client.receive_data(b"\x03") == [TextReceived(b"\x03")]


# --- both ends ----------------------------------------------------------------------------------


@given(
    wanted=st.sampled_from([EditMode(mask) for mask in range(32)]),
    changes=st.lists(
        st.tuples(
            st.sampled_from(SlcFunction), st.builds(Setting, st.sampled_from(Level), st.integers(0, 255))
        ),
        max_size=4,
    ),
)
def test_two_ends_agree_on_the_mode_and_stop_talking(wanted, changes):
    both = pair(client=[Linemode()], server=[Linemode(wanted)])
    both.server.send(RequestOption(OptionCode.LINEMODE, Side.REMOTE))
    both.settle()
    both.client.send(CharactersChanged(tuple(changes)))
    both.settle()

    agreed = LinemodeChanged(wanted & ~ACK)
    assert agreed in both.client_events
    assert agreed in both.server_events
    assert both.client.mode == both.server.mode == ("local" if EDIT in wanted else "remote")


@given(st.binary(max_size=60))
def test_no_payload_raises(payload):
    for connection in (performing(), served()):
        connection.receive_data(sb(payload))
