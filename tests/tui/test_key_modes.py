from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.tui.actions import COMMANDS, Place
from bbsterm.tui.key_modes import Answered, Base, KeyModes, Nothing, Opened, Run, Settled, ToBoard

PREFIX = ("ctrl+right_square_bracket", "\x1d")


def typing(*, alt: bool = True) -> KeyModes:
    modes = KeyModes(alt=alt)
    modes.base = Base.TYPING
    return modes


def action(intent: object) -> str:
    assert isinstance(intent, Run)
    return intent.command.action


@pytest.mark.parametrize(
    "key",
    [
        *(
            "tab",
            "shift+tab",
            "ctrl+c",
            "ctrl+q",
            "ctrl+p",
            "escape",
            "up",
            "left",
            "home",
            "pageup",
            "enter",
        ),
        *("backspace", "f1", "f10", "f12", "ctrl+f1", "ctrl+z", "ctrl+backslash", "alt+a", "alt+1", "q", "h"),
    ],
)
def test_every_key_but_ours_belongs_to_the_board(key):
    assert typing().press(key, None) == ToBoard(key, None)


def test_the_character_goes_along():
    assert typing().press("backspace", "\x08") == ToBoard("backspace", "\x08")


def test_ctrl_right_bracket_opens_the_menu_and_a_letter_runs_its_command():
    modes = typing()

    assert modes.press(*PREFIX) == Opened(Place.CALL)
    assert modes.is_open
    assert action(modes.press("h", "h")) == "hang_up"
    assert not modes.is_open


def test_ctrl_five_of_a_german_keyboard_opens_it_too():
    assert typing().press("ctrl+5", None) == Opened(Place.CALL)


def test_twice_sends_it_to_the_board():
    modes = typing()
    modes.press(*PREFIX)

    assert action(modes.press(*PREFIX)) == "send_prefix"


def test_kitty_reports_it_without_a_character():
    modes = typing()
    modes.press("ctrl+right_square_bracket", None)

    assert action(modes.press("ctrl+right_square_bracket", None)) == "send_prefix"


def test_a_capital_letter_means_the_same():
    modes = typing()
    modes.press(*PREFIX)

    assert action(modes.press("H", "H")) == "hang_up"


def test_screenshot_asks_for_the_kind():
    modes = typing()
    modes.press(*PREFIX)

    assert modes.press("s", "s") == Opened(Place.SHOT)
    assert action(modes.press("t", "t")) == "shot_txt"


@pytest.mark.parametrize("key", [("escape", "\x1b"), ("ctrl+c", "\x03"), ("z", "z"), ("f7", None)])
def test_any_other_key_closes_the_menu_and_is_not_sent(key):
    modes = typing()
    modes.press(*PREFIX)

    assert modes.press(*key) == Settled()
    assert modes.press("a", "a") == ToBoard("a", "a")


def test_a_question_is_answered_by_y_and_nothing_else():
    for key, yes in (("y", True), ("Y", True), ("n", False), ("enter", False), ("escape", False)):
        modes = typing()
        modes.ask()

        assert modes.press(key, key if len(key) == 1 else None) == Answered(yes)
        assert not modes.is_open


def test_syncterm_s_alt_letters_work_without_a_prefix():
    assert action(typing().press("alt+h", None)) == "hang_up"
    assert action(typing().press("alt+x", None)) == "leave"
    assert typing().press("alt+z", None) == Opened(Place.CALL)


def test_alt_letters_can_be_the_board_s():
    assert typing(alt=False).press("alt+h", None) == ToBoard("alt+h", None)
    assert typing(alt=False).press("alt+z", None) == ToBoard("alt+z", None)


def test_what_legacy_terminals_send_for_alt_b_and_alt_f_is_never_ours():
    for key in ("alt+f", "ctrl+left", "ctrl+right"):  # alt+b itself only comes under kitty's protocol
        assert typing().press(key, None) == ToBoard(key, None)


def test_while_dialling_escape_and_ctrl_c_cancel_and_nothing_is_sent():
    modes = KeyModes()

    assert action(modes.press("escape", "\x1b")) == "hang_up"
    assert action(modes.press("ctrl+c", "\x03")) == "hang_up"
    assert modes.press("a", "a") == Nothing()


def test_keys_meant_for_a_board_that_has_just_gone_do_nothing():
    modes = typing()
    modes.base = Base.DEAF

    for key in ("q", "d", "r", "alt+x", "ctrl+right_square_bracket"):
        assert modes.press(key, key if len(key) == 1 else None) == Nothing()


def test_afterwards_letters_choose_what_comes_next():
    modes = KeyModes()
    modes.base = Base.ENDED

    assert action(modes.press("r", "r")) == "redial"
    assert action(modes.press("d", "d")) == "directory"
    assert action(modes.press("s", "s")) == "save_log"
    assert action(modes.press("q", "q")) == "leave"
    assert modes.press("enter", "\r") == Nothing()


KEYS = st.sampled_from(
    [
        PREFIX,
        ("ctrl+5", None),
        ("alt+z", None),
        ("escape", "\x1b"),
        ("h", "h"),
        ("s", "s"),
        ("q", "q"),
        ("up", None),
    ]
)


@given(st.lists(KEYS, max_size=12), st.sampled_from(Base))
def test_any_keys_in_any_state_end_in_a_known_command_or_nothing(keys, base):
    modes = KeyModes()
    modes.base = base
    known = [command for commands in COMMANDS.values() for command in commands]

    for key, character in keys:
        intent = modes.press(key, character)
        if isinstance(intent, Run):
            assert intent.command in known
        if isinstance(intent, ToBoard):
            assert base is Base.TYPING


def test_a_question_with_keys_of_its_own_is_answered_by_one_of_them():
    modes = typing()
    for key, answered in (("a", Answered(True, "a")), ("A", Answered(True, "a")), ("x", Answered(False))):
        modes.ask("yan")
        assert modes.press(key, key) == answered
        assert not modes.is_open


def test_a_question_of_one_answer_knows_no_other_keys():
    modes = typing()
    modes.ask("yan")
    modes.ask()

    assert modes.press("a", "a") == Answered(False)
