from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.config.lines import line_numbers


def test_keys_and_tables_have_their_lines():
    text = '# a\n[dial]\ntimeout = 1\n\n[keys]\ncall.redial = "z"\n"dialer.find" = "x"\n'

    assert line_numbers(text) == {
        ("dial",): 2,
        ("dial", "timeout"): 3,
        ("keys",): 5,
        ("keys", "call"): 6,
        ("keys", "call", "redial"): 6,
        ("keys", "dialer.find"): 7,
    }


def test_what_looks_like_a_key_in_a_long_text_is_none():
    text = 'a = """\n[dial]\nb = 1\n"""\nc = 2\n'

    assert line_numbers(text) == {("a",): 1, ("c",): 5}


@given(st.text("[]\"'=.a \n#", max_size=60))
def test_every_line_that_is_named_is_there(text):
    assert all(1 <= line <= text.count("\n") + 1 for line in line_numbers(text).values())
