from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_CHARSET_NAME, MAX_CHARSETS
from bbsterm.protocol import (
    Charset,
    CharsetAgreed,
    CharsetRefused,
    CharsetRequested,
    Connection,
    OptionCode,
    ProtocolViolation,
    RequestOption,
    Role,
    Side,
)
from bbsterm.testing import pair


def sb(payload: bytes) -> bytes:
    return b"\xff\xfa\x2a" + payload + b"\xff\xf0"


def offering(*offers: str) -> Connection:
    """A server whose request is on its way."""
    server = Connection(Role.SERVER, [Charset(offers=offers)])
    server.receive_data(b"\xff\xfd\x2a")  # IAC DO CHARSET
    server.data_to_send()
    return server


def choosing(*accept: str) -> Connection:
    """A client that has agreed to be offered character sets."""
    client = Connection(Role.CLIENT, [Charset(accept=accept)])
    client.receive_data(b"\xff\xfb\x2a")  # IAC WILL CHARSET
    client.data_to_send()
    return client


def test_the_performer_offers_as_soon_as_it_may():
    server = Connection(Role.SERVER, [Charset(offers=["UTF-8", "CP437"])])

    server.receive_data(b"\xff\xfd\x2a")

    assert server.data_to_send() == b"\xff\xfb\x2a" + sb(b"\x01 UTF-8 CP437")
    assert not server.settled


def test_a_server_with_offers_asks_to_perform_it_when_the_client_does():
    server = Connection(Role.SERVER, [Charset(offers=["UTF-8"])])

    server.receive_data(b"\xff\xfb\x2a")  # IAC WILL CHARSET
    asked = server.data_to_send()
    server.receive_data(b"\xff\xfd\x2a")  # IAC DO CHARSET

    assert asked == b"\xff\xfd\x2a\xff\xfb\x2a"  # IAC DO CHARSET IAC WILL CHARSET
    assert server.data_to_send() == sb(b"\x01 UTF-8")


def test_names_with_spaces_get_another_separator():
    server = Connection(Role.SERVER, [Charset(offers=["UTF-8", "Latin 1"])])

    server.receive_data(b"\xff\xfd\x2a")

    assert server.data_to_send().endswith(sb(b"\x01;UTF-8;Latin 1"))


@pytest.mark.parametrize(
    ("accept", "request_", "chosen"),
    [
        (("UTF-8",), b" US-ASCII UTF-8", b"UTF-8"),
        (("CP437", "UTF-8"), b" UTF-8 CP437", b"CP437"),  # what we like best
        (("UTF-8",), b";utf8;ascii", b"utf8"),  # spelled as it was offered
        (("utf-8",), b"[TTABLE]\x01;UTF-8", b"UTF-8"),  # a translation table may be offered before the list
    ],
)
def test_the_best_of_what_is_offered_is_taken(accept, request_, chosen):
    client = choosing(*accept)

    events = client.receive_data(sb(b"\x01" + request_))

    assert events[-1] == CharsetAgreed(chosen.decode())
    assert client.data_to_send() == sb(b"\x02" + chosen)


@pytest.mark.parametrize("listed", [b" KOI8-R BIG5", b"", b" ", b"[TTABLE]\x01"])
def test_what_cannot_be_taken_is_rejected(listed):
    client = choosing("UTF-8")

    events = client.receive_data(sb(b"\x01" + listed))

    assert events[-1] == CharsetRefused()
    assert client.data_to_send() == sb(b"\x03")


def test_an_accepted_name_is_told():
    server = offering("UTF-8", "CP437")

    assert server.receive_data(sb(b"\x02CP437")) == [CharsetAgreed("CP437")]
    assert server.settled


def test_a_rejection_is_told():
    server = offering("UTF-8")

    assert server.receive_data(sb(b"\x03")) == [CharsetRefused()]
    assert server.settled


def test_a_name_that_was_not_offered_is_a_violation_and_not_agreed_on():
    violation, refused = offering("UTF-8").receive_data(sb(b"\x02UTF-7"))

    assert isinstance(violation, ProtocolViolation)
    assert refused == CharsetRefused()


@pytest.mark.parametrize("payload", [b"", b"\x02UTF-8", b"\x03", b"\x09"])
def test_an_answer_without_a_question_is_a_violation(payload):
    (event,) = choosing("UTF-8").receive_data(sb(payload))

    assert isinstance(event, ProtocolViolation)


def test_a_translation_table_is_refused():
    client = choosing("UTF-8")
    client.receive_data(sb(b"\x04\x01;UTF-8;\x08\x00\x00\x01CP437"))

    assert client.data_to_send() == sb(b"\x05")  # TTABLE-REJECTED


def test_when_both_ask_at_once_the_servers_question_stands():
    both = pair(
        client=[Charset(offers=["KOI8-R"], accept=["UTF-8"])],
        server=[Charset(offers=["UTF-8"], accept=["KOI8-R"])],
        delay=3,
    )
    for end in (both.client, both.server):
        end.send(RequestOption(OptionCode.CHARSET, Side.LOCAL))

    both.settle()

    assert CharsetAgreed("UTF-8") in both.client_events
    assert CharsetAgreed("UTF-8") in both.server_events
    assert CharsetAgreed("KOI8-R") not in both.client_events + both.server_events
    assert both.client.settled
    assert both.server.settled


def test_a_client_may_ask_once_it_performs():
    client = Connection(Role.CLIENT, [Charset()])
    client.receive_data(b"\xff\xfd\x2a")  # IAC DO CHARSET
    client.data_to_send()

    assert client.send(CharsetRequested(("UTF-8",)))
    assert client.data_to_send() == sb(b"\x01 UTF-8")


def test_more_names_than_the_bound_are_not_looked_at():
    client = choosing("UTF-8")
    client.receive_data(sb(b"\x01" + b" X-1" * MAX_CHARSETS + b" UTF-8"))

    assert client.data_to_send() == sb(b"\x03")


def test_a_name_longer_than_the_bound_is_passed_over():
    client = choosing("UTF-8")
    (event, _) = client.receive_data(sb(b"\x01 " + b"A" * (MAX_CHARSET_NAME + 1) + b" UTF-8"))

    assert event == CharsetRequested(("UTF-8",))


names = st.lists(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=20).filter(str.isalnum),
    min_size=1,
    max_size=6,
    unique=True,
)


@given(offers=names, accept=names)
def test_two_ends_agree_on_one_that_both_know(offers, accept):
    both = pair(client=[Charset(accept=accept)], server=[Charset(offers=offers)])
    both.server.send(RequestOption(OptionCode.CHARSET, Side.LOCAL))

    both.settle()

    common = next((name for name in accept if name in offers), None)
    end = CharsetRefused() if common is None else CharsetAgreed(common)
    assert both.client_events[-1] == end
    assert both.server_events[-1] == end


@given(st.binary(max_size=60))
def test_no_payload_raises(payload):
    for connection in (choosing("UTF-8"), offering("UTF-8")):
        connection.receive_data(sb(payload.replace(b"\xff", b"\xff\xff")))
