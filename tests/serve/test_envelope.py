from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.serve.envelope import Envelope, pack, unpack


def test_an_envelope_is_json_and_comes_out_as_it_went_in():
    envelope = Envelope("w1", "chat.lobby", {"kind": "said", "text": 'ä |04 "quoted"'})

    data = pack(envelope)

    assert json.loads(data)["from"] == "w1"
    assert unpack(data) == envelope


GOOD = {"v": 1, "from": "w1", "topic": "chat", "message": {"text": "hi"}}


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"from": ""},
        {"from": "w 1"},
        {"from": 1},
        {"topic": "chat.*"},
        {"topic": "Chat"},
        {"topic": "a.b.c.d.e"},
        {"message": {"text": 1}},
        {"message": ["text"]},
        {"message": {str(number): "" for number in range(33)}},
        {"message": {"text": "x" * limits.MAX_BUS_MESSAGE}},
    ],
)
def test_what_is_not_one_of_ours_is_none(change):
    assert unpack(json.dumps(GOOD).encode()) is not None

    assert unpack(json.dumps(GOOD | change).encode()) is None


def test_a_message_has_an_end():
    with pytest.raises(ValueError, match="at most 8192 bytes"):
        pack(Envelope("w1", "chat", {"text": "x" * limits.MAX_BUS_MESSAGE}))


@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_survived(data):
    unpack(data)
    unpack(b"[" * 5000)
