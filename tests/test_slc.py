from __future__ import annotations

import pytest

from bbsterm import slc
from bbsterm.protocol.slc import DEFAULTS, EditMode, Level, SlcFunction


@pytest.mark.parametrize("function", [each for each in SlcFunction if each <= SlcFunction.FORW2])
def test_functions_have_the_numbers_that_the_engine_uses(function):
    assert getattr(slc, f"SLC_{function.name}") == bytes([function])
    assert slc.name_slc_command(bytes([function])) == f"SLC_{function.name}"


def test_levels_and_modes_have_the_numbers_that_the_engine_uses():
    for level in Level:
        name = "VARIABLE" if level is Level.VALUE else level.name
        assert getattr(slc, f"SLC_{name}") == bytes([level])
    for mode in EditMode:
        assert getattr(slc, f"LMODE_MODE_{mode.name}") == bytes([mode])
    assert max(SlcFunction) == slc.NSLC


def test_the_table_is_the_engines():
    table = slc.generate_slctab()

    assert len(table) == slc.NSLC
    assert table[slc.SLC_IP].val == b"\x03"
    assert table[slc.SLC_IP].variable
    assert table[slc.SLC_IP].flushin
    assert table[slc.SLC_IP].flushout
    assert table[slc.SLC_SYNCH].default
    assert table[b"\x1e"].nosupport
    assert len(DEFAULTS) == slc.NSLC
    assert repr(table[slc.SLC_IP]) == "(^C, variable|flushin|flushout)"
    assert table[slc.SLC_EC] == slc.SLC(slc.SLC_VARIABLE, b"\x7f")
    assert len({slc.SLC(), slc.SLC()}) == 1


def test_a_byte_is_looked_up():
    table = slc.generate_slctab()
    heard = []
    callback, function, setting = slc.snoop(b"\x03", table, {slc.SLC_IP: heard.append})

    assert function == slc.SLC_IP
    assert setting.val == b"\x03"
    callback(function)
    assert heard == [slc.SLC_IP]
    assert slc.snoop(b"x", table, {}) is None


def test_a_forward_mask_has_a_bit_for_each_special_character():
    mask = slc.generate_forwardmask(False, slc.generate_slctab())

    assert 3 in mask
    assert ord("x") not in mask
    assert 200 not in mask
    assert len(mask.value) == 16
    assert len(slc.generate_forwardmask(True).value) == 32
    assert str(slc.Forwardmask(b"\x80\x01")) == "0b1000000000000001"


def test_a_mode_is_asked_by_its_bits():
    mode = slc.Linemode(b"\x17")
    asked = [getattr(mode, name) for name in ("local", "remote", "trapsig", "ack", "soft_tab", "lit_echo")]

    assert asked == [True, False, True, True, False, True]
    assert mode == slc.Linemode(b"\x17")
    assert len({mode, slc.Linemode(b"\x17")}) == 1
    assert "local:True" in repr(mode)


@pytest.mark.parametrize("byte", [b"\x00", b"\x63", b""])
def test_what_is_no_function_is_shown_as_a_byte(byte):
    assert slc.name_slc_command(byte) == repr(byte)


def test_everything_public_exists():
    assert all(hasattr(slc, name) for name in slc.__all__)
