"""`bbsterm serve --init`, `--sysop`, `--board`, `--bus`: what a sysop types before anybody calls."""

from __future__ import annotations

import io

import pytest

from bbsterm.cli import main
from bbsterm.cli.base import ExitCode
from bbsterm.serve.store.database import Database
from bbsterm.serve.store.users import Users


def test_init_writes_a_board_that_can_be_run_and_never_over_another(tmp_path, capsys):
    folder = tmp_path / "attic"

    assert main(["serve", "--init", str(folder)]) == ExitCode.OK

    assert f"bbsterm serve --board {folder}" in capsys.readouterr().out
    assert {path.name for path in folder.iterdir()} == {
        "README.md",
        "art",
        "board.toml",
        "files",
        "menus",
        "texts.toml",
    }
    assert main(["serve", "--init", str(folder)]) != ExitCode.OK
    assert "is not empty, and nothing was changed" in capsys.readouterr().err


def test_a_mistake_in_the_files_is_told_before_the_port_is_taken(tmp_path, capsys):
    main(["serve", "--init", str(tmp_path / "attic")])
    menu = tmp_path / "attic" / "menus" / "main.toml"
    menu.write_text(menu.read_text().replace('go = "speed"', 'go = "sped"'))

    assert main(["serve", "--board", str(tmp_path / "attic"), "--workers", "2"]) != ExitCode.OK

    said = capsys.readouterr().err
    assert "menus/main.toml:" in said.replace("\\", "/")
    assert "did you mean 'speed'?" in said


def test_a_board_that_is_not_there_says_how_to_make_one(tmp_path, capsys):
    assert main(["serve", "--board", str(tmp_path / "nowhere")]) != ExitCode.OK

    assert "there is no such folder" in (said := capsys.readouterr().err)
    assert "--init" in said


@pytest.mark.parametrize("url", ["http://host", "host:4222", "nats://"])
def test_a_bus_that_is_none_is_refused(url, capsys):
    pytest.importorskip("nats")
    assert main(["serve", "--bus", url]) != ExitCode.OK

    assert "--bus takes nats://HOST:PORT" in capsys.readouterr().err


def test_a_sysop_is_made_with_a_password_from_stdin_or_promoted(tmp_path, capsys, monkeypatch):
    data = ["--data-dir", str(tmp_path / "data")]
    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))

    assert main(["serve", *data, "--sysop", "Sue Lee"]) == ExitCode.OK
    assert "Sue Lee has an account now, and is a sysop" in capsys.readouterr().out
    assert main(["serve", *data, "--sysop", "sue lee"]) == ExitCode.OK
    assert "Sue Lee is a sysop now" in capsys.readouterr().out


async def test_the_sysop_can_log_in(tmp_path, monkeypatch):
    import asyncio

    monkeypatch.setattr("sys.stdin", io.StringIO("secret\n"))
    await asyncio.to_thread(main, ["serve", "--data-dir", str(tmp_path), "--sysop", "Sue"])
    database = Database(tmp_path / "board.sqlite3")
    await database.open()
    users = Users(database)

    assert (await users.check("sue", "secret")).sysop

    users.close()
    await database.close()


@pytest.mark.parametrize(
    ("name", "password", "said"), [("S", "secret", "a name of 2 to 24"), ("Sue", "short", "6 to 128")]
)
def test_a_name_or_a_password_that_will_not_do(tmp_path, capsys, monkeypatch, name, password, said):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    assert main(["serve", "--data-dir", str(tmp_path), "--sysop", name]) != ExitCode.OK

    assert said in capsys.readouterr().err
