from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.tui import keymap
from bbsterm.tui.actions import COMMANDS, Place
from bbsterm.tui.keymap import Keymap, KeyWish, make_keymap, textual_keymap


@pytest.fixture(autouse=True)
def shipped_keys():
    yield
    keymap.use(Keymap(COMMANDS))


def keys_of(made: Keymap, place: Place, action: str) -> tuple[str, ...]:
    return next(command.keys for command in made.commands[place] if command.action == action)


def reasons(*wishes: KeyWish) -> list[str]:
    return [problem.reason for problem in make_keymap(wishes)[1]]


def test_without_wishes_it_is_the_table():
    made, problems = make_keymap(())

    assert made.commands == COMMANDS
    assert problems == []
    assert textual_keymap(made) == {}


def test_a_wish_gives_a_command_other_keys():
    made, problems = make_keymap([KeyWish("dialer.find", ("ctrl+f", "F3"), 4)])

    assert problems == []
    assert keys_of(made, Place.DIALER, "find") == ("^F", "F3")
    assert textual_keymap(made) == {"dialer.find": "ctrl+f,f3"}


def test_a_command_may_have_no_key_at_all():
    made, problems = make_keymap([KeyWish("dialer.leave", (), 4)])

    assert problems == []
    assert keys_of(made, Place.DIALER, "leave") == ()


def test_a_key_that_is_taken_is_reported_and_the_table_stays():
    made, problems = make_keymap([KeyWish("call.redial", ("h",), 7)])

    assert [problem.reason for problem in problems] == ["'h' already means call.hang_up"]
    assert problems[0].wish.line == 7
    assert made.commands == COMMANDS


def test_two_commands_can_change_places():
    wishes = [KeyWish("call.redial", ("h",), 1), KeyWish("call.hang_up", ("a",), 2)]

    made, problems = make_keymap(wishes)

    assert problems == []
    assert keys_of(made, Place.CALL, "redial") == ("h",)


def test_of_two_lines_that_want_one_key_the_first_gets_it():
    wishes = [KeyWish("call.redial", ("z",), 5), KeyWish("call.hang_up", ("z",), 4)]

    assert reasons(*wishes) == ["'z' already means call.hang_up (line 4)"]


def test_the_nearest_command_is_named():
    assert reasons(KeyWish("call.hangup", ("z",))) == [
        "there is no command 'call.hangup'; did you mean call.hang_up?"
    ]


def test_a_key_that_cannot_be_sent_says_why():
    assert reasons(KeyWish("dialer.find", ("alt+1",))) == [
        "'alt+1' cannot be bound: Alt with a digit types another character on many terminals"
    ]


def test_another_menu_key_is_sent_by_pressing_it_twice():
    made, problems = make_keymap((), "ctrl+a")

    assert problems == []
    assert made.menu_keys == {"ctrl+a"}
    assert made.menu_shown == "^A"
    assert keys_of(made, Place.CALL, "send_prefix") == ("^A",)


@pytest.mark.parametrize("key", ["a", "/", "ctrl+1", "nonsense", ""])
def test_a_menu_key_that_boards_need_or_nobody_has_is_refused(key):
    made, problems = make_keymap((), key)

    assert len(problems) == 1
    assert made.menu_shown == "^]"


IDS = [f"{place.slug}.{command.action}" for place, listed in COMMANDS.items() for command in listed]
KEYS = st.sampled_from(["h", "a", "s", "/", "q", "f1", "ctrl+p", "escape", "up", "z"])


@given(
    st.lists(
        st.builds(KeyWish, st.sampled_from(IDS), st.tuples(KEYS) | st.tuples(KEYS, KEYS), st.integers(1, 99))
    )
)
def test_whatever_is_wished_no_key_means_two_things(wishes):
    made, _ = make_keymap(wishes)

    for listed in made.commands.values():
        keys = [key for command in listed for key in command.keys]
        assert len(keys) == len(set(keys))
