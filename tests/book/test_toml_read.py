from __future__ import annotations

import time

import pytest

from bbsterm.book.toml_read import TomlError, load_toml


def test_toml_is_read():
    assert load_toml('a.b."c.d".e = 1\n[x.y]\nz = "a.b.c"\n') == {
        "a": {"b": {"c.d": {"e": 1}}},
        "x": {"y": {"z": "a.b.c"}},
    }


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a = 1\nb", 2, "expected '=' after a key in a key/value pair"),
        ("a = 1\na = 2", 2, "this key is given twice"),
        ("a = " + "[" * 3000, None, "brackets are nested too deeply"),
        ("a = " + "9" * 5000, None, "a number or a date in it is out of all bounds"),
        ("x = 1\n" + "a." * 100_000 + "b = 1", 2, "a key has too many parts"),
        ("[" + '"a" . ' * 100_000 + "b]", 1, "a key has too many parts"),
        ("a = \x1b", 1, "invalid value"),
    ],
)
def test_what_is_none_is_refused_at_its_line(text, line, reason):
    with pytest.raises(TomlError) as refused:
        load_toml(text)

    assert (refused.value.line, refused.value.reason) == (line, reason)


@pytest.mark.parametrize("text", ["a" * 300_000, "'" * 300_000, '"' * 300_001, "a " * 150_000, "." * 300_000])
def test_the_guard_itself_is_quick(text):
    start = time.process_time()

    with pytest.raises(TomlError):
        load_toml(text)

    assert time.process_time() - start < 5
