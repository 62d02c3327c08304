"""Prompts before the greeting: those about the terminal are answered, all others are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.fingerprint.prompts import MOST, answer_to
from bbsterm.fingerprint.server_probe import ProbeSettings
from tests.fingerprint.test_server_probe import Board, asked


@pytest.mark.parametrize(
    ("banner", "typed"),
    [
        (b"Mystic BBS\r\nPress <ESC> twice for the BBS, or wait\r\n", b"\x1b\x1b"),
        (b"Press [ESC] twice within 15 seconds", b"\x1b\x1b"),
        (b"Hit the escape key two times to go on", b"\x1b\x1b"),
        (b"Press ESCAPE to continue", b"\x1b"),
        (b"\x1b[1;33mPress any key\x1b[0m", b"\r"),
        (b"Hit [ENTER] to continue", b"\r"),
        (b"Do you want ANSI graphics (Y/n)? ", b"y\r"),
        (b"Use color? [y/N] ", b"y\r"),
        (b"(Y/N) Colour: ", b"y\r"),
        (b"-- More --", b"\r"),
        (b"[More?]", b"\r"),
        (b"Select:\r\n 1) ASCII\r\n 2) ANSI\r\n 3) UTF-8\r\n> ", b"3\r"),
        (b"[1] ANSI\r\n[2] ASCII\r\nYour choice: ", b"1\r"),
    ],
)
def test_what_is_answered(banner, typed):
    assert answer_to(banner) == typed


@pytest.mark.parametrize(
    "banner",
    [
        b"login: ",
        b"Username: ",
        b"Are you a new user (y/n)? ",
        b"Enter your name or NEW: ",
        b"Password: ",
        b"more than 3000 files\r\nlogin: ",
        b"",
    ],
)
def test_what_is_not(banner):
    assert answer_to(banner) == b""


@given(st.binary(max_size=500))
def test_any_banner_is_answered_or_not(banner):
    assert len(answer_to(banner)) <= 3


def test_the_banner_behind_a_prompt_is_read():
    board = Board(banner=b"Press <ESC> twice", typed={b"\x1b\x1b": b"\r\nWelcome to the Attic\r\nlogin: "})

    assert "Welcome to the Attic" in asked(board, ProbeSettings(encoding="cp437")).session()["banner"]


def test_a_board_that_asks_for_ever_is_answered_five_times():
    board = Board(banner=b"Press any key", typed={b"\r": b"\r\nPress any key"})

    banner = asked(board, ProbeSettings(banner_wait=1000)).session()["banner"]
    assert banner.count("Press any key") == MOST + 1
