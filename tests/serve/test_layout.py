from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.serve.layout import counted, wrap_markup
from bbsterm.serve.lineedit import cells
from bbsterm.serve.markup import escape, parse, strip


def test_a_notice_keeps_its_colours_over_its_lines():
    lines = wrap_markup("|13Ann pages you|08: |15one two three", 16)

    assert [strip(line) for line in lines] == ["Ann pages you: ", "one two three"]
    assert parse(lines[1])[0].style.foreground == 15


@given(st.text(alphabet="ab |0漢", max_size=80), st.integers(min_value=4, max_value=30))
def test_no_line_is_too_long_and_no_word_is_lost(text, columns):
    lines = wrap_markup(f"|14{escape(text)}", columns)

    assert all(cells(strip(line).rstrip()) <= columns for line in lines)
    assert "".join("".join(map(strip, lines)).split()) == "".join(text.split())


def test_counted():
    assert [counted(number, "thread") for number in (0, 1, 2)] == ["0 threads", "1 thread", "2 threads"]
