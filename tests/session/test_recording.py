from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.errors import UsageError
from bbsterm.session.recording import LONGEST_PAUSE, Piece, read_recording


def cast(head: object, *events: object) -> bytes:
    return b"\n".join(json.dumps(line).encode() for line in (head, *events)) + b"\n"


TWO = {"version": 2, "width": 100, "height": 30, "title": "A call"}


def test_version_2_has_times_from_the_beginning():
    found = read_recording("a.cast", cast(TWO, [0.5, "o", "Hi"], [0.7, "i", "x"], [1.5, "o", "\u2588"]))

    assert found.pieces == (Piece(0.5, b"Hi"), Piece(1.5, "\u2588".encode()))
    assert (found.name, found.settings.terminal, found.settings.encoding) == ("A call", "vt", "utf-8")
    assert (found.settings.columns, found.settings.rows, found.timed) == (100, 30, True)


def test_version_3_has_times_from_the_event_before():
    head = {"version": 3, "term": {"cols": 40, "rows": 10}}

    found = read_recording("a.cast", cast(head, [0.5, "o", "a"], [0.5, "i", "x"], [1.0, "o", "b"]))

    assert [piece.at for piece in found.pieces] == [0.5, 2.0]
    assert (found.settings.columns, found.settings.rows) == (40, 10)


def test_long_pauses_are_cut_and_time_never_runs_backwards():
    found = read_recording("a.cast", cast(TWO, [1, "o", "a"], [3600, "o", "b"], [2, "o", "c"]))

    assert [piece.at for piece in found.pieces] == [1, 1 + LONGEST_PAUSE, 1 + LONGEST_PAUSE]


def test_an_art_file_appears_at_a_modems_speed():
    found = read_recording("welcome.ans", b"x" * 240, baud=2400)

    assert found.data == b"x" * 240
    assert (found.seconds, found.settings.terminal, found.timed) == (1.0, "ansi", False)
    assert read_recording("welcome.ans", b"x" * 240, baud=0).seconds == 0


def test_the_name_says_the_machine_and_an_option_has_the_last_word():
    assert read_recording("a.seq", b"").settings.terminal == "petscii"
    told = read_recording("a.ata", b"", terminal="utf8", size=(100, 40)).settings
    assert (told.terminal, told.columns, told.rows) == ("utf8", 100, 40)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.cast:1: no JSON"),
        (b"\xff\xfe", "a.cast:1: no JSON"),
        (b"[]\n", "a.cast:1: no asciicast"),
        (b'{"version": 1}\n', "a.cast:1: no asciicast"),
        (cast(TWO, [0.5, "o"]), "a.cast:2: no [seconds, kind, text]"),
        (cast(TWO, [0, "o", ""], {"a": 1}), "a.cast:3: no [seconds"),
        (cast(TWO) + b'[NaN, "o", "x"]\n', "a.cast:2: no [seconds"),
        (cast(TWO) + b"[1" + b"0" * 400 + b', "o", "x"]\n', "a.cast:2: no [seconds"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(data, said):
    with pytest.raises(UsageError) as caught:
        read_recording("a.cast", data)

    assert str(caught.value).startswith(said)


@given(st.binary(max_size=300), st.sampled_from(["a.cast", "a.ans", "b"]))
def test_any_file_is_read_or_refused(data, name):
    try:
        found = read_recording(name, data)
    except UsageError:
        return
    times = [piece.at for piece in found.pieces]
    assert times == sorted(times)


@given(st.lists(st.lists(st.one_of(st.none(), st.floats(), st.text(max_size=3), st.integers()), max_size=4)))
def test_any_events_are_read_or_refused(events):
    data = b"\n".join(json.dumps(line).encode() for line in (TWO, *events))
    try:
        found = read_recording("a.cast", data)
    except UsageError:
        return
    assert all(0 <= piece.at <= LONGEST_PAUSE * len(events) for piece in found.pieces)
