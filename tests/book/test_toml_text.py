from __future__ import annotations

import tomllib
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bbsterm.book.entry import Entry
from bbsterm.book.toml_text import block_text, toml_key, toml_value

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_SCALARS = st.booleans() | st.integers(-(2**63), 2**63 - 1) | _TEXT | st.floats(allow_nan=False)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)


@given(_TEXT, _VALUES)
def test_any_value_is_read_back_as_it_was_written(key, value):
    # TOML knows one kind of line end, and so do we.
    text = f"{toml_key(key)} = {toml_value(value)}\n"

    assert tomllib.loads(text) == {key: value}


def test_an_entry_is_written_with_who_and_where_first():
    entry = Entry(
        'Xi "x"', "a.org", 44510, id="12ab34cd", tags=("ftn", "mud"), added=1769860800, notes="a\n\\b"
    )

    assert block_text(entry) == (
        "[[entry]]\n"
        'id = "12ab34cd"\n'
        'name = "Xi \\"x\\""\n'
        'host = "a.org"\n'
        "port = 44510\n"
        'tags = ["ftn", "mud"]\n'
        'notes = """\na\n\\\\b"""\n'
        "added = 2026-01-31T12:00:00Z\n\n"
    )


def test_hostile_texts_are_escaped_in_the_file():
    assert toml_value("\x1b[2J\u202e\x00") == '"\\u001B[2J\\u202E\\u0000"'
    assert toml_value(datetime(2026, 1, 31, 12, tzinfo=UTC)) == "2026-01-31T12:00:00Z"
