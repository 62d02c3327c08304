from __future__ import annotations

import pytest

from bbsterm.protocol.vocabulary import Command, OptionCode, Role, Side, WindowSize, option_name


@pytest.mark.parametrize(
    ("code", "name"),
    [(31, "NAWS"), (39, "NEW-ENVIRON"), (6, "TIMING-MARK"), (160, "160"), (255, "EXOPL")],
)
def test_options_are_named_as_the_rfcs_spell_them(code, name):
    assert option_name(code) == name


def test_commands_are_the_bytes_of_rfc_854():
    assert [Command.SE, Command.NOP, Command.GA, Command.SB, Command.WILL, Command.DONT, Command.IAC] == [
        240,
        241,
        249,
        250,
        251,
        254,
        255,
    ]


def test_every_option_has_a_number_of_its_own():
    assert len({code.value for code in OptionCode}) == len(OptionCode)


def test_roles_and_sides_can_be_keys():
    assert {Role.CLIENT: 1, Side.LOCAL: 2}[Side("local")] == 2


@pytest.mark.parametrize("size", [(0, 0), (65535, 65535)])
def test_a_window_may_be_unknown_or_huge(size):
    assert (WindowSize(*size).columns, WindowSize(*size).rows) == size
