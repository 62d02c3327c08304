"""The macros and scripts among the examples, on the demo board."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bbsterm.cli.base import run_command
from bbsterm.scripts import call_board
from bbsterm.serve.demo import start_demo_board

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("BBSTERM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def run(name, *arguments):
    return run_command(["run", str(EXAMPLES / name), "--to", "demo", *arguments])


@pytest.mark.parametrize("terminal", ["ansi", "petscii", "atascii"])
@pytest.mark.parametrize("name", ["demo_login", "any_order"])
def test_macros_log_in_from_every_machine(name, terminal, capsys):
    assert run(f"macros/{name}.toml", "--terminal", terminal, "--user", "Ann") == 0
    assert "Logged in" in capsys.readouterr().out


def test_the_tour_uses_every_way_of_waiting(capsys):
    assert run("macros/demo_tour.toml") == 0
    assert capsys.readouterr().out == "Logged in.\nThe board knows the size of our window.\n"


def test_nothing_is_wrong_with_any_of_them(capsys):
    files = [str(path) for path in (EXAMPLES / "macros").glob("*.toml")]

    assert run_command(["macro", "check", *files]) == 0, capsys.readouterr().err


def test_a_script_takes_pictures(capsys, tmp_path):
    assert run("scripts/pictures_of_areas.py", "--json") == 0

    finished = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "Your terminal" in finished["returned"]["t"]
    assert (tmp_path / "area-t.svg").read_text().startswith("<svg")


async def test_a_blocking_script_asks_whether_a_board_is_up():
    import asyncio

    program = str(EXAMPLES / "scripts" / "is_it_up.py")
    async with start_demo_board() as (host, port):
        up = await asyncio.create_subprocess_exec(
            sys.executable, program, host, str(port), stdout=subprocess.PIPE
        )
        said, _ = await up.communicate()

    assert (up.returncode, said.strip()) == (0, b"up: it asks for a name")
    down = await asyncio.create_subprocess_exec(
        sys.executable, program, host, str(port), stdout=subprocess.PIPE
    )
    said, _ = await down.communicate()
    assert (down.returncode, said.strip().endswith(b"connection refused")) == (1, True)


def test_a_boards_tests_pass():
    tests = str(EXAMPLES / "scripts" / "test_a_board.py")
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", tests]

    ran = subprocess.run(command, capture_output=True, text=True, timeout=50, cwd=EXAMPLES.parent)

    assert ran.returncode == 0, ran.stdout
    assert "5 passed" in ran.stdout


async def test_what_a_board_is_tested_with_is_in_testing():
    from bbsterm import testing

    assert testing.call_board is call_board
    assert testing.start_demo_board is start_demo_board
    with pytest.raises(AttributeError):
        testing.nothing_of_the_kind  # noqa: B018  # it is the looking that counts
