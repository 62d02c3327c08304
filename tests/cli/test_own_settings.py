from __future__ import annotations

from bbsterm.cli.own_settings import own_settings


def test_the_rest_holds_and_what_is_wrong_is_said(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path))
    (tmp_path / "config.toml").write_text(
        "[dial]\ntimeout = 'soon'\nredial = 3\n[terminal]\nkind = 'nonsense'\nencoding = 'base64'\n"
    )

    settings = own_settings()

    assert (settings.dial.timeout, settings.dial.redial) == (10, 3)
    assert (settings.terminal.kind, settings.terminal.encoding) == ("ansi", None)
    assert f"{tmp_path}/config.toml:2: timeout must be a number" in capsys.readouterr().err
