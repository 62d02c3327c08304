from __future__ import annotations

import json

import pytest

from bbsterm.cli import main
from bbsterm.config import SETTINGS


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    return tmp_path


def test_no_file_is_well(capsys):
    assert main(["config", "validate"]) == 0
    assert "the defaults hold" in capsys.readouterr().out


def test_everything_wrong_is_said_with_file_line_and_the_nearest_word(home, capsys):
    file = home / "config.toml"
    file.write_text(
        "[dial]\ntimout = 3\nfamily = '5'\n[terminal]\nkind = 'anssi'\n[app]\ntheme = 'ambre'\n"
        "[keys]\ncall.redial = 'h'\ndialer.fnd = 'x'\ndialer.find = 'alt+1'\n[filez]\n"
    )
    (home / "themes").mkdir()
    (home / "themes" / "mine.toml").write_text('primary = "#ff0000"\nacent = "red"\n')

    assert main(["config", "validate"]) == 2

    said = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[2] for line in said] == [
        f"{file}:2: dial.timout is not known; did you mean timeout?",
        f"{file}:3: family must be one of any, 4, 6, found '5'",
        f"{file}:5: there is no terminal 'anssi'; did you mean ansi?",
        f"{file}:7: there is no theme 'ambre'; did you mean amber?",
        f"{file}:9: call.redial: 'h' already means call.hang_up",
        f"{file}:10: dialer.fnd: there is no command 'dialer.fnd'; did you mean dialer.find?",
        f"{file}:11: dialer.find: 'alt+1' cannot be bound: "
        "Alt with a digit types another character on many terminals",
        f"{file}:12: [filez] is not known; did you mean files?",
        f"{home}/themes/mine.toml:2: acent is not known; did you mean accent?",
    ]


def test_a_file_that_is_no_toml_is_said_with_its_line(home, capsys):
    (home / "config.toml").write_text("[dial]\ntimeout = \n")

    assert main(["config", "validate"]) == 2
    assert f"{home}/config.toml:2: " in capsys.readouterr().err


def test_another_file_can_be_named(tmp_path, capsys):
    file = tmp_path / "other.toml"
    file.write_text("[dial]\ntimeout = 3\n")

    assert main(["config", "validate", str(file)]) == 0
    assert main(["config", "validate", str(tmp_path / "none.toml")]) == 2


def test_show_says_every_value_and_its_origin(home, capsys, monkeypatch):
    (home / "config.toml").write_text("[dial]\n\ntimeout = 3\n")
    monkeypatch.setenv("BBSTERM_APP_MOTION", "off")

    assert main(["config", "show"]) == 0

    lines = {line.split()[0]: line.split()[1:] for line in capsys.readouterr().out.splitlines()}
    assert set(lines) == {setting.name for setting in SETTINGS}
    assert lines["dial.timeout"] == ["3", "config.toml:3"]
    assert lines["app.motion"] == ["false", "BBSTERM_APP_MOTION"]
    assert lines["terminal.rows"] == ["25", "default"]


def test_show_as_json(home, capsys):
    (home / "config.toml").write_text("[keys]\ndialer.find = 'F3'\n")

    assert main(["config", "show", "--json"]) == 0

    shown = json.loads(capsys.readouterr().out)
    assert shown["settings"]["dial.timeout"] == {"value": 10.0, "origin": "default", "where": ""}
    assert shown["keys"] == {"dialer.find": {"keys": ["F3"], "line": 2}}


def test_the_schema_is_json(capsys):
    assert main(["config", "schema"]) == 0
    assert json.loads(capsys.readouterr().out)["properties"]["dial"]["type"] == "object"


def test_paths_are_those_of_paths(capsys):
    assert main(["config", "paths"]) == 0
    shown = capsys.readouterr().out
    assert main(["paths"]) == 0
    assert capsys.readouterr().out == shown
