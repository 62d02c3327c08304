"""Learning by watching; and what must never be learnt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.macros.learn import Learner
from bbsterm.macros.player import Player, Typed
from bbsterm.macros.program import compile_macro
from bbsterm.macros.reading import read_macro
from bbsterm.macros.templates import Key, Variable, Words
from bbsterm.macros.watch import View
from bbsterm.macros.writing import macro_text
from bbsterm.secret import Secret


def type_in(learner, text, *, echo=True, star=""):
    for char in text:
        learner.key(char, char)
        learner.hear(star or (char if echo else ""))
    learner.key("enter", None)


def sent(learner):
    return [
        (getattr(step, "what", None) and step.what.shown, _send(step))
        for step in learner.macro("m", "M").steps
    ]


def _send(step):
    return step.send if hasattr(step, "send") else step.parts


def test_a_login_is_learnt():
    learner = Learner(user="ann")
    learner.hear("Welcome!\nLogin: ")
    type_in(learner, "Ann")
    learner.hear("\nPassword: ")
    type_in(learner, "xyzzy", echo=False)
    learner.hear("\n\nMain menu\nCommand: ")
    type_in(learner, "m")
    learner.hear("\nMessages")

    assert sent(learner) == [
        ("Login:", (Variable("user"), Key("enter"))),
        ("Password:", (Variable("secret"), Key("enter"))),
        ("Command:", (Words("m"), Key("enter"))),
    ]
    assert learner.secret == Secret("xyzzy")


@pytest.mark.parametrize("star", ["*", ".", "x", ""])
def test_what_the_board_does_not_show_is_a_secret(star):
    learner = Learner()
    learner.hear("Pin, please: ")
    type_in(learner, "4711", echo=False, star=star)
    learner.hear("\nok")

    assert sent(learner) == [("Pin, please:", (Variable("secret"), Key("enter")))]


def test_a_password_is_a_secret_even_where_it_is_shown():
    learner = Learner()
    learner.hear("PASSWORD: ")
    type_in(learner, "xyzzy")

    assert "xyzzy" not in macro_text(learner.macro("m", "M"))


def test_what_we_show_ourselves_is_no_secret():
    learner = Learner()
    learner.hear("name? ")
    for char in "bob":
        learner.key(char, char, shown=True)
    learner.key("enter", None, shown=True)

    assert sent(learner) == [("name?", (Words("bob"), Key("enter")))]


def test_typing_ahead_gives_nothing_away():
    learner = Learner(user="ann")
    learner.hear("Login: ")
    for line in ("ann", "xyzzy"):
        for char in line:
            learner.key(char, char)
        learner.key("enter", None)

    assert "xyzzy" not in macro_text(learner.macro("m", "M"))


def test_a_mistake_that_was_corrected_is_not_learnt():
    learner = Learner()
    learner.hear("Name: ")
    for char, echo in (("b", "b"), ("o", "o"), ("p", "p"), ("", " "), ("b", "b")):
        learner.key(char or "backspace", char or None)
        learner.hear(echo)
    learner.key("enter", None)
    learner.hear("\nHi")

    assert sent(learner) == [("Name:", (Words("bob"), Key("enter")))]


def test_hot_keys_are_steps_of_their_own():
    learner = Learner()
    learner.hear("Press any key")
    learner.key("space", " ")
    learner.hear("\nMain: ")
    learner.key("m", "m")
    learner.hear("m\nMessages: ")
    learner.key("f1", None)

    assert sent(learner) == [
        ("Press any key", (Words(" "),)),
        ("Main:", (Words("m"),)),
        ("Messages:", (Key("f1"),)),
    ]


def test_a_long_prompt_is_cut_at_a_word():
    learner = Learner()
    learner.hear("Please be so kind as to tell us what your name may be: ")
    type_in(learner, "bob")

    assert sent(learner)[0][0] == "so kind as to tell us what your name may be:"[-39:].partition(" ")[2]


def test_what_was_learnt_can_be_replayed():
    board = [("Login: ", "ann"), ("\nPassword: ", "xyzzy"), ("\nGo: ", "m")]
    learner = Learner()
    for prompt, answer in board:
        learner.hear(prompt)
        type_in(learner, answer, echo=answer != "xyzzy")
    program = compile_macro(read_macro(macro_text(learner.macro("m", "M")), Path("m.toml")))

    player = Player(program, {}, now=0)
    actions = player.begin(now=0)
    for prompt, _ in board:
        player.feed(prompt, now=0)
        actions += player.look(View((prompt,)), now=0) + player.resume(now=0)

    assert [action.parts[0] for action in actions if isinstance(action, Typed)] == [
        Words("ann"),
        Variable("secret"),
        Words("m"),
    ]


def test_nothing_typed_is_nothing_learnt():
    learner = Learner()
    learner.hear("Hello")

    assert learner.macro("m", "M").steps == ()


EVENTS = st.lists(
    st.one_of(
        st.sampled_from(["\nName: ", "\nPassword: ", "***", "x", "\nWelcome"]).map(
            lambda text: ("hear", text)
        ),
        st.sampled_from("xyz").map(lambda char: ("key", char)),
        st.sampled_from(["enter", "backspace", "f1", "ctrl+c", "left_shift", "\x19"]).map(
            lambda key: ("press", key)
        ),
    ),
    max_size=30,
)


@given(EVENTS)
def test_whatever_happens_it_can_be_written_and_read(events):
    learner = Learner()
    for what, value in events:
        if what == "hear":
            learner.hear(value)
        else:
            learner.key(value, value if what == "key" else None)

    macro = learner.macro("m", "M")

    if macro.steps:
        assert len(read_macro(macro_text(macro), Path("m.toml")).steps) == len(macro.steps)
