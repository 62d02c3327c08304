from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.tui.paste import ASK_CHARACTERS, ASK_LINES, prepare


def test_text_is_pasted_as_it_is():
    paste = prepare("Grüße from\tbelow ░▒▓")

    assert paste.text == "Grüße from\tbelow ░▒▓"
    assert (paste.lines, paste.removed) == (1, 0)
    assert not paste.needs_asking()


def test_line_ends_become_one_kind():
    assert prepare("a\r\nb\rc\n").text == "a\nb\nc\n"
    assert prepare("a\r\nb\rc\n").lines == 3


def test_whatever_could_be_a_command_is_taken_out():
    paste = prepare("ls\x1b[31m\x1b]0;x\x07 -l\x03\x1d\x9b31m\x7f\x00")

    assert paste.text == "ls0;x -l31m"
    assert paste.removed == 8


def test_a_paste_cannot_end_bracketed_paste_by_itself():
    assert "\x1b" not in prepare("evil\x1b[201~rm -rf /\n").text


def test_much_text_is_asked_about():
    assert not prepare("line\n" * ASK_LINES).needs_asking()
    assert prepare("line\n" * (ASK_LINES + 1)).needs_asking()
    assert not prepare("x" * ASK_CHARACTERS).needs_asking()
    assert prepare("x" * (ASK_CHARACTERS + 1)).needs_asking()
    assert prepare("x").needs_asking(0)
    assert not prepare("line\n" * 9).needs_asking(9)


@given(st.text(max_size=200))
def test_nothing_but_tabs_and_newlines_is_left_of_the_controls(text):
    for character in prepare(text).text:
        assert character in "\t\n" or not (character < " " or "\x7f" <= character <= "\x9f")
