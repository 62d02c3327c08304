from __future__ import annotations

import pytest

from bbsterm import telopt
from bbsterm.protocol.vocabulary import Command, OptionCode
from bbsterm.telopt import DO, ECHO, IAC, NAWS, NEW_ENVIRON, TTYPE, WILL

RENAMED = {
    OptionCode.TIMING_MARK: "TM",
    OptionCode.SEND_LOCATION: "SNDLOC",
    OptionCode.SUPDUP_OUTPUT: "SUPDUPOUTPUT",
    OptionCode.REGIME_3270: "VT3270REGIME",
    OptionCode.X3_PAD: "X3PAD",
    OptionCode.COM_PORT: "COM_PORT_OPTION",
    OptionCode.START_TLS: "TLS",
    OptionCode.ENVIRON: "OLD_ENVIRON",
    OptionCode.MCCP1: "MCCP_COMPRESS",
    OptionCode.MCCP2: "MCCP2_COMPRESS",
    OptionCode.MCCP3: "MCCP3_COMPRESS",
}


@pytest.mark.parametrize("code", OptionCode)
def test_every_option_has_the_number_that_the_engine_uses(code):
    assert getattr(telopt, RENAMED.get(code, code.name)) == bytes([code])


@pytest.mark.parametrize("command", Command)
def test_every_command_has_the_number_that_the_engine_uses(command):
    name = "CMD_EOR" if command is Command.EOR else command.name
    assert getattr(telopt, name) == bytes([command])


def test_everything_public_exists_and_is_listed_once():
    assert len(set(telopt.__all__)) == len(telopt.__all__)
    assert all(hasattr(telopt, name) for name in telopt.__all__)


def test_commands_and_options_are_named_as_people_write_them():
    assert telopt.name_commands(IAC + WILL + TTYPE) == "IAC WILL TTYPE"
    assert telopt.name_command(b"w") == "b'w'"
    assert telopt.name_option(NAWS) == "NAWS"


def test_a_command_in_an_options_place_is_shown_as_a_byte():
    assert telopt.name_option(DO) == r"b'\xfd'"


@pytest.mark.parametrize(
    ("name", "option"), [("naws", NAWS), ("ECHO", ECHO), ("new-environ", NEW_ENVIRON), ("MCCP2", b"\x56")]
)
def test_options_are_found_by_name_in_any_spelling(name, option):
    assert telopt.option_from_name(name) == option


@pytest.mark.parametrize("name", ["INVALID_OPTION", "", "IAC", "_OPTIONS"])
def test_an_unknown_name_is_a_key_error(name):
    with pytest.raises(KeyError):
        telopt.option_from_name(name)
