"""`bbsterm run`: macros and scripts without a screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bbsterm.cli.base import run_command

EXAMPLES = Path(__file__).parents[2] / "examples"
NEVER = '[[step]]\nexpect = "never"\ntimeout = 0.01\n'


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def events(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_example_logs_in_to_the_demo_board(capsys):
    assert run_command(["run", str(EXAMPLES / "macros/demo_login.toml"), "--to", "demo"]) == 0
    assert capsys.readouterr().out == "Logged in.\n"


def test_what_happens_is_told_as_json(capsys, tmp_path):
    macro = str(EXAMPLES / "macros/demo_login.toml")

    code = run_command(
        ["run", macro, "--to", "demo", "--json", "--screenshot", "s.txt", "--transcript", "t.txt"]
    )

    told = events(capsys)
    assert code == 0
    assert [one["event"] for one in told] == [
        "dialing", "connected", "step", "step", "notify", "finished", "screenshot",
    ]  # fmt: skip
    assert "Main menu" in (tmp_path / "s.txt").read_text()
    assert "Your name" in (tmp_path / "t.txt").read_text()


def test_a_script_runs(capsys):
    assert run_command(["run", str(EXAMPLES / "scripts/look_around.py"), "--to", "demo", "--json"]) == 0
    assert "Your choice:" in events(capsys)[-1]["returned"]


def test_a_failure_has_a_place_a_reason_and_a_picture(capsys, tmp_path):
    (tmp_path / "m.toml").write_text(NEVER)

    assert run_command(["run", "m.toml", "--to", "demo", "--json"]) == 1

    captured = capsys.readouterr()
    failed = json.loads(captured.out.splitlines()[-2])
    assert (failed["event"], failed["file"], failed["line"]) == ("failed", "m.toml", 1)
    assert "m.toml:1: step 1 of 1: waited 0.01 s for 'never'" in captured.err
    assert (tmp_path / "bbsterm-failed.svg").exists()


def test_a_script_that_takes_too_long_is_stopped(capsys, tmp_path):
    (tmp_path / "s.py").write_text("async def main(call):\n    await call.closed()\n")

    assert run_command(["run", "s.py", "--to", "demo", "--timeout", "0.1"]) == 1
    assert "not finished after 0.1 s" in capsys.readouterr().err


def test_variables_are_given_on_the_command_line(capsys, tmp_path):
    (tmp_path / "m.toml").write_text('[[step]]\nnotify = "{user} of {city}"\n')

    assert run_command(["run", "m.toml", "--to", "demo", "--user", "Ann", "--set", "city=Ulm"]) == 0
    assert capsys.readouterr().out == "Ann of Ulm\n"


def test_names_are_looked_up_in_the_macros_folder(capsys, tmp_path):
    (folder := tmp_path / "home" / "macros").mkdir(parents=True)
    (folder / "hello.toml").write_text('[[step]]\nrun = "other"\n')
    (folder / "other.toml").write_text('[[step]]\nnotify = "hello"\n')

    assert run_command(["run", "hello", "--to", "demo"]) == 0
    assert capsys.readouterr().out == "hello\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nothing", "--to", "demo"], 2, "no macro or script 'nothing'"),
        (["m.toml", "--to", "demo", "--set", "x"], 2, "NAME=VALUE"),
        (["m.toml", "--to", "demo", "--timeout", "-1"], 2, "number of seconds"),
        (["m.toml", "--to", "demo", "--terminal", "vt52"], 2, "no terminal 'vt52'"),
        (["m.toml", "--to", "127.0.0.1:1"], 3, "connection refused"),
        (["bad.toml", "--to", "demo"], 2, "bad.toml:2: 'expekt' means nothing here; did you mean 'expect'?"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, code, said, capsys, tmp_path):
    (tmp_path / "m.toml").write_text(NEVER)
    (tmp_path / "bad.toml").write_text('[[step]]\nexpekt = "x"\n')

    assert run_command(["run", *arguments]) == code
    assert said in capsys.readouterr().err
