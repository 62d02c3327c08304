"""Control sequences among whatever else is typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.fingerprint.terminal_answers import Answer, Answers, rgb
from bbsterm.limits import MAX_TERMINAL_ANSWER


def test_answers_are_found_among_keys():
    answers = Answers()

    found = answers.feed(b"abc\x1b[?1;2cx\x1b[24;80R\x1bP>|foot(1.16)\x1b\\\x1b]11;rgb:00/00/00\x07q")

    assert found == [
        Answer("CSI ?c", "1;2"),
        Answer("CSI R", "24;80"),
        Answer("DCS", ">|foot(1.16)"),
        Answer("OSC", "11;rgb:00/00/00"),
    ]


def test_a_mode_report_keeps_its_dollar():
    assert Answers().feed(b"\x1b[?2026;2$y") == [Answer("CSI ?$y", "2026;2")]


@given(st.lists(st.binary(max_size=30), max_size=8))
def test_pieces_do_not_matter(chunks):
    whole, parts = Answers(), Answers()

    assert [each for chunk in chunks for each in parts.feed(chunk)] == whole.feed(b"".join(chunks))


def test_an_answer_without_an_end_is_forgotten():
    answers = Answers()

    answers.feed(b"\x1b]11;" + b"x" * (MAX_TERMINAL_ANSWER + 1))

    assert answers.feed(b"\x1b\\") == []
    assert answers.feed(b"\x1b[0n") == [Answer("CSI n", "0")]


def test_colours_of_any_precision():
    assert rgb("rgb:ff/80/00") == "#ff8000"
    assert rgb("rgb:ffff/8080/0000") == "#ff8000"
    assert rgb("rgba:f/0/f/f") == "#ff00ff"
    assert rgb("#ffffff") is None
