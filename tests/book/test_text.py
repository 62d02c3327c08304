from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book.text import fold, fold_name, is_plain, one_line, visible


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J", "^[[2J"),
        ("a\x00b\x7f", "a^@b^?"),
        ("\x9b31m", "<U+009B>31m"),
        ("evil\u202egpj", "evil<U+202E>gpj"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("no\u00a0break", "no break"),
        ("line\u2028end", "line<U+2028>end"),
        ("\ufeffmark", "<U+FEFF>mark"),
    ],
)
def test_what_nobody_should_see_raw_is_made_visible(hostile, shown):
    assert visible(hostile) == shown


@given(st.text())
def test_visible_text_is_plain_and_stays_as_it_is(text):
    shown = visible(text)

    assert is_plain(shown)
    assert visible(shown) == shown


def test_a_line_from_elsewhere_is_cut_and_has_single_blanks():
    assert one_line("  a\n\tb  \x07c ", 80) == "a b ^Gc"
    assert one_line("x" * 100, 10) == "x" * 9 + "…"


def test_folding_forgets_case_and_accents():
    assert fold("Café STRAẞE") == "cafe strasse"
    assert fold("Xibalba") == "xibalba"


def test_names_are_compared_without_the_decoration_that_lists_add():
    assert fold_name("The Cave BBS") == fold_name("CAVE") == "cave"
    assert fold_name("BBS") == "bbs"
