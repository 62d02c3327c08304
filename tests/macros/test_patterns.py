"""What may be waited for, and that nothing of it can be slow."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.macros.patterns import WINDOW, OnScreen, PatternError, Region, literal, regular


@pytest.mark.parametrize("text", ["Login:", "LOGIN:", "  login:"])
def test_case_does_not_count(text):
    assert literal("login:").find(text)


def test_case_counts_when_told():
    assert literal("Login", case=True).find("login") is None


def test_a_blank_is_any_number_of_blanks_and_the_end_of_a_line():
    assert literal("your name").find("What is your \n   name?")


def test_dots_are_dots():
    assert literal("a.b").find("axb") is None


@pytest.mark.parametrize(
    "expression",
    [r"name|alias", r"^\d+ calls?$", r"[]\]*+]x", r"[^]a]+b", r"a{3}", r"(?:ab){2}", r"(?P<x>a)+b"],
)
def test_expressions_that_are_harmless(expression):
    assert regular(expression).matcher.pattern == expression


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("(a+)+b", "inside a repeat"),
        ("(?:(a*)b)*c", "inside a repeat"),
        ("(a{20,})+b", "inside a repeat"),
        (r"(a)\1", "back reference"),
        ("(?P<x>a)(?P=x)", "back references"),
        ("a(?=b)", "look-around"),
        ("(?<!a)b", "look-around"),
        (".*a.*b.*c.*d", "too many repeats"),
        ("(a|ab|b)*c", "several ways"),
        ("(?:a|aa)+b", "several ways"),
        ("(a?){16}b", "choices in repeats"),
        ("(?:(?:a{1,16}){1,16}){1,16}b", "choices in repeats"),
        ("a?" * 30 + "b", "choices in repeats"),
        ("[ab]{0,16}[ab]{0,16}[ab]{0,16}[ab]{0,16}c", "choices in repeats"),
        ("(?:.{0,16}.{0,16}){2}c", "choices in repeats"),
        ("(", "not a regular expression"),
        ("a{99999999999}", "not a regular expression"),
        ("a*", "everywhere"),
        ("", "empty"),
        ("x" * (limits.MAX_MACRO_PATTERN + 1), "too many"),
    ],
)
def test_expressions_that_are_refused(expression, reason):
    with pytest.raises(PatternError, match=re.escape(reason)):
        regular(expression)


def test_no_words_are_nothing_to_wait_for():
    with pytest.raises(PatternError):
        literal("  ")


@pytest.mark.parametrize(
    ("expression", "repeats"),
    [("a", 0), ("a+", 1), ("a+.*b", 2), (r"\d+\s*x[+*]*y", 3), ("a{17}", 0), ("a{0,99}b", 1)],
)
def test_the_more_repeats_the_less_is_looked_at(expression, repeats):
    assert regular(expression).window == WINDOW[repeats]


@given(st.text(alphabet="ab(){}[]|*+?\\^$.,12:=!<>P", max_size=20))
def test_every_expression_is_taken_or_refused(expression):
    try:
        pattern = regular(expression)
    except PatternError:
        return
    pattern.find("a" * 5000)


@pytest.mark.parametrize(
    ("region", "found"),
    [
        (Region(), "menu"),
        (Region(1, 0, 2), "menu"),
        (Region(0, 0, 1), None),
        (Region(1, 5), "menu"),
        (Region(1, 6), None),
        (Region(9, 9), None),
    ],
)
def test_a_part_of_the_screen(region, found):
    assert OnScreen(literal("menu"), region).holds(("", "main menu", "")) == found
