"""LINEMODE's line editing under telnetlib3's name: what is shown and what is sent, as there."""

import pytest
import telnetlib3
from bbsterm.client_shell import LinemodeBuffer
from telnetlib3.client_shell import LinemodeBuffer as Theirs

import bbsterm
from bbsterm.telopt import ABORT, IAC, IP

UP_TO_A = b"\x40" + bytes(15)
"""A mask with ^A."""


@pytest.mark.parametrize(
    "typed",
    [
        "hello\r",
        "hi\n",
        "\x7f\x15\x17\r",
        "helo\x7f\x7fllo\r",
        "hello world\x17\r",
        "hello \x17\r",
        "gone\x15kept\r",
        "caf\u00e9\x7fe\r",
    ],
)
@pytest.mark.parametrize("trapsig", [True, False])
def test_lines_are_edited_alike(typed, trapsig):
    ours = LinemodeBuffer(bbsterm.slc.generate_slctab(), trapsig=trapsig)
    theirs = Theirs(telnetlib3.slc.generate_slctab(telnetlib3.slc.BSD_SLC_TAB), trapsig=trapsig)

    for character in typed:
        assert ours.feed(character) == theirs.feed(character)
    assert ours.line == ""


def test_signals_become_commands_where_they_are_trapped():
    trapping = LinemodeBuffer(bbsterm.slc.generate_slctab(), trapsig=True)
    assert [trapping.feed(key) for key in "\x03\x1c"] == [("", IAC + IP), ("", IAC + ABORT)]

    typing = LinemodeBuffer(bbsterm.slc.generate_slctab())
    assert typing.feed("\x03") == ("\x03", None)
    assert typing.feed("\r") == ("\r", b"\x03\r")


def test_a_forwarding_character_sends_the_line_as_it_is():
    buffer = LinemodeBuffer(bbsterm.slc.generate_slctab(), bbsterm.slc.Forwardmask(UP_TO_A))

    assert [buffer.feed(key)[1] for key in "ab\x01"] == [None, None, b"ab\x01"]


def test_without_a_table_everything_is_text():
    buffer = LinemodeBuffer({})

    assert buffer.feed("\x7f") == ("\x7f", None)
    assert buffer.line == "\x7f"
