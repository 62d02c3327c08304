from __future__ import annotations

import importlib
import os
import shlex
import subprocess
import sys
from types import SimpleNamespace

import pytest

from bbsterm.cli import main
from bbsterm.cli.base import COMMANDS, ExitCode, exit_code_for, require_terminal
from bbsterm.errors import BbstermError, BusyError, ConfigError, NoCarrierError, UsageError


@pytest.fixture
def ran(monkeypatch):
    """Commands that only say that they were run, and with what."""
    runs = []

    def use(name):
        module = importlib.import_module(f"bbsterm.cli.{name}")
        monkeypatch.setattr(module, "run", lambda args: runs.append((name, args)) or ExitCode.OK)
        return runs

    return use


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_has_help_with_an_example(command, capsys):
    assert main([command, "--help"]) == 0

    out = capsys.readouterr().out
    assert out.startswith(f"usage: bbsterm {command}")
    assert "example" in out
    assert f"  bbsterm {command}" in out


def test_help_lists_every_command(capsys):
    assert main(["--help"]) == 0

    out = capsys.readouterr().out
    assert all(f"    {command.name} " in out for command in COMMANDS)
    assert "examples:" in out


def test_the_version(capsys):
    from bbsterm import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"bbsterm {__version__}\n"


@pytest.mark.parametrize("argv", [["bbs.example.org"], ["localhost:23"], ["[::1]"], ["telnets://x.example"]])
def test_what_looks_like_a_host_is_called(ran, argv):
    runs = ran("connect")

    assert main(argv) == 0
    assert [(name, args.address) for name, args in runs] == [("connect", argv[0])]


def test_options_before_a_host_stay_before_it(ran):
    runs = ran("connect")

    assert main(["--loglevel", "trace", "--logfile", "f", "bbs.example.org", "--plain"]) == 0
    args = runs[0][1]
    assert (args.loglevel, args.logfile, args.plain) == ("trace", "f", True)


def test_log_options_may_stand_after_the_command_too(ran):
    runs = ran("connect")

    assert main(["connect", "x", "--loglevel", "debug"]) == 0
    assert runs[0][1].loglevel == "debug"


def test_no_command_is_the_dialer(ran):
    runs = ran("dialer")

    assert main([]) == 0
    assert [name for name, _ in runs] == ["dialer"]


def test_a_mistyped_command_is_a_usage_error_with_a_suggestion(capsys):
    assert main(["serv"]) == ExitCode.USAGE
    err = capsys.readouterr().err
    assert err.startswith("bbsterm: no command 'serv'; there are connect, ")
    assert err.endswith("Did you mean `bbsterm serve`?\n")


def test_a_word_that_is_no_command_may_be_a_host(capsys):
    assert main(["xibalba"]) == ExitCode.USAGE
    assert "`bbsterm connect xibalba`" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--nonsense"], ["connect"], ["connect", "x", "--raw-mode", "--line-mode"]])
def test_what_makes_no_sense_is_a_usage_error(argv, capsys):
    assert main(argv) == ExitCode.USAGE
    assert "--help" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), 2),
        (ConfigError("f", 1, "x"), 2),
        (BusyError("h", 23), 3),
        (NoCarrierError("x"), 3),
        (BbstermError("x"), 1),
    ],
)
def test_exit_codes(error, code):
    assert exit_code_for(error) == code


@pytest.mark.parametrize(
    ("raised", "code"), [(BusyError("h", 23), 3), (KeyboardInterrupt(), 130), (BbstermError("x"), 1)]
)
def test_what_a_command_raises_is_its_exit_code(monkeypatch, raised, code, capsys):
    def run(args):
        raise raised

    monkeypatch.setattr("bbsterm.cli.paths.run", run)

    assert main(["paths"]) == code
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("argv", [[], ["connect", "bbs.example.org"]])
def test_without_a_terminal_the_application_says_what_to_use(argv, capsys):
    assert main(argv) == ExitCode.USAGE

    err = capsys.readouterr().err
    assert "needs a terminal" in err
    assert "--plain" in err


def test_an_option_that_a_command_does_not_have_is_said_by_that_command(capsys):
    assert main(["connect", "bbs.example.org", "--bauds=2400"]) == ExitCode.USAGE

    assert capsys.readouterr().err.splitlines() == [
        "bbsterm: unrecognized arguments: --bauds=2400; did you mean --baud?",
        "Try `bbsterm connect --help`.",
    ]


def test_require_terminal_names_the_stream():
    with pytest.raises(UsageError, match="input is not one"):
        require_terminal("x")


def test_a_dumb_terminal_is_refused_and_its_way_out_is_said(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(closed=False, isatty=lambda: True))
    monkeypatch.setattr(sys, "stdout", sys.stdin)
    monkeypatch.setenv("TERM", "dumb")

    with pytest.raises(UsageError, match="TERM says dumb") as raised:
        require_terminal("bbsterm connect --plain HOST")
    assert "--plain HOST. If yours can" in raised.value.hint

    monkeypatch.setenv("TERM", "vt100")
    require_terminal("x")


def _bbsterm(arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a shell, as buffered as it is for a user."""
    command = f"{shlex.quote(sys.executable)} -m bbsterm {arguments}"
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("arguments", ["paths", "--help"])
def test_a_full_disk_is_said_and_not_passed_over(arguments):
    done = _bbsterm(f"{arguments} >/dev/full")

    assert done.returncode == ExitCode.FAILED
    assert done.stderr == "bbsterm: cannot write the output: no space left on device\n"


def test_a_reader_that_has_left_is_not_complained_about():
    done = _bbsterm("paths | true; true")

    assert done.stderr == ""


@pytest.mark.parametrize("closed", [">&-", "<&- >&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_as_good_as_dev_null(closed):
    assert _bbsterm(f"paths {closed}").returncode == ExitCode.OK
    assert _bbsterm(f"demo {closed}").returncode == ExitCode.USAGE
