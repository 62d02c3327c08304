from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bbsterm.errors import ConfigError
from bbsterm.limits import MAX_THEMES
from bbsterm.tui.user_themes import read_theme, read_themes


def test_a_file_is_a_theme_of_its_name(tmp_path):
    (tmp_path / "my night.toml").write_text('primary = "#123456"\nbackground = "black"\ndark = true\n')

    themes, problems = read_themes(tmp_path)

    assert problems == []
    assert [(theme.name, theme.primary, theme.dark) for theme in themes] == [("my night", "#123456", True)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must have a primary"),
        ("primary = 3", ":1: primary must be a colour"),
        ('primary = "reddish"', ":1: primary must be a colour"),
        ('primary = "$accent"', ":1: primary must be a colour"),
        ('primary = "red"\n\nbackgruond = "red"', ":3: backgruond is not known; did you mean background?"),
        ('primary = "red"\ndark = "yes"', ":2: dark must be true or false"),
        ("primary = ", ":1: "),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path, text, reason):
    path = tmp_path / "bad.toml"
    path.write_text(text)

    with pytest.raises(ConfigError) as caught:
        read_theme(path)
    assert reason in str(caught.value)
    assert str(path) in str(caught.value)


def test_one_bad_theme_leaves_the_others(tmp_path):
    (tmp_path / "a.toml").write_text("x")
    (tmp_path / "b.toml").write_text('primary = "red"')

    themes, problems = read_themes(tmp_path)

    assert [theme.name for theme in themes] == ["b"]
    assert len(problems) == 1


def test_there_is_a_bound(tmp_path):
    for number in range(MAX_THEMES + 3):
        (tmp_path / f"{number}.toml").write_text('primary = "red"')

    assert len(read_themes(tmp_path)[0]) == MAX_THEMES
    assert read_themes(tmp_path / "none") == ([], [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('primaydk= "#f0\n[]', max_size=40))
def test_any_text_is_a_theme_or_one_of_our_errors(tmp_path, text):
    path = tmp_path / "any.toml"
    path.write_text(text)
    try:
        theme = read_theme(path)
    except ConfigError:
        return
    assert theme.primary
