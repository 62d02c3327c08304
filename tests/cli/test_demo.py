from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bbsterm.cli import main
from bbsterm.cli.base import ExitCode


def test_the_first_screen_is_printed_as_text(capsys):
    assert main(["demo", "--print"]) == ExitCode.OK

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 23  # one row of 24 stays free
    assert all(len(line) <= 80 for line in lines)
    assert "▓▓▓" in lines[3]
    assert lines[-1] == "Your name (Enter for Guest):"
    assert "80x24" in lines[17]
    assert "\x1b" not in "".join(lines)


def test_and_with_its_colours(capsys):
    assert main(["demo", "--print", "--color", "--size", "80x25"]) == ExitCode.OK

    shown = capsys.readouterr().out
    assert shown.count("\n") == 25
    assert "\x1b[0;38;2;" in shown
    assert "80x25" in shown


@pytest.mark.parametrize(
    ("terminal", "columns"), [("petscii", 40), ("atascii", 40), ("petscii80", 80), ("utf8", 80)]
)
def test_every_machine_has_a_first_screen(terminal, columns, capsys):
    assert main(["demo", "--print", "--terminal", terminal]) == ExitCode.OK

    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= columns
    assert lines[-1] == "Your name (Enter for Guest):"
    assert any("bbsterm demo board" in line for line in lines)


def test_a_small_screen_shows_the_question_too(capsys):
    assert main(["demo", "--print", "--size", "60x12"]) == ExitCode.OK
    assert "Your name" in capsys.readouterr().out


def test_it_needs_no_terminal_no_textual_and_leaves_no_files(tmp_path):
    code = "import sys\nfrom bbsterm.cli import main\nassert main(['demo', '--print']) == 0\n"
    code += "print('LOADED', *(name for name in ('textual', 'rich') if name in sys.modules))"
    environ = {**os.environ, "HOME": str(tmp_path), "TERM": "dumb"}

    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environ, cwd=tmp_path, timeout=50
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "LOADED"
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_where_output_has_no_blocks_there_are_question_marks_not_a_traceback(tmp_path):
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}

    run = subprocess.run(
        [sys.executable, "-m", "bbsterm", "demo", "--print"], capture_output=True, env=environ, timeout=50
    )

    assert run.returncode == 0, run.stderr
    assert b"Your name" in run.stdout


def test_without_a_terminal_the_application_says_what_to_use(capsys):
    assert main(["demo"]) == ExitCode.USAGE
    assert "bbsterm demo --print" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--color"], "--color and --size go with --print"),
        (["--print", "--size", "huge"], "a size is COLSxROWS"),
        (["--print", "--size", "19x24"], "the board's first screen needs 20x3"),
        (["--print", "--size", "80x2"], "the board's first screen needs 20x3"),
        (["--print", "--terminal", "petscii", "--size", "80x25"], "a petscii screen has one size, 40x25"),
        (["--print", "--terminal", "vt999"], "invalid choice: 'vt999'"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(argv, said, capsys):
    assert main(["demo", *argv]) == ExitCode.USAGE
    assert said in capsys.readouterr().err


def test_the_smallest_screen_still_has_the_question(capsys):
    assert main(["demo", "--print", "--size", "20x3"]) == ExitCode.OK
    assert "Your name" in capsys.readouterr().out
