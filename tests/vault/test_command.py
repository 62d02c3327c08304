from __future__ import annotations

import shlex
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.errors import SecretError
from bbsterm.vault import Owner
from bbsterm.vault.command import PasswordCommand, arguments


def python(code, *words):
    return shlex.join([sys.executable, "-c", code, *words])


async def fetched(command, owner, name="", **how):
    return (await PasswordCommand(command, **how).fetch(name, owner, None)).reveal()


def test_the_command_knows_the_board(owner):
    command = "pass show 'bbs/{item}' {name} {host} {port} {user} {id} {other} {"

    assert arguments(command, "", owner) == [
        *(
            "pass",
            "show",
            "bbs/Xibalba",
            "Xibalba",
            "bbs.example.org",
            "2323",
            "ann",
            "abcd1234",
            "{other}",
            "{",
        )
    ]
    assert arguments("pass {item}", "mine", owner) == ["pass", "mine"]


def test_no_board_can_be_an_option_or_a_second_command(owner):
    assert arguments("pass {name}", "", owner._replace(name="a; rm -rf {host} $(x)")) == [
        "pass",
        "a; rm -rf {host} $(x)",
    ]
    with pytest.raises(SecretError, match="would be taken for an option"):
        arguments("pass {name}", "", owner._replace(name="--help"))


@given(st.text(max_size=20))
def test_a_value_is_never_more_than_one_word(name):
    try:
        words = arguments("pass show x/{name}", "", Owner("i", name, "h", 23))
    except SecretError:
        return
    assert words == ["pass", "show", f"x/{name}"]


async def test_the_first_line_is_the_password(owner):
    assert await fetched(python("print('hunter2\\r'); print('user: ann')"), owner) == "hunter2"


async def test_its_keyboard_is_not_ours(owner):
    assert await fetched(python("import sys; print('got', repr(sys.stdin.read()))"), owner) == "got ''"


async def test_a_failure_tells_what_it_complained_and_not_what_it_printed(owner):
    code = (
        "import sys; print('hunter2'); print('\\x1b[31mno hunter2 key\\nmore', file=sys.stderr); sys.exit(3)"
    )

    with pytest.raises(SecretError) as caught:
        await fetched(python(code), owner)

    assert "ended with 3: [31mno <secret> key" in str(caught.value)


async def test_a_command_that_prints_nothing_is_no_password(owner):
    with pytest.raises(SecretError, match="printed no password: not found"):
        await fetched(python("import sys; print('not found', file=sys.stderr)"), owner)


async def test_a_command_that_does_not_answer_is_ended(owner):
    with pytest.raises(SecretError, match=r"did not answer within 0.2 s"):
        await fetched(python("import time; time.sleep(60)"), owner, seconds=0.2)


async def test_a_command_that_prints_for_ever_costs_nothing(owner):
    with pytest.raises(SecretError, match="did not answer"):
        await fetched(python("while True: print('x' * 9999)"), owner, seconds=0.3)


@pytest.mark.parametrize(
    ("command", "said"),
    [("", "not set"), ("no-such-program-here x", "no program"), ("pass 'show", "cannot be understood")],
)
async def test_a_command_that_cannot_be_run_is_told_before_and_when_it_is_tried(command, said, owner):
    assert said in PasswordCommand(command).problem
    with pytest.raises(SecretError):
        await fetched(command, owner)
