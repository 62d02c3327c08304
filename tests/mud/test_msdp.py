from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bbsterm.limits import MAX_MUD_DEPTH
from bbsterm.mud import MsdpParser, msdp_decode, msdp_encode

TEXT = st.text(st.characters(min_codepoint=7, exclude_categories=["Cs"]))
VALUES = st.recursive(
    TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=12
)  # the default depth stays far below MAX_MUD_DEPTH


def test_a_variable_is_var_name_val_value():
    assert msdp_encode({"HEALTH": 100}) == b"\x01HEALTH\x02100"
    assert msdp_decode(b"\x01HEALTH\x02100") == {"HEALTH": "100"}


def test_a_table_is_a_dict_and_an_array_a_list():
    variables = {"ROOM": {"NAME": "Inn", "EXITS": ["n", "s"]}, "HP": "5"}

    encoded = msdp_encode(variables)

    assert encoded == b"\x01ROOM\x02\x03\x01NAME\x02Inn\x01EXITS\x02\x05\x02n\x02s\x06\x04\x01HP\x025"
    assert msdp_decode(encoded) == variables


def test_several_values_of_one_variable_are_a_list():
    assert msdp_decode(b"\x01SEND\x02HEALTH\x02MANA") == {"SEND": ["HEALTH", "MANA"]}


def test_an_empty_value_an_empty_table_and_an_empty_array_stay_apart():
    variables = {"A": "", "B": {}, "C": []}
    assert msdp_decode(msdp_encode(variables)) == variables


def test_truth_and_nothing_have_customary_spellings():
    assert msdp_encode({"A": True, "B": False, "C": None}) == b"\x01A\x021\x01B\x020\x01C\x02"


def test_text_is_utf_8_and_falls_back_to_latin_1():
    assert msdp_decode(b"\x01KEY\x02Caf\xe9") == {"KEY": "Caf\xe9"}
    assert msdp_decode(b"\x01KEY\x02Caf\xc3\xa9", "latin-1") == {"KEY": "CafÃ©"}


@pytest.mark.parametrize("mark", range(7))
def test_marks_inside_text_are_refused(mark):
    with pytest.raises(ValueError, match="0 to 6"):
        msdp_encode({"NAME": chr(mark)})


def test_nesting_is_bounded_when_we_send():
    value: object = "deep"
    for _ in range(MAX_MUD_DEPTH):
        value = [value]
    with pytest.raises(ValueError, match="deeper"):
        msdp_encode({"A": value})


def test_nesting_is_bounded_when_we_read_and_what_follows_is_still_read():
    deep = b"\x02\x05" * 30_000 + b"\x06" * 30_000

    variables = msdp_decode(b"\x01A" + deep + b"\x01B\x02after")

    level, value = 0, variables["A"]
    while isinstance(value, list) and value:
        level, value = level + 1, value[0]
    assert level == MAX_MUD_DEPTH
    assert variables["B"] == "after"


@pytest.mark.parametrize(
    ("payload", "variables"),
    [
        (b"", {}),
        (b"text alone", {}),
        (b"\x01", {"": ""}),
        (b"\x01NAME", {"NAME": ""}),
        (b"\x01A\x02\x03\x01B\x021", {"A": {"B": "1"}}),
        (b"\x04\x06\x01A\x021", {"A": "1"}),
        (b"\x01A\x02\x05\x021", {"A": ["1"]}),
    ],
)
def test_what_is_unfinished_is_read_as_far_as_it_goes(payload, variables):
    assert msdp_decode(payload) == variables


def test_the_parser_is_there_under_its_own_name():
    assert MsdpParser(b"\x01A\x02b").parse() == {"A": "b"}


@given(st.dictionaries(TEXT, VALUES))
def test_what_is_encoded_comes_back(variables):
    assert msdp_decode(msdp_encode(variables)) == variables


@given(st.lists(st.sampled_from([bytes([mark]) for mark in range(8)] + [b"abc", b"\xff"])).map(b"".join))
def test_no_bytes_raise(payload):
    msdp_decode(payload)


def test_bytes_are_text_and_a_list_is_no_set_of_variables():
    assert msdp_encode({"a": b"\xc3\xa9"}) == b"\x01a\x02\xc3\xa9"
    with pytest.raises(TypeError, match="not list"):
        msdp_encode([1])
