from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_COMMAND_HISTORY, MAX_EDITED_LINE
from bbsterm.serve.shells.commandline import CommandLine, special_characters
from bbsterm.slc import BSD_SLC_TAB, SLC, SLC_EL, generate_slctab

SPECIAL = special_characters(generate_slctab(BSD_SLC_TAB))
UP, DOWN = "\x1b[A", "\x1bOB"


def typed(line, *keys):
    """What is echoed, and the last line that was completed."""
    shown, done = "", None
    for key in keys:
        echoed, complete = line.feed(key, SPECIAL, "> ")
        shown += echoed
        done = complete if complete is not None else done
    return shown, done


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("help\r", "help"),
        ("helx\x7fp\r", "help"),
        ("helx\bp\r", "help"),
        ("nonsense\x15help\r", "help"),
        ("help me now\x17\x17\r", "help"),
        ("a\x16\x03b\r", "a^Cb"),
        ("a\x16\x1bb\r", "a^[b"),
        ("a\x01\x07b\r", "ab"),
        ("\x7f\x15\x17help\n", "help"),
    ],
)
def test_special_characters_edit_the_line(keys, line):
    assert typed(CommandLine(), *keys)[1] == line


def test_what_is_taken_away_is_rubbed_out():
    assert typed(CommandLine(), *"ab\x15")[0] == "ab" + "\b \b" * 2
    assert typed(CommandLine(), *"ab cd\x17")[0] == "ab cd" + "\b \b" * 3
    assert typed(CommandLine(), *"ab\x12")[0] == "ab\r\n> ab"


def test_a_client_may_choose_its_own_characters():
    table = generate_slctab(BSD_SLC_TAB)
    table[SLC_EL] = SLC(table[SLC_EL].mask, b"\x18")
    line = CommandLine()
    for key in "abc\x18d":
        line.feed(key, special_characters(table))
    assert line.feed("\r", special_characters(table)) == ("", "d")


def test_up_and_down_the_history():
    line = CommandLine()
    typed(line, *"one\rtwo\rtwo\r")
    assert line.history == ("one", "two")

    assert typed(line, UP) == ("two", None)
    assert typed(line, UP) == ("\b \b\b \b\b \bone", None)
    assert typed(line, UP) == ("\x07", None)
    assert typed(line, DOWN, "!", "\r")[1] == "two!"
    assert typed(line, UP, DOWN, "\r")[1] == ""


def test_other_keys_do_nothing():
    assert typed(CommandLine(), "\x1b[C", "\x1b[15~", "x", "\r") == ("x", "x")


def test_the_history_and_the_line_have_bounds():
    line = CommandLine()
    for number in range(MAX_COMMAND_HISTORY + 5):
        typed(line, *f"{number}\r")
    assert len(line.history) == MAX_COMMAND_HISTORY
    shown, done = typed(line, *"x" * (MAX_EDITED_LINE + 1), "\r")
    assert shown.endswith("x\x07")
    assert len(done) == MAX_EDITED_LINE


@given(st.lists(st.one_of(st.characters(codec="utf-8"), st.sampled_from([UP, DOWN, "\x15", "\x17", "\r"]))))
def test_any_keys_make_lines_without_controls(keys):
    line = CommandLine(40)
    for key in keys:
        shown, done = line.feed(key, SPECIAL)
        assert "\x1b" not in shown
        assert done is None or len(done) <= 42
