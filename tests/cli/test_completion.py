from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bbsterm.cli import main
from bbsterm.cli.base import COMMANDS
from bbsterm.cli.completion import words_for


@pytest.fixture
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("BBSTERM_HOME", str(folder))
    return folder


@pytest.fixture
def book(home):
    home.mkdir()
    (home / "dialing.toml").write_text(
        '[[entry]]\nname = "Xibalba BBS"\nhost = "x.example"\n\n'
        '[[entry]]\nname = "Xenon"\nhost = "y.example"\n'
    )


def test_the_first_word_is_a_command():
    assert words_for([""]) == [command.name for command in COMMANDS]
    assert words_for(["comp"]) == ["completion"]


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_completes_its_options(command, home):
    if command != "config":
        assert "--help" in words_for([command, "--h"])


def test_the_value_of_an_option_is_one_of_its_choices():
    assert words_for(["demo", "--terminal", "peti"]) == []
    assert words_for(["demo", "--terminal", "pets"]) == ["petscii", "petscii80"]


def test_actions_are_completed_and_then_their_options():
    assert words_for(["config", "s"]) == ["show", "schema"]
    assert words_for(["config", "show", "--"]) == ["--help", "--json"]


def test_boards_are_completed_by_name(book):
    assert words_for(["connect", "Xi"]) == ["Xibalba BBS"]
    assert words_for(["connect", ""]) == ["demo", "Xibalba BBS", "Xenon"]


def test_asking_makes_no_files(home):
    words_for(["connect", ""])

    assert not home.exists()


def test_unknown_commands_complete_to_nothing():
    assert words_for(["nonsense", ""]) == []


def test_an_unknown_shell_is_a_usage_error(capsys):
    assert main(["completion", "tcsh"]) == 2


def in_shell(home: Path, shell: list[str], script: str) -> list[str]:
    """The lines that a shell prints, with our command on its path."""
    folder = home / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "bbsterm"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bbsterm "$@"\n')
    command.chmod(0o755)
    environ = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    run = subprocess.run([*shell, script], capture_output=True, text=True, timeout=50, env=environ)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        (["bbsterm", "doc"], ["doctor"]),
        (["bbsterm", "config", "va"], ["validate"]),
        (["bbsterm", "connect", "Xib"], ["Xibalba\\ BBS"]),
    ],
)
def test_bash_completes(line, found, book, home):
    words = " ".join(f'"{word}"' for word in line)
    script = (
        'eval "$(bbsterm completion bash)"\n'
        f"COMP_WORDS=({words}); COMP_CWORD={len(line) - 1}\n"
        '_bbsterm; printf "%s\\n" "${COMPREPLY[@]}"'
    )

    assert in_shell(home, ["bash", "--norc", "-c"], script) == found


@pytest.mark.skipif(not shutil.which("zsh"), reason="no zsh here")
def test_zsh_takes_the_script(home):
    script = 'autoload -U compinit; compinit -D; eval "$(bbsterm completion zsh)"; whence -w _bbsterm'

    assert in_shell(home, ["zsh", "-f", "-c"], script) == ["_bbsterm: function"]


@pytest.mark.skipif(not shutil.which("fish"), reason="no fish here")
def test_fish_completes(home):
    script = "bbsterm completion fish | source; complete -C 'bbsterm doc'"

    assert in_shell(home, ["fish", "--no-config", "-c"], script) == ["doctor"]
