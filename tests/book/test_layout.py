from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book.layout import key_line, split

TRICKY = '''\
# top
schema = 1
odd = [
 [1],
[2], # x
]

# about a
# and more
[[entry]]
name = "a"
notes = """
[[entry]]
# no comment"""
[[entry]] # two
name = 'b'
tags = [
  "x", # why
  "[[entry]]",
]
[entry.sub]
x = {a=[1]}

# c
[["entry"]]
name="c"
[other]
k = \'\'\'
[[entry]]
\'\'\'
'''


def test_pieces_begin_at_headers_and_at_the_comments_above_them():
    pieces = split(TRICKY, entries=3)

    assert [(piece.line, piece.is_entry) for piece in pieces] == [
        (1, False),
        (8, True),
        (15, True),
        (24, True),
        (27, False),
    ]
    assert pieces[1].text.startswith("# about a\n# and more\n[[entry]]\n")
    assert pieces[2].text.endswith("x = {a=[1]}\n\n")
    assert "".join(piece.text for piece in pieces) == TRICKY


@pytest.mark.parametrize(
    ("piece", "key", "line"), [(1, "name", 11), (1, "notes", 12), (2, "tags", 17), (3, "q", 25)]
)
def test_a_key_is_found_in_its_line_or_else_its_header(piece, key, line):
    assert key_line(split(TRICKY, entries=3)[piece], key) == line


_VALUES = st.sampled_from(
    [
        '"x"',
        "'[[entry]]'",
        "1",
        '["[a]", [1]]',
        '"""\n[[entry]]\n# x"""',
        "'''\n[x]\n'''",
        "{a = [1]}",
        '"\\"["',
    ]
)
_LINES = st.one_of(
    st.just("[[entry]]\n"),
    st.just("[[ entry ]] # x\n"),
    st.just('[["entry"]]\n'),
    st.just("# [[entry]]\n"),
    st.just("\n"),
    st.tuples(st.integers(0, 10**9), _VALUES).map(lambda pair: f"k{pair[0]} = {pair[1]}\n"),
    st.integers(0, 10**9).map(lambda number: f"[t{number}]\n"),
)


@given(st.lists(_LINES, max_size=12).map("".join))
def test_pieces_join_to_the_file_and_each_entry_is_good_toml_by_itself(text):
    try:
        entries = tomllib.loads(text).get("entry", [])
    except tomllib.TOMLDecodeError:
        return

    pieces = split(text, len(entries))

    assert "".join(piece.text for piece in pieces) == text
    assert [tomllib.loads(piece.text)["entry"][0] for piece in pieces if piece.is_entry] == entries
