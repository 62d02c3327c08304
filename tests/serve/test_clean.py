from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.serve import clean


def test_controls_and_marks_are_left_out():
    assert clean.line("a\x1b[2Jb\x07\u202ec\u0336\u200bd", 40) == "a[2Jbcd"


def test_blanks_are_one_and_none_at_the_ends():
    assert clean.line("  one \t two\u00a0three  ", 40) == "one two three"


def test_accents_that_belong_to_a_letter_stay():
    assert clean.line("e\u0301", 40) == "é"


def test_a_name_needs_a_letter_or_a_digit():
    assert clean.name(" *** ") == "Guest"
    assert clean.name("\x1b[31m") == "[31m"
    assert clean.name("Ann") == "Ann"
    assert len(clean.name("x" * 100)) == limits.MAX_CALLER_NAME


def test_a_log_line_is_one_line_and_short():
    logged = clean.for_log("a\nb\x1b" + "x" * 1000)

    assert logged.startswith("a\\nb\\x1bxxx")
    assert logged.endswith("...")
    assert len(logged) < limits.MAX_LOGGED + 20


@given(st.text(), st.integers(1, 80))
def test_a_clean_line_is_bounded_and_shows_only_characters(text, longest):
    line = clean.line(text, longest)

    assert len(line) <= longest
    assert not any(unicodedata.category(char)[0] == "C" for char in line)
    assert clean.line(line, longest) == line


@given(st.text())
def test_a_log_line_is_printable_ascii(text):
    assert clean.for_log(text).isascii()
    assert clean.for_log(text).isprintable() or not text
