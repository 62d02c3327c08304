"""Boards' bytes as a person would read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.macros.plaintext import PlainText

BYTES = st.lists(
    st.sampled_from([b"\x1b[1;33m", b"\x1b", b"[", b"5C", b"Login", b":", b"\r\n", b"\x1b]0;t\x07", b"\xb3"])
)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b[1;33mL\x1b[0mogin:", "Login:"),
        (b"Login\x1b[3C:", "Login   :"),
        (b"a\x1b[5;1Hb", "a\nb"),
        (b"a\r\n\r\nb", "a\nb"),
        (b"\x1b]0;title\x07ok\x1b]2;x\x1b\\!", "ok!"),
        (b"\x1bPq#0;1\x1b\\ok", "ok"),
        (b"\x1b(Bok\x1b7\x1b8", "ok"),
        (b"bell\x07 tab\tend\x00", "bell tab end"),
        (b"\xb3", "│"),
    ],
)
def test_what_controls_the_screen_is_not_text(data, text):
    assert PlainText("cp437").feed(data) == text


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("petscii", b"\x93\x0eLOGIN:\x1d\x12X\x92\r", "\nlogin: x\n"),
        ("petscii", b"NAME\x11\x91PASS", "name\npass"),
        ("atascii", b"\x7dLogin\x9bPass", "\nLogin\nPass"),
        ("atascii", b"\xcc\xef\xe7", "Log"),  # inverse
    ],
)
def test_home_computers_have_control_characters_of_their_own(encoding, data, text):
    assert PlainText(encoding, controls="machine").feed(data) == text


def test_characters_of_several_bytes_may_be_cut():
    plain = PlainText("utf-8")

    assert plain.feed(b"na\xc3") + plain.feed(b"\xafve") == "naïve"


def test_bytes_that_mean_nothing_are_replaced():
    assert PlainText("utf-8").feed(b"a\xffb") == "a�b"


@given(BYTES)
def test_where_the_bytes_are_cut_never_matters(pieces):
    whole = b"".join(pieces)
    one, many = PlainText("cp437"), PlainText("cp437")

    assert "".join(many.feed(bytes([byte])) for byte in whole) == one.feed(whole)


@given(st.binary(max_size=300), st.sampled_from(["ansi", "machine"]))
def test_whatever_comes_is_printable_or_the_end_of_a_line(data, controls):
    text = PlainText("cp437", controls=controls).feed(data)

    assert all(char == "\n" or char >= " " for char in text)
    assert "\n\n" not in text


def test_an_escape_sequence_without_end_is_not_kept_for_ever():
    plain = PlainText("cp437")

    for _ in range(100):
        plain.feed(b"\x1b]" + b"x" * 1000)

    assert len(plain._rest) <= 5000
    assert plain.feed(b"\x07ok") == "ok"
