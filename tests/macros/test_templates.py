"""What a step sends, as it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm import limits
from bbsterm.macros.templates import (
    KEYS,
    Key,
    Raw,
    TemplateError,
    Variable,
    Words,
    as_written,
    parse_template,
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("{user}<enter>", (Variable("user"), Key("enter"))),
        ("<f1><UP><Esc>", (Key("f1"), Key("up"), Key("escape"))),
        ("<0x1b><0xFF>", (Raw(0x1B), Raw(0xFF))),
        ("a{{b}}<<c>", (Words("a{b}<c>"),)),
        ("one\ntwo\r\n", (Words("one"), Key("enter"), Words("two"), Key("enter"))),
        ("<ctrl+c>", (Key("ctrl+c"),)),
        ("<ctrl+]>", (Key("ctrl+right_square_bracket"),)),
        ("größe", (Words("größe"),)),
    ],
)
def test_words_keys_bytes_and_variables(text, parts):
    assert parse_template(text) == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<entr>", "did you mean <enter>"),
        ("<hello>", "write <<"),
        ("{User}", "no variable"),
        ("{}", "no variable"),
        ("a { b", "stands alone"),
        ("a } b", "stands alone"),
        ("a < b", "stands alone"),
        ("<0x1>", "no key"),
        ("x" * (limits.MAX_MACRO_SEND + 1), "too many"),
    ],
)
def test_what_means_nothing_is_refused(text, said):
    with pytest.raises(TemplateError, match=said):
        parse_template(text)


def test_every_key_can_be_written():
    for name in KEYS:
        assert parse_template(f"<{name}>") == (Key(KEYS[name]),)


PARTS = st.lists(
    st.one_of(
        st.text(alphabet="ab{}<> ü", min_size=1).map(Words),
        st.sampled_from(sorted(set(KEYS.values()))).map(Key),
        st.integers(0, 255).map(Raw),
        st.just(Variable("user")),
    ),
    max_size=8,
)


@given(PARTS)
def test_what_is_written_is_read_again(parts):
    merged = []
    for part in parts:
        if isinstance(part, Words) and merged and isinstance(merged[-1], Words):
            merged[-1] = Words(merged[-1].text + part.text)
        else:
            merged.append(part)

    assert list(parse_template(as_written(tuple(parts)))) == merged


@given(st.text(max_size=40))
def test_every_text_is_read_or_refused(text):
    try:
        parts = parse_template(text)
    except TemplateError:
        return
    assert parse_template(as_written(parts)) == parts
