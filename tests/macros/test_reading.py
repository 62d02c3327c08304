"""Macro files: what is in them, and what is said when something is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.errors import ConfigError
from bbsterm.macros.patterns import OnScreen, Region
from bbsterm.macros.reading import KINDS, check_macro, read_macro
from bbsterm.macros.steps import Choose, Expect, HangUp, If, Late, Pause, Repeat, Send
from bbsterm.macros.templates import Key, Variable

PATH = Path("login.toml")


def read(text):
    return read_macro(text, PATH)


def test_a_login():
    macro = read("""
        title = "Log in"
        timeout = 5
        [[step]]
        expect = "login:"
        send = "{user}<enter>"
        [[step]]
        expect = { regex = "pass(word|phrase)" }
        timeout = 60
        on_timeout = "goto end"
        [[step]]
        label = "end"
        hangup = true
    """)

    first, second, third = macro.steps
    assert (macro.name, macro.title) == ("login", "Log in")
    assert isinstance(first, Expect)
    assert (first.line, first.timeout, first.send) == (4, 5, (Variable("user"), Key("enter")))
    assert isinstance(second, Expect)
    assert (second.timeout, second.late) == (60, Late("goto", "end"))
    assert third == HangUp(11, "end")


def test_the_screen_counts_from_one_and_its_ends_are_inside():
    macro = read("""
        [[step]]
        expect = { screen = "menu", row = 3 }
        [[step]]
        expect = { screen = "menu", region = [1, 1, 2, 40] }
        [[step]]
        expect = { text = "menu", column = 5 }
    """)

    regions = [step.what.region for step in macro.steps]
    assert all(isinstance(step.what, OnScreen) for step in macro.steps)
    assert regions == [Region(2, 0, 3), Region(0, 0, 2, 40), Region(0, 4)]


def test_steps_inside_steps():
    macro = read("""
        [[step]]
        choose = [{ expect = "a", send = "1" }, { expect = "b", steps = [{ pause = 1 }] }]
        [[step]]
        if = { screen = "new" }
        then = [{ send = "n" }]
        else = [{ send = "o" }]
        [[step]]
        repeat = 3
        until = "menu"
        steps = [{ send = "<esc>" }]
    """)

    choose, if_, repeat = macro.steps
    assert isinstance(choose, Choose)
    assert [type(step) for step in choose.branches[1].steps] == [Pause]
    assert isinstance(if_, If)
    assert isinstance(if_.otherwise[0], Send)
    assert isinstance(repeat, Repeat)
    assert (repeat.times, len(repeat.steps)) == (3, 1)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", None, "at least one [[step]]"),
        ("title = ", 1, "not TOML"),
        ("\n\nx", 3, "not TOML"),
        ("titel = 'x'\n[[step]]\npause = 1", 1, "did you mean 'title'"),
        ("[[step]]\nexpekt = 'x'", 2, "did you mean 'expect'"),
        ("[[step]]\nlabel = 'x'", 1, "does nothing"),
        ("[[step]]\npause = 1\nsend = 'x'", 3, "'send' means nothing here"),
        ("[[step]]\npause = -1", 2, "number of seconds"),
        ("[[step]]\npause = true", 2, "number of seconds"),
        ("[[step]]\npause = nan", 2, "number of seconds"),
        ("[[step]]\nsend = '<entr>'", 2, "did you mean <enter>"),
        ("[[step]]\nsend = 7", 2, "what to send is a text"),
        ("[[step]]\nexpect = 7", 2, "a text or a table"),
        ("[[step]]\nexpect = ''", 2, "empty"),
        ("[[step]]\nexpect = {}", 2, "text, regex or screen is missing"),
        ("[[step]]\nexpect = { text = 'a', regex = 'b' }", 2, "one of text, regex and screen"),
        ("[[step]]\nexpect = { regx = 'b' }", 2, "did you mean 'regex'"),
        ("[[step]]\nexpect = { regex = '(' }", 2, "not a regular expression"),
        ("[[step]]\nexpect = { screen = 'a', row = 0 }", 2, "count from 1"),
        ("[[step]]\nexpect = { screen = 'a', region = [2, 1, 1, 1] }", 2, "the end is before the beginning"),
        ("[[step]]\nexpect = 'a'\non_timeout = 'giveup'", 3, '"goto LABEL"'),
        ("[[step]]\nchoose = []", 2, "choose is a list"),
        ("[[step]]\nchoose = [\n{ send = 'x' }]", 3, "each choice has an expect"),
        ("[[step]]\nrepeat = 101\nsteps = [{ pause = 1 }]", 2, "from 1 to 100"),
        ("[[step]]\nrepeat = 2", 1, "repeat needs `steps`"),
        ("[[step]]\nif = 'x'", 1, "`then` or in `else`"),
        ("[[step]]\ncapture = { row = 1 }", 2, "into"),
        ("[[step]]\ncapture = { row = 1, into = 'secret' }", 2, "this name is taken"),
        ("[[step]]\ncapture = { row = 1, into = 'A B' }", 2, "no variable"),
        ("[[step]]\nnotify = '{secret}'", 2, "never shown"),
        ("[[step]]\nhangup = false", 2, "hangup is true"),
        ("step = 3", 1, "a list of steps"),
        ("step = [3]", 1, "a step is a table"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, line, said):
    with pytest.raises(ConfigError) as caught:
        read(text)

    assert caught.value.line == line
    assert said in caught.value.reason
    assert str(caught.value).startswith("login.toml")


def test_everything_that_is_wrong_is_known_at_once():
    macro, problems = check_macro("[[step]]\npaus = 1\n[[step]]\nsend = '<x'\n[[step]]\nexpect = ''", PATH)

    assert macro is None
    assert [problem.line for problem in problems] == [2, 4, 6]


def test_there_is_an_end_to_how_many_steps_there_are():
    with pytest.raises(ConfigError, match="at most 200"):
        read("[[step]]\npause = 1\n" * (limits.MAX_MACRO_STEPS + 1))


def test_there_is_an_end_to_how_deep_steps_stand():
    text = "{ pause = 1 }"
    for _ in range(limits.MAX_MACRO_DEPTH + 1):
        text = f"{{ repeat = 2, steps = [{text}] }}"

    with pytest.raises(ConfigError, match="8 deep"):
        read(f"step = [{text}]")


def test_a_file_that_is_far_too_large_is_not_read():
    with pytest.raises(ConfigError, match="64 KiB"):
        read("#" * (limits.MAX_MACRO_FILE + 1))


WORDS = st.sampled_from([*KINDS, "then", "steps", "timeout", "on_timeout", "label", "x"])
VALUES = st.recursive(
    st.one_of(st.sampled_from(['"a"', "1", "-1", "true", '"<enter>"', '"goto x"', "0.5"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(WORDS, inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        ),
    ),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(WORDS, VALUES, max_size=4), max_size=4))
def test_every_file_is_read_or_complained_about(tables):
    lines = []
    for table in tables:
        lines += ["[[step]]", *(f"{key} = {value}" for key, value in table.items())]

    macro, problems = check_macro("\n".join(lines), PATH)

    assert (macro is None) == bool(problems)
    assert all(problem.line is None or 1 <= problem.line <= len(lines) for problem in problems)
