from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.mud import mxp_escape, mxp_line, mxp_strip


def test_a_players_text_cannot_become_mark_up():
    assert mxp_escape('<b> & "c"') == "&lt;b&gt; &amp; &quot;c&quot;"


def test_elements_line_modes_and_entities_are_resolved_for_a_reader():
    line = mxp_line('<SEND href="north">North</SEND> &lt;here&gt; &#65; <!-- hint --> 1 < 2', mode=6)

    assert line.startswith("\x1b[6z")
    assert mxp_strip(line) == "North <here> A  1 < 2"


def test_unknown_entities_and_bare_signs_are_text():
    assert mxp_strip("a &unknown; < b > &#0; &#55296; & c") == "a &unknown; < b > &#0; &#55296; & c"


def test_a_line_mode_is_a_small_number():
    with pytest.raises(ValueError, match="0 to 99"):
        mxp_line("x", mode=100)


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])))
def test_escaped_text_reads_as_it_was(text):
    assert mxp_strip(mxp_escape(text)) == text


@given(st.text(alphabet="<>!/a&;#1\"'\x1b[z\n"))
def test_no_text_raises(text):
    mxp_strip(text)


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"])), st.integers(0, 99))
def test_a_line_mode_is_not_seen_by_a_reader(text, mode):
    assert mxp_strip(mxp_line(mxp_escape(text), mode)) == text
