"""What a command loads is what its user waits for: fresh interpreters, looked at from inside."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bbsterm.cli.base import COMMANDS

HEAVY = ("textual", "rich", "pyte", "asyncio", "platformdirs")


def loaded(code: str, *, heavy: tuple[str, ...] = HEAVY) -> set[str]:
    """Which of the `heavy` packages a fresh interpreter has loaded after `code`."""
    report = f"\nimport sys\nprint('LOADED', *(name for name in {heavy!r} if name in sys.modules))"
    run = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, timeout=50)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.splitlines()[-1].split()[1:])


def test_importing_the_package_loads_nothing_heavy():
    assert loaded("import bbsterm") == set()


def test_the_engines_load_nothing_heavy():
    assert loaded("import bbsterm.protocol, bbsterm.protocol.connection, bbsterm.codecs") == set()


@pytest.mark.parametrize(
    "argv", [["--help"], ["--version"], *([command.name, "--help"] for command in COMMANDS)]
)
def test_help_loads_nothing_heavy(argv):
    assert loaded(f"from bbsterm.cli import main\nassert main({argv!r}) == 0") == set()


def test_a_plain_call_and_the_server_load_no_textual():
    code = "import bbsterm.session, bbsterm.net, bbsterm.cli.plain, bbsterm.serve"
    assert loaded(code, heavy=("textual", "rich")) == set()
