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
        "fingerprints",
        "downloads",
    ]
    assert rows[0][1] == str(tmp_path / "home" / "config.toml")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_setting_is_said_and_the_places_are_said_too(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    (tmp_path / "config.toml").write_text("[dial]\ntimeout = 'soon'\n[files]\ncaptures = '/shots'\n")

    assert main(["paths"]) == 0
    said = capsys.readouterr()
    assert "config.toml:2: timeout must be a number, found 'soon'" in said.err
    assert "captures  \t/shots\n" in said.out
