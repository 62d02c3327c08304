"""On which line a value of a TOML text stands."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.macros.lines import find_lines

TEXT = '''\
title = "x"  # [not] a table
a."b c".d = 1

[[step]]
expect = "a # ] no comment"
choose = [  # of two
  { expect = "x", send = "]" },
  { expect = { regex = 'y}+' } },
]
[[step.steps]]
send = """
[[no]] "" table
"""
[[step]]
if = { screen = "q" }
[[step.then]]
pause = 1
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("a", "b c", "d"), 2),
        (("step", 0), 4),
        (("step", 0, "expect"), 5),
        (("step", 0, "choose", 0, "send"), 7),
        (("step", 0, "choose", 1, "expect", "regex"), 8),
        (("step", 0, "steps", 0, "send"), 11),
        (("step", 1), 14),
        (("step", 1, "if", "screen"), 15),
        (("step", 1, "then", 0, "pause"), 17),
    ],
)
def test_every_value_has_its_line(path, line):
    assert find_lines(TEXT)[path] == line


def test_nothing_is_found_that_is_not_there():
    data = tomllib.loads(TEXT)
    for path in find_lines(TEXT):
        value = data
        for key in path:
            value = value[key]


@given(st.text(alphabet="ab=[]{}\"'#.,\n1 ", max_size=60))
def test_all_toml_has_lines(text):
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = find_lines(text)
    assert {(key,) for key in data} <= lines.keys()
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
