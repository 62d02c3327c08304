from __future__ import annotations

from bbsterm.cli import main


def test_every_place_is_one_line(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))

    assert main(["paths"]) == 0

    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == [
        "settings",
        "entries",
        "versions",
        "state",
        "log",
        "captures",
        "board",
        "downloads",
    ]
    assert rows[0][1] == str(tmp_path / "home" / "config.toml")
    assert list(tmp_path.iterdir()) == []


def test_settings_that_cannot_be_read_are_a_usage_error(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    (tmp_path / "config.toml").write_text("[dial]\ntimeout = 'soon'\n")

    assert main(["paths"]) == 2
    assert "config.toml:2: timeout must be a number, found 'soon'" in capsys.readouterr().err
