from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.serve.markup import PLAIN, Run, Style, escape, parse, strip


def test_pipe_codes_choose_colours():
    assert parse("a|12b|17c|16d") == (
        Run("a", PLAIN),
        Run("b", Style(12, 0)),
        Run("c", Style(12, 1)),
        Run("d", Style(12, 0)),
    )


def test_a_doubled_pipe_is_one_and_other_pipes_are_text():
    assert strip("a||b|x|99|1") == "a|b|x|99|1"


def test_a_code_at_the_end_colours_what_is_typed_next():
    assert parse("> |15") == (Run("> ", PLAIN), Run("", Style(15, 0)))


def test_a_code_that_changes_nothing_makes_no_run():
    assert parse("a|07b") == (Run("ab", PLAIN),)


@given(st.text())
def test_escaped_text_means_itself(text):
    assert strip(escape(text)) == text
    assert {run.style for run in parse(escape(text))} <= {PLAIN}


@given(st.text(alphabet="|0123456789ab"))
def test_no_markup_raises_and_colours_stay_in_their_bounds(markup):
    for run in parse(markup):
        assert 0 <= run.style.foreground <= 15
        assert 0 <= run.style.background <= 7
