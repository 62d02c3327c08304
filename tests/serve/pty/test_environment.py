from __future__ import annotations

import os

import pytest

if os.name == "nt":
    pytest.skip("POSIX only", allow_module_level=True)

from bbsterm.errors import UsageError
from bbsterm.serve.pty.environment import accepted_names, build_environment, terminal_name

KNOWN = {"xterm-256color", "ansi", "vt100"}


@pytest.mark.parametrize(
    ("names", "term"),
    [
        (["XTERM-256COLOR", "ANSI"], "xterm-256color"),
        (["SyncTERM", "ansi"], "ansi"),
        (["MTTS 137"], "ansi"),
        ([], "ansi"),
        (["../../etc/passwd"], "ansi"),
        (["xterm-256color\n"], "ansi"),
        (["x" * 41], "ansi"),
        (["-xterm"], "ansi"),
    ],
)
def test_term_is_one_that_this_machine_knows(names, term):
    assert terminal_name(names, known=KNOWN.__contains__) == term


def test_a_machine_that_knows_nothing_has_dumb_terminals():
    assert terminal_name(["xterm"], known=lambda name: False) == "dumb"


NEVER = (
    "USER LOGNAME HOME SHELL PATH ENV IFS TERM TERMINFO PAGER BASH_ENV LD_PRELOAD LD_LIBRARY_PATH ld_preload"
    " DYLD_INSERT_LIBRARIES PYTHONPATH PYTHONSTARTUP BBSTERM_CALLER"
)


@pytest.mark.parametrize("name", NEVER.split())
def test_some_names_never_come_from_a_caller(name):
    with pytest.raises(UsageError, match="cannot come from a caller"):
        accepted_names([name])


def test_names_may_stand_in_one_word():
    assert accepted_names(["COLORTERM,lang", "TZ"]) == ("COLORTERM", "LANG", "TZ")
    with pytest.raises(UsageError, match="no name"):
        accepted_names(["A-B"])
    with pytest.raises(UsageError, match="at most 32"):
        accepted_names([f"V{number}" for number in range(33)])


def test_the_environment_is_built_anew():
    built = build_environment(
        terminal="xterm",
        user=("ann", "/home/ann", "/bin/sh"),
        caller="192.0.2.1",
        told={"COLORTERM": "truecolor", "LANG": "de\nDE", "USER": "root", "LD_PRELOAD": "/x.so"},
        accepted=("COLORTERM", "LANG"),
        ours={"PATH": "/bin", "LANG": "C.UTF-8", "AWS_SECRET_ACCESS_KEY": "x", "LD_PRELOAD": "y"},
    )

    assert built == {
        "PATH": "/bin",
        "HOME": "/home/ann",
        "SHELL": "/bin/sh",
        "USER": "ann",
        "LOGNAME": "ann",
        "TERM": "xterm",
        "LANG": "C.UTF-8",  # the caller's had a control character in it
        "COLORTERM": "truecolor",
        "BBSTERM_CALLER": "192.0.2.1",
    }
