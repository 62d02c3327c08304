from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bbsterm.protocol.options
from bbsterm.protocol import ALL, DECLINED, MUD, STANDARD, Connection, Option, ProtocolViolation, Role, Side
from bbsterm.protocol.options.base import Effects, Reply

OPTION_FILES = [
    path
    for path in sorted(Path(bbsterm.protocol.options.__file__).parent.glob("*.py"))
    if path.stem not in ("__init__", "base", "registry")
]


class Parrot(Option):
    """Says what it hears; knows nothing else."""

    code = 160
    source = "a test"

    def subnegotiation(self, payload: bytes) -> Effects:
        yield Reply(payload)


class Mute(Option):
    """Overrides nothing."""

    code = 161
    source = "a test"


def test_an_option_is_a_file_that_never_sees_iac():
    client = Connection(Role.CLIENT, [Parrot()])
    client.receive_data(b"\xff\xfb\xa0")
    client.data_to_send()

    client.receive_data(b"\xff\xfa\xa0\xff\xff!\xff\xf0")

    assert client.data_to_send() == b"\xff\xfa\xa0\xff\xff!\xff\xf0"


def test_an_option_without_words_expects_none():
    client = Connection(Role.CLIENT, [Mute()])
    client.receive_data(b"\xff\xfb\xa1")

    assert client.receive_data(b"\xff\xfa\xa1x\xff\xf0") == [
        ProtocolViolation("unexpected subnegotiation", b"x", "a test")
    ]


@pytest.mark.parametrize("kind", ALL)
def test_every_option_says_what_it_is(kind):
    option = kind()

    assert option.source
    assert kind.__doc__ is not None
    assert option.performed_by
    assert option.max_payload > 0
    assert option.waiting is False


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_welcome_on_a_side_that_does_not_perform_it(kind, role):
    option = kind()
    Connection(role, [option])

    for side in Side:
        if option.welcome(side):
            assert option.performer(side) in option.performed_by


def test_the_registries_are_tuples_without_doubles():
    assert ALL == STANDARD + MUD + DECLINED
    assert len({kind.code for kind in ALL}) == len(ALL)


@pytest.mark.parametrize("path", OPTION_FILES, ids=lambda path: path.stem)
def test_no_option_imports_another(path):
    imported = {
        node.module.rpartition(".")[2]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bbsterm.protocol.options.")
    }

    assert imported <= {"base"}
