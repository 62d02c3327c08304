from __future__ import annotations

import pytest

from bbsterm.net.address import Address
from bbsterm.protocol.connection import Connection
from bbsterm.protocol.vocabulary import Role, WindowSize
from bbsterm.screen import KINDS
from bbsterm.session.identity import (
    RETRO,
    TERMINALS,
    charset_encoding,
    client_options,
    client_strategy,
    environment,
    terminal_types,
)

SIZE = WindowSize(80, 25)
BOARD = Address("bbs.example.org")
NOTHING: dict[str, str] = {}


def test_every_emulation_introduces_itself():
    assert set(TERMINALS) == set(KINDS)


def test_a_board_that_asks_once_hears_ansi():
    assert terminal_types("ansi", "cp437")[0] == "ANSI"


@pytest.mark.parametrize("kind", sorted(set(TERMINALS) - RETRO))
def test_mtts_is_the_third_name(kind):
    names = terminal_types(kind, "utf-8", tls=True)

    assert len(names) == 3
    assert names[2] == f"MTTS {1 + 2 + 4 + 8 + 256 + 2048}"
    assert len(set(names)) == 3


def test_only_the_allowed_variables_are_told():
    environ = {"LANG": "de_DE.UTF-8", "PATH": "/bin", "AWS_SECRET_ACCESS_KEY": "x", "USER": "root"}

    told = environment("ansi", None, SIZE, None, environ)

    assert told == {
        "TERM": "ansi",
        "LANG": "de_DE",
        "COLUMNS": "80",
        "LINES": "25",
        "COLORTERM": "truecolor",
    }


def test_the_user_is_told_only_if_the_address_names_one():
    assert environment("ansi", None, SIZE, "ann", NOTHING)["USER"] == "ann"


@pytest.mark.parametrize("lang", ["", "C", "POSIX", "C.UTF-8", "\x1b[2J"])
def test_a_strange_language_is_not_passed_on(lang):
    assert environment("vt", "utf-8", SIZE, None, {"LANG": lang})["LANG"] == "en_US.UTF-8"


def test_a_linux_host_gets_what_it_asks_for():
    caller = Connection(Role.CLIENT, client_options(BOARD, "ansi", None, SIZE, NOTHING))

    caller.receive_data(b"\xff\xfd\x18\xff\xfa\x18\x01\xff\xf0\xff\xfd\x1f")  # DO TTYPE, SEND, DO NAWS

    assert caller.data_to_send() == (
        b"\xff\xfb\x18"  # IAC WILL TTYPE
        b"\xff\xfa\x18\x00ANSI\xff\xf0"  # IAC SB TTYPE IS ANSI IAC SE
        b"\xff\xfb\x1f"  # IAC WILL NAWS
        b"\xff\xfa\x1f\x00\x50\x00\x19\xff\xf0"  # IAC SB NAWS 0 80 0 25 IAC SE
    )


@pytest.mark.parametrize(
    ("chosen", "answer"),
    [(None, b"\x02UTF-8"), ("cp437", b"\x02CP437"), ("utf-8", b"\x02UTF-8"), ("cp866", b"\x03")],
)
def test_the_character_set_the_caller_chose_is_the_one_that_is_accepted(chosen, answer):
    caller = Connection(Role.CLIENT, client_options(BOARD, "ansi", chosen, SIZE, NOTHING))

    caller.receive_data(b"\xff\xfb\x2a\xff\xfa\x2a\x01 CP437 UTF-8\xff\xf0")  # WILL CHARSET, SB REQUEST

    assert b"\xff\xfa\x2a" + answer + b"\xff\xf0" in caller.data_to_send()


def test_a_retro_machine_asks_for_binary_once_telnet_is_spoken():
    caller = Connection(
        Role.CLIENT,
        client_options(BOARD, "petscii", None, SIZE, NOTHING),
        strategy=client_strategy("petscii"),
    )
    caller.begin()
    caller.receive_data(b"WELCOME")
    assert caller.data_to_send() == b""

    caller.receive_data(b"\xff\xfb\x03")  # IAC WILL SGA

    assert b"\xff\xfb\x00" in caller.data_to_send()  # IAC WILL BINARY


def test_a_commodore_asks_for_both_directions():
    assert len(client_strategy("petscii").offers) == 2
    assert client_strategy("ansi").offers == ()


@pytest.mark.parametrize(("name", "encoding"), [("utf-8", "utf-8"), ("IBM437", "cp437"), ("KLINGON", None)])
def test_agreed_names_have_encodings(name, encoding):
    assert charset_encoding(name) == encoding
