from __future__ import annotations

from bbsterm.protocol import (
    Connection,
    OptionChanged,
    OptionCode,
    RequestOption,
    Role,
    Side,
    TimingMark,
    TimingMarkReceived,
)

TM = OptionCode.TIMING_MARK


def test_every_question_is_answered():
    server = Connection(Role.SERVER, [TimingMark()])

    for _ in range(12):
        server.receive_data(b"\xff\xfd\x06")  # IAC DO TIMING-MARK

    assert server.data_to_send() == b"\xff\xfb\x06" * 12
    assert not server.enabled(TM, Side.LOCAL)  # a happening, not a state


def test_an_answer_says_that_everything_before_was_processed():
    client = Connection(Role.CLIENT, [TimingMark()])
    client.send(RequestOption(TM, Side.REMOTE))

    assert client.data_to_send() == b"\xff\xfd\x06"
    assert client.receive_data(b"\xff\xfb\x06") == [
        OptionChanged(TM, Side.REMOTE, enabled=True),
        TimingMarkReceived(agreed=True),
    ]
    assert client.settled


def test_a_refusal_says_so_too():
    client = Connection(Role.CLIENT, [TimingMark()])
    client.send(RequestOption(TM, Side.REMOTE))

    assert TimingMarkReceived(agreed=False) in client.receive_data(b"\xff\xfc\x06")


def test_it_can_be_asked_again_and_again():
    client = Connection(Role.CLIENT, [TimingMark()])

    for _ in range(12):
        client.send(RequestOption(TM, Side.REMOTE))
        assert TimingMarkReceived(agreed=True) in client.receive_data(b"\xff\xfb\x06")

    assert client.data_to_send() == b"\xff\xfd\x06" * 12
