"""What is written is read again as the same."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.macros.patterns import OnScreen, Region, literal, regular
from bbsterm.macros.reading import read_macro
from bbsterm.macros.steps import (
    FAIL,
    SKIP,
    Branch,
    Capture,
    Choose,
    Expect,
    Goto,
    HangUp,
    If,
    Late,
    Macro,
    Notify,
    Pause,
    Repeat,
    Run,
    Send,
)
from bbsterm.macros.templates import Key, Variable, Words
from bbsterm.macros.writing import macro_text


def without_lines(value):
    if isinstance(value, tuple):
        return tuple(map(without_lines, value))
    if is_dataclass(value):
        changes = {field.name: without_lines(getattr(value, field.name)) for field in fields(value)}
        return replace(value, **(changes | ({"line": 0} if "line" in changes else {})))
    return value


PLACES = st.sampled_from([Region(), Region(2, 0, 3), Region(0, 4), Region(1, 2, 2), Region(0, 0, 5, 40)])
WORDS = st.text(alphabet="ab \"\\'#[]{}=ü\x7f", min_size=1, max_size=8).filter(
    lambda text: text.strip() == text
)
PATTERNS = st.one_of(
    st.builds(literal, WORDS, case=st.booleans()),
    st.sampled_from([regular(r"name\s*[:>]$"), regular("it's", case=True), regular(r"'\d'")]),
)
TARGETS = st.one_of(PATTERNS, st.builds(OnScreen, PATTERNS, PLACES))
PARTS = st.sampled_from([(Words('a"{'),), (Variable("user"), Key("enter")), (Words("<'"), Key("f1"))])
LATE = st.sampled_from([FAIL, SKIP, Late("goto", "top")])
SECONDS = st.sampled_from([1.0, 0.5, 20.0, 3600.0])
LABELS = st.sampled_from(["", "top", 'a "b"'])
SIMPLE = st.one_of(
    st.builds(Expect, st.just(0), LABELS, TARGETS, SECONDS, LATE, st.one_of(st.just(()), PARTS)),
    st.builds(Send, st.just(0), LABELS, PARTS),
    st.builds(Pause, st.just(0), LABELS, SECONDS),
    st.builds(Capture, st.just(0), LABELS, PLACES, st.just("node")),
    st.builds(Run, st.just(0), LABELS, st.just("other")),
    st.builds(Notify, st.just(0), LABELS, PARTS),
    st.builds(HangUp, st.just(0), LABELS),
    st.builds(Goto, st.just(0), LABELS, st.just("top")),
)


def nested(inner):
    steps = st.lists(inner, min_size=1, max_size=2).map(tuple)
    branch = st.builds(Branch, st.just(0), TARGETS, PARTS, steps, st.sampled_from(["", "top"]))
    return st.one_of(
        st.builds(
            Choose, st.just(0), LABELS, st.lists(branch, min_size=1, max_size=2).map(tuple), SECONDS, LATE
        ),
        st.builds(If, st.just(0), LABELS, TARGETS, steps, steps),
        st.builds(Repeat, st.just(0), LABELS, st.integers(1, 100), st.one_of(st.none(), TARGETS), steps),
    )


STEPS = st.recursive(SIMPLE, nested, max_leaves=4)


@given(st.lists(STEPS, min_size=1, max_size=4).map(tuple), WORDS)
def test_what_is_written_is_read_again(steps, title):
    macro = Macro("m", title, steps, "m.toml")

    again = read_macro(macro_text(macro), Path("m.toml"))

    assert again.title == title
    assert without_lines(again.steps) == without_lines(steps)


def test_it_reads_well():
    steps = (
        Expect(0, "", literal("login:"), 20.0, FAIL, (Variable("user"), Key("enter")), 0.5),
        Choose(0, "", (Branch(0, regular(r"pass\w+:"), (Variable("secret"),), (), ""),), 60.0, SKIP),
    )

    assert macro_text(Macro("m", "Log in", steps)) == (
        'title = "Log in"\n'
        "\n"
        "[[step]]\n"
        'expect = "login:"\n'
        'send = "{user}<enter>"\n'
        "quiet = 0.5\n"
        "\n"
        "[[step]]\n"
        "choose = [\n"
        "  { expect = { regex = 'pass\\w+:' }, send = \"{secret}\" },\n"
        "]\n"
        "timeout = 60\n"
        'on_timeout = "skip"\n'
    )
