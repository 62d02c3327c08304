from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.config import KeyLine, Settings, find_paths, load_settings, private_folder, read_settings
from bbsterm.errors import BbstermError, ConfigError, UsageError
from bbsterm.limits import MAX_CONFIG_FILE

NO_ENVIRON: dict[str, str] = {}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config.toml"


def test_no_file_means_the_defaults(file):
    assert load_settings(file, NO_ENVIRON) == Settings()


def test_the_file_says_only_what_is_different(file):
    file.write_text('[dial]\ntimeout = 5\n[terminal]\nkind = "vt"\n[files]\ndownloads = "/tmp/bbs"\n')

    settings = load_settings(file, NO_ENVIRON)

    assert settings.dial.timeout == 5
    assert settings.terminal.kind == "vt"
    assert settings.terminal.columns == 80
    assert str(settings.files.downloads) == "/tmp/bbs"


def test_the_environment_has_the_last_word(file):
    file.write_text("[terminal]\ncolumns = 132\n")

    settings = load_settings(file, {"BBSTERM_TERMINAL_COLUMNS": "40", "BBSTERM_DIAL_TIMEOUT": "2.5"})

    assert settings.terminal.columns == 40
    assert settings.dial.timeout == 2.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[dial]\n\ntimeout = 'soon'\n", r":3: timeout must be a number, found 'soon'"),
        ("[dial]\ntimeout = 0\n", r":2: timeout must be 0\.1 to 600, found 0"),
        ("[dial]\ntimeout = true\n", r":2: timeout must be"),
        ("[dial]\nfamily = 5\n", r":2: family must be one of any, 4, 6, found 5"),
        ("[terminal]\ncolumns = 99999\n", r":2: columns must be a whole number"),
        ("[terminal]\nrows = 24.5\n", r":2: rows must be a whole number"),
        ("[terminal]\nrows = []\n", r":2: rows must be"),
        ("[terminal]\nkind = ''\n", r":2: kind must be a name"),
        ("[files]\ndownloads = 1\n", r":2: downloads must be a folder"),
        ("\ndial = 3\n", r":2: \[dial\] must be a table"),
        ("[dial\n", r":1: "),
        ("[dial]\n[dial]\n", r":2: "),
    ],
)
def test_what_cannot_be_meant_is_said_with_its_line(file, text, message):
    file.write_text(text)

    with pytest.raises(ConfigError, match=message):
        load_settings(file, NO_ENVIRON)
    assert file.read_text() == text


def test_a_variable_that_cannot_be_meant_is_named(file):
    with pytest.raises(UsageError, match="BBSTERM_TERMINAL_ROWS must be a whole number"):
        load_settings(file, {"BBSTERM_TERMINAL_ROWS": "0"})


def test_what_is_not_known_is_passed_over_and_logged(file, caplog):
    file.write_text("[dial]\nspeed = 3\n[future]\nx = 1\n")

    assert load_settings(file, NO_ENVIRON) == Settings()
    assert len(caplog.messages) == 2


def test_a_folder_or_binary_or_a_huge_file_is_no_settings_file(file, tmp_path):
    with pytest.raises(ConfigError, match="not a regular file"):
        load_settings(tmp_path, NO_ENVIRON)
    file.write_bytes(b"ok = 1\n\xff\xfe")
    with pytest.raises(ConfigError, match=":2: it is not UTF-8"):
        load_settings(file, NO_ENVIRON)
    file.write_bytes(b"#" * (MAX_CONFIG_FILE + 1))
    with pytest.raises(ConfigError, match="larger than"):
        load_settings(file, NO_ENVIRON)


@given(text=st.text(max_size=80) | st.text('[]dialtermnkids="1.0 \n{},', max_size=60))
def test_any_text_is_settings_or_one_of_our_errors(text, tmp_path_factory):
    file = tmp_path_factory.mktemp("any") / "config.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        settings = load_settings(file, NO_ENVIRON)
    except BbstermError:
        return
    assert isinstance(settings, Settings)


def test_all_files_can_be_put_under_one_folder(tmp_path):
    paths = find_paths({"BBSTERM_HOME": str(tmp_path)})

    assert all(tmp_path in getattr(paths, field.name).parents for field in fields(paths))


def test_asking_for_the_places_makes_nothing(tmp_path):
    find_paths({"BBSTERM_HOME": str(tmp_path / "home")})

    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_ours_is_for_the_user_alone(tmp_path):
    assert private_folder(tmp_path / "a").stat().st_mode & 0o777 == 0o700


def test_one_bad_value_leaves_the_rest(file):
    file.write_text("[dial]\ntimeout = 'soon'\nfamily = '4'\n[app]\nthem = 'amber'\nmotion = false\n")

    loaded = read_settings(file, {"BBSTERM_TERMINAL_ROWS": "40", "BBSTERM_APP_TOASTS": "maybe"})

    assert loaded.settings.dial.family == "4"
    assert loaded.settings.dial.timeout == 10
    assert loaded.settings.app.motion is False
    assert {str(problem).partition(": ")[0] for problem in loaded.problems} == {
        f"{file}:2",
        "BBSTERM_APP_TOASTS must be true or false, found 'maybe'",
    }
    assert [str(warning) for warning in loaded.warnings] == [
        f"{file}:5: app.them is not known; did you mean theme?"
    ]


def test_every_value_says_where_it_comes_from(file):
    file.write_text("[dial]\n\nfamily = '4'\n")

    loaded = read_settings(file, {"BBSTERM_TERMINAL_ROWS": "40"})

    assert str(loaded.origin("dial.family")) == "config.toml:3"
    assert str(loaded.origin("terminal.rows")) == "BBSTERM_TERMINAL_ROWS"
    assert str(loaded.origin("dial.timeout")) == "default"


def test_keys_are_read_with_their_lines(file):
    file.write_text("[keys]\ncall.redial = 'z'\n'dialer.find' = ['/', 'f3']\ndialer.leave = ''\n")

    assert set(read_settings(file, NO_ENVIRON).keys) == {
        KeyLine("call.redial", ("z",), 2),
        KeyLine("dialer.find", ("/", "f3"), 3),
        KeyLine("dialer.leave", (), 4),
    }


def test_a_key_that_is_no_text_is_reported(file):
    file.write_text("[keys]\ncall.redial = 3\n")

    assert "call.redial must be a key" in str(read_settings(file, NO_ENVIRON).problems[0])


def test_a_key_of_a_thousand_parts_is_refused_at_once(file):
    file.write_text("a." * 5000 + "b = 1\n")

    assert "too many parts" in str(read_settings(file, NO_ENVIRON).problems[0])
